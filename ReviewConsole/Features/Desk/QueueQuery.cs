using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Desk;

/// <summary>Which cases of a queue a list shows.</summary>
public enum ListFilter
{
    /// <summary>未结: everything that is not closed, by due time.</summary>
    Unclosed,

    /// <summary>待审: free to be claimed, or in somebody's hands.</summary>
    Open,

    /// <summary>超时: not closed, not paused, and past its due time.</summary>
    Overdue,

    /// <summary>待补充: waiting for the applicant.</summary>
    Returned,

    /// <summary>办结: closed, newest first.</summary>
    Closed,
}

/// <summary>What a list is asked for; it stands in the page's URL, so that a list can be kept and shared.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Filter">Which cases.</param>
/// <param name="Authority">Only this authority and those below it; null for all in reach.</param>
/// <param name="Receipt">Only receipt numbers that begin so.</param>
/// <param name="After">Cursor of the last row of the page before; null for the first page.</param>
/// <param name="Rows">Most rows of a page, 1 or more.</param>
public sealed record ListRequest(string Queue, ListFilter Filter = ListFilter.Unclosed, string? Authority = null, string? Receipt = null, string? After = null, int Rows = QueueQuery.PageSize);

/// <summary>One case in a list; names and numbers are masked.</summary>
public sealed record ListRow(
    CaseId Id, string ReceiptNumber, string Name, string Document, string Authority, CaseState State, Outcome? Outcome, SlaTargets Targets, bool Paused, DateTimeOffset ReceivedAt, DateTimeOffset? DecidedAt, DateTimeOffset? ClosedAt,
    PhotoSource? PhotoSource, IReadOnlyList<PhotoReport> Reports, string? HeldBy);

/// <summary>A page of a list.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record ListPage(IReadOnlyList<ListRow> Rows, string? Next);

/// <summary>The numbers above a list, over everything in reach whatever the filter.</summary>
/// <param name="Overdue">Past their due time.</param>
/// <param name="DueSoon">Due within two hours.</param>
/// <param name="Waiting">Waiting for the desk.</param>
public sealed record QueueNumbers(int Overdue, int DueSoon, int Waiting);

