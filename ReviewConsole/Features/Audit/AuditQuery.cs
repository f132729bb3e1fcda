using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Features.Audit;

/// <summary>Which rows of the log are asked for; null stands for all.</summary>
/// <param name="Who">An actor's id, or <see cref="AuditQuery.System"/> for all of the product's own work.</param>
/// <param name="Kind">Name of an event.</param>
/// <param name="About">A stream, or the 受理号 of a case.</param>
/// <param name="From">First day, in Shanghai.</param>
/// <param name="To">Last day.</param>
/// <param name="Before">Only rows older than this one.</param>
/// <param name="Rows">How many rows a page.</param>
public sealed record AuditFilter(string? Who = null, string? Kind = null, string? About = null, DateOnly? From = null, DateOnly? To = null, long? Before = null, int Rows = AuditQuery.PageSize);

/// <summary>A row of the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Subject">The name of what it is about: a 受理号, a person, a client; the id where it has none.</param>
/// <param name="Case">The case that it belongs to, where there is one.</param>
/// <param name="Line">When, who and what.</param>
/// <param name="Hash">Its hash.</param>
public sealed record AuditListRow(long Id, string Stream, string Subject, CaseId? Case, ChangeLine Line, string Hash)
{
    /// <summary>What kind of thing the stream is about, for instance <c>case</c>.</summary>
    public string About => Stream[..Math.Max(0, Stream.IndexOf(':', StringComparison.Ordinal))];
}

/// <summary>One page of the list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">The row before which the next page begins; null at the end.</param>
public sealed record AuditList(ImmutableArray<AuditListRow> Rows, long? Next);

/// <summary>Somebody who can be asked for.</summary>
/// <param name="Id">Id as the log keeps it.</param>
/// <param name="Who">Who it is.</param>
public sealed record AuditActor(string Id, Doer Who);

/// <summary>A verification as it was recorded.</summary>
/// <param name="At">When.</param>
/// <param name="Who">By whom.</param>
/// <param name="Verdict">With what result.</param>
public sealed record LastVerification(DateTimeOffset At, Doer Who, AuditVerdict Verdict);