/// <summary>Lists the cases of a queue, 25 a page, by keyset: no page costs more than the first.</summary>
public sealed class QueueQuery(Reads reads, Queues queues, Authorities authorities, TimeProvider time) : IUseCase
{
    /// <summary>Rows a page.</summary>
    public const int PageSize = 25;

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>One page.</summary>
    public Task<Answer<ListPage>> Page(Actor actor, ListRequest request, CancellationToken cancel = default) => reads.Run<QueueQuery, ListPage>(actor, async db =>
    {
        if (queues.Find(request.Queue) is null || !actor.Queues.Contains(request.Queue))
            return Refusals.NotFound;
        var now = time.GetUtcNow();
        var reach = Reach(actor, request.Authority);
        var cases = Filtered(db.Cases.Where(c => c.Queue == request.Queue && reach.Contains(c.Authority)), request.Filter, now);
        if (!string.IsNullOrWhiteSpace(request.Receipt))
        {
            var (low, high) = (request.Receipt.Trim().ToUpperInvariant(), request.Receipt.Trim().ToUpperInvariant() + "￿");
            cases = cases.Where(c => string.Compare(c.ReceiptNumber, low) >= 0 && string.Compare(c.ReceiptNumber, high) < 0);
        }

        var closed = request.Filter == ListFilter.Closed;
        if (Cursor.Read(request.After) is { } after)
            cases = closed ? AfterClosed(cases, after) : AfterDue(cases, after);
        cases = closed ? cases.OrderByDescending(c => c.ClosedAt).ThenByDescending(c => c.Id) : cases.OrderBy(c => c.DueAt).ThenBy(c => c.Id);
        var page = await cases.Take(request.Rows + 1).Select(c => new
        {
            c.Id,
            c.ReceiptNumber,
            c.Applicant,
            c.Subject,
            c.Authority,
            c.State,
            c.Outcome,
            c.HalfAt,
            c.PressingAt,
            c.DueAt,
            c.Paused,
            c.DecidedAt,
            c.ReceivedAt,
            c.ClosedAt,
            c.Holder,
            c.LeaseUntil,
        }).ToListAsync(cancel);
        var more = page.Count > request.Rows;
        if (more)
            page.RemoveAt(request.Rows);

        var hidden = closed ? await SecondLooksInReach.HiddenAmong(db, actor, page.ConvertAll(c => c.Id), cancel) : [];
        var subjects = page.ConvertAll(c => c.Subject);
        var people = await db.Applicants.Where(a => page.Select(c => c.Applicant).Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var sent = await db.SentIdentities.Where(s => subjects.Contains(s.Subject)).ToDictionaryAsync(s => s.Subject, s => s.Name, cancel);
        var sources = await db.Applications.Where(a => subjects.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.PhotoSource, cancel);
        var pictures = (await db.Pictures.Where(p => subjects.Contains(p.Subject)).ToListAsync(cancel)).ToLookup(p => p.Subject);
        var holders = page.Where(c => c.Holder is not null).Select(c => c.Holder!.Value.Value).Distinct().ToList();
        var names = await db.Users.Where(u => holders.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        var rows = page.ConvertAll(c =>
        {
            var current = CurrentPictures.Of(pictures[c.Subject]);
            return new ListRow(
                c.Id, c.ReceiptNumber, (sent.GetValueOrDefault(c.Subject) ?? people[c.Applicant].Name).Masked, people[c.Applicant].Document.Masked, c.Authority, c.State, hidden.Contains(c.Id) ? null : c.Outcome, new(c.HalfAt, c.PressingAt, c.DueAt), c.Paused, c.ReceivedAt, c.DecidedAt, c.ClosedAt,
                sources.TryGetValue(c.Subject, out var source) ? source : null,
                [.. current.Select(p => p.Report).OfType<PhotoReport>()],
                c.State == CaseState.Claimed && c.LeaseUntil > now ? names.GetValueOrDefault(c.Holder!.Value.Value, "") : null);
        });
        return new ListPage(rows, more ? Cursor.Write(closed ? page[^1].ClosedAt!.Value : page[^1].DueAt, page[^1].Id) : null);
    }, cancel);

    /// <summary>The numbers above the list: from the roll-ups, and exactly for the two hours in which the limits lie.</summary>
    public Task<Answer<QueueNumbers>> Numbers(Actor actor, string queue, CancellationToken cancel = default) => reads.Run<QueueQuery, QueueNumbers>(actor, async db =>
    {
        if (!actor.Queues.Contains(queue))
            return Refusals.NotFound;
        var now = time.GetUtcNow();
        var soon = now.AddHours(2);
        var reach = Reach(actor, null);
        var slots = await db.Rollups.Where(r => r.Metric == Metric.Waiting && r.Queue == queue && reach.Contains(r.Authority) && r.Count != 0)
            .GroupBy(r => r.Slot).Select(g => new { Slot = g.Key, Count = g.Sum(r => r.Count) }).ToListAsync(cancel);
        var overdue = slots.Where(s => s.Slot < RollupShares.Hour(now)).Sum(s => s.Count) + await Between(RollupShares.Hour(now), now);
        var due = slots.Where(s => s.Slot < RollupShares.Hour(soon)).Sum(s => s.Count) + await Between(RollupShares.Hour(soon), soon);
        return new QueueNumbers(overdue, due - overdue, slots.Sum(s => s.Count));

        Task<int> Between(DateTimeOffset from, DateTimeOffset to) => db.Cases.CountAsync(
            c => c.Queue == queue && reach.Contains(c.Authority) && c.DueAt >= from && c.DueAt <= to && !c.Paused && c.State != CaseState.Closed, cancel);
    }, cancel);

    private string[] Reach(Actor actor, string? authority) =>
        [.. (authority is null ? actor.Authorities : authorities.SelfAndDescendants(authority).Where(actor.Authorities.Contains)).Order(StringComparer.Ordinal)];

    // 'Not closed' stands in each of the others by itself: it is the condition of the index that orders them by due time.
    private static IQueryable<ReviewCase> Filtered(IQueryable<ReviewCase> cases, ListFilter filter, DateTimeOffset now)
    {
        if (filter == ListFilter.Closed)
            return cases.Where(c => c.State == CaseState.Closed);
        var unclosed = cases.Where(c => c.State != CaseState.Closed);
        return filter switch
        {
            ListFilter.Open => unclosed.Where(c => c.State >= CaseState.Open && c.State <= CaseState.Claimed),
            ListFilter.Overdue => unclosed.Where(c => !c.Paused && c.DecidedAt == null && c.DueAt <= now),
            ListFilter.Returned => unclosed.Where(c => c.State == CaseState.Returned),
            _ => unclosed,
        };
    }

    // 'a <= A && (a < A || …)' lets the database seek; with the plain OR it reads everything before.
    private static IQueryable<ReviewCase> AfterDue(IQueryable<ReviewCase> cases, Cursor after) =>
        cases.Where(c => c.DueAt >= after.At && (c.DueAt > after.At || c.Id > after.Id));

    private static IQueryable<ReviewCase> AfterClosed(IQueryable<ReviewCase> cases, Cursor after) =>
        cases.Where(c => c.ClosedAt <= after.At && (c.ClosedAt < after.At || c.Id < after.Id));
}