/// <summary>Reads the audit log, newest first, page by page; each page is a seek in an index, whatever is filtered.</summary>
public sealed class AuditQuery(Reads reads) : IUseCase
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 25;

    /// <summary>Stands for all of the product's own work in <see cref="AuditFilter.Who"/>.</summary>
    public const string System = "system";

    // Rows stand in the order of their writing. The days are found by their times: as far as a clock may have been put back, they are looked at one by one.
    private static readonly TimeSpan ClockPutBack = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public static Permission Needs => Permission.Audit;

    /// <summary>A page of the log.</summary>
    public Task<Answer<AuditList>> Handle(Actor actor, AuditFilter filter, CancellationToken cancel = default) => reads.Run<AuditQuery, AuditList>(actor, async db =>
    {
        if (await Rows(db, filter, cancel) is not { } asked)
            return new AuditList([], null);
        // Who audits and reviews again as well does not find here what a second look hides (WORK-6).
        if (await SecondLooksInReach.HiddenStreams(db, actor, cancel) is { Count: > 0 } hidden)
            asked = asked.Where(e => !EF.Parameter(hidden).Contains(e.Stream));
        var rows = await asked.Take(filter.Rows + 1).ToListAsync(cancel);
        var page = rows.Take(filter.Rows).ToList();
        var lines = await StreamHistory.Lines(db, page, cancel);
        var subjects = await Subjects(db, page, cancel);
        return new AuditList(
            [.. page.Select((row, i) =>
            {
                var (name, of) = subjects.TryGetValue(row.Stream, out var subject) ? subject : (row.Stream[(row.Stream.IndexOf(':', StringComparison.Ordinal) + 1)..], null);
                return new AuditListRow(row.Id, row.Stream, name, of, lines[i], row.Hash);
            })],
            rows.Count > filter.Rows ? page[^1].Id : null);
    }, cancel);

    /// <summary>Everybody who can be asked for, but for the product itself: clients, then staff, by name.</summary>
    public Task<Answer<ImmutableArray<AuditActor>>> Actors(Actor actor, CancellationToken cancel = default) => reads.Run<AuditQuery, ImmutableArray<AuditActor>>(actor, async db =>
    {
        var clients = await db.ApiClients.Select(c => new { c.Id, c.Name }).ToListAsync(cancel);
        var staff = await db.Users.Select(u => new { u.Id, u.DisplayName }).ToListAsync(cancel);
        return (ImmutableArray<AuditActor>)
        [
            .. clients.Select(c => new AuditActor($"client:{c.Id}", new(DoerKind.Client, c.Name))).OrderBy(a => a.Who.Name, StringComparer.CurrentCulture),
            .. staff.Select(u => new AuditActor($"staff:{u.Id}", new(DoerKind.Staff, u.DisplayName))).OrderBy(a => a.Who.Name, StringComparer.CurrentCulture),
        ];
    }, cancel);

    /// <summary>The last verification; null where there was none.</summary>
    public Task<Answer<LastVerification?>> LastVerified(Actor actor, CancellationToken cancel = default) => reads.Run<AuditQuery, LastVerification?>(actor, async db =>
    {
        var row = await db.AuditEntries.Where(e => e.Stream == AuditVerified.Log).OrderByDescending(e => e.Sequence).FirstOrDefaultAsync(cancel);
        if (row is null || AuditVerified.Read(row.Payload) is not { } verified)
            return (LastVerification?)null;
        return new LastVerification(row.At, (await StreamHistory.Lines(db, [row], cancel))[0].Who, verified.Verdict);
    }, cancel);

    /// <summary>The rows that are asked for, newest first; null where there is no such case.</summary>
    internal static async Task<IQueryable<AuditEntry>?> Rows(ReviewDb db, AuditFilter filter, CancellationToken cancel)
    {
        var rows = db.AuditEntries.AsNoTracking();
        if (filter.Who == System)
            rows = rows.Where(e => e.Actor.StartsWith("system:"));
        else if (filter.Who is { } who)
            rows = rows.Where(e => e.Actor == who);
        if (filter.Kind is { } kind)
            rows = rows.Where(e => e.Kind == kind);
        var (start, end) = (filter.From is { } from ? Shanghai.At(from, TimeSpan.Zero) : (DateTimeOffset?)null, filter.To is { } to ? Shanghai.At(to.AddDays(1), TimeSpan.Zero) : (DateTimeOffset?)null);
        if (start is { } first)
            rows = rows.Where(e => e.At >= first);
        if (end is { } last)
            rows = rows.Where(e => e.At < last);
        if (filter.About is { } about)
        {
            if (await StreamOf(db, about, cancel) is not { } stream)
                return null;
            rows = rows.Where(e => e.Stream == stream);
            if (filter.Before is { } place && await db.AuditEntries.Where(e => e.Id == place && e.Stream == stream).Select(e => (int?)e.Sequence).SingleOrDefaultAsync(cancel) is { } sequence)
                rows = rows.Where(e => e.Sequence < sequence);
            return rows.OrderByDescending(e => e.Sequence);
        }

        if (start is { } begin)
        {
            var seek = begin - ClockPutBack;
            var lowest = await db.AuditEntries.Where(e => e.At >= seek).OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => (long?)e.Id).FirstOrDefaultAsync(cancel);
            rows = rows.Where(e => e.Id >= (lowest ?? long.MaxValue));
        }

        if (end is { } finish)
        {
            var seek = finish + ClockPutBack;
            var highest = await db.AuditEntries.Where(e => e.At < seek).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => (long?)e.Id).FirstOrDefaultAsync(cancel);
            rows = rows.Where(e => e.Id <= (highest ?? 0));
        }

        if (filter.Before is { } before)
            rows = rows.Where(e => e.Id < before);
        return rows.OrderByDescending(e => e.Id);
    }

    private static async Task<string?> StreamOf(ReviewDb db, string about, CancellationToken cancel)
    {
        if (about.Contains(':', StringComparison.Ordinal))
            return about;
        var id = await db.Cases.Where(c => c.ReceiptNumber == about).Select(c => (CaseId?)c.Id).SingleOrDefaultAsync(cancel);
        return id is { } found ? CaseEvent.StreamOf(found) : null;
    }

    // What the streams of a page are about, by name.
    private static async Task<Dictionary<string, (string Name, CaseId? Case)>> Subjects(ReviewDb db, IEnumerable<AuditEntry> rows, CancellationToken cancel)
    {
        var ids = rows.Select(row => row.Stream.Split(':', 2)).Where(parts => parts.Length == 2 && Guid.TryParse(parts[1], out _))
            .ToLookup(parts => parts[0], parts => Guid.Parse(parts[1]), StringComparer.Ordinal);
        Dictionary<string, (string, CaseId?)> named = new(StringComparer.Ordinal);

        var (deliveries, licences) = (ids["delivery"].ToList(), ids["e-licence"].Select(id => new ELicenceId(id)).ToList());
        var sent = deliveries.Count == 0 ? []
            : await db.Deliveries.Where(d => deliveries.Contains(d.Id)).Join(db.Notices, d => d.Notice, n => n.Id, (d, n) => new { d.Id, n.Case }).ToListAsync(cancel);
        var issued = licences.Count == 0 ? [] : await db.ELicences.Where(e => licences.Contains(e.Id)).Select(e => new { e.Id, e.CaseId }).ToListAsync(cancel);

        var cases = ids["case"].Concat(issued.Select(e => e.CaseId)).Concat(sent.Where(s => s.Case is not null).Select(s => s.Case!.Value.Value)).Distinct().Select(id => new CaseId(id)).ToList();
        var receipts = await db.Cases.Where(c => cases.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.ReceiptNumber, cancel);
        void Name(string stream, CaseId? id)
        {
            if (id is { } known && receipts.TryGetValue(known, out var receipt))
                named[stream] = (receipt, id);
        }

        foreach (var id in ids["case"].Distinct())
            Name($"case:{id}", new CaseId(id));
        foreach (var delivery in sent)
            Name($"delivery:{delivery.Id}", delivery.Case);
        foreach (var licence in issued)
            Name($"e-licence:{licence.Id}", new CaseId(licence.CaseId));

        var (users, clients) = (ids["user"].ToList(), ids["client"].ToList());
        if (users.Count > 0)
        {
            foreach (var user in await db.Users.Where(u => users.Contains(u.Id)).Select(u => new { u.Id, u.DisplayName }).ToListAsync(cancel))
                named[$"user:{user.Id}"] = (user.DisplayName, null);
        }

        if (clients.Count > 0)
        {
            foreach (var client in await db.ApiClients.Where(c => clients.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(cancel))
                named[$"client:{client.Id}"] = (client.Name, null);
        }

        return named;
    }
}
