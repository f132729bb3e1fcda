using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Features.Search;

/// <summary>What is looked for: a text, a reason or a first day, and what narrows it.</summary>
/// <param name="Text">A receipt number or its beginning, a whole name, a document number (which is the licence's number, too), or a phone number. Personal: it never goes into an address or a log.</param>
/// <param name="Queue">Only what came in by this queue.</param>
/// <param name="State">Only cases in this state.</param>
/// <param name="Reason">Only cases whose verdict names this reason.</param>
/// <param name="From">Only what came in on this Shanghai day or later.</param>
/// <param name="To">Only what came in on this Shanghai day or earlier.</param>
/// <param name="Before">Only cases older than this one, which ended the page before.</param>
/// <param name="Rows">How many rows a page.</param>
public sealed record SearchRequest(string? Text = null, string? Queue = null, CaseState? State = null, string? Reason = null, DateOnly? From = null, DateOnly? To = null, CaseId? Before = null, int Rows = SearchQuery.PageSize)
{
    /// <summary>True where it says what to look for. A queue or a state alone does not: that is what the list of a queue is for.</summary>
    public bool Asks => Text is not null || Reason is not null || From is not null;

    /// <summary>The text is left out: it names people.</summary>
    public override string ToString() => nameof(SearchRequest);
}

/// <summary>A case that was found; name and number are masked (REC-2).</summary>
public sealed record FoundCase(
    CaseId Id, string ReceiptNumber, string Queue, string Name, string Document, string Authority, CaseState State, Outcome? Outcome, DateTimeOffset ReceivedAt, DateTimeOffset? ClosedAt);

/// <summary>What was found, newest first.</summary>
/// <param name="Rows">A page of it.</param>
/// <param name="Next">The last case of the page where there are more; null on the last page.</param>
public sealed record Found(IReadOnlyList<FoundCase> Rows, CaseId? Next);

/// <summary>Looks for cases of all queues in reach, open and closed. People are found by the blind indexes of what was typed, so only whole names and numbers find them.</summary>
public sealed class SearchQuery(Reads reads, Queues queueTypes, TimeProvider time) : IUseCase
{
    /// <summary>Rows a page.</summary>
    public const int PageSize = 25;

    /// <summary>Fewest characters of the beginning of a receipt number.</summary>
    public const int FewestOfReceipt = 3;

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>One page. Refuses with <c>SEARCH_TEXT</c> what can be none of the things that are looked for.</summary>
    public Task<Answer<Found>> Handle(Actor actor, SearchRequest request, CancellationToken cancel = default) => reads.Run<SearchQuery, Found>(actor, async db =>
    {
        var (authorities, queues) = (actor.Authorities.ToArray(), actor.Queues.ToArray());
        var cases = db.Cases.Where(c => authorities.Contains(c.Authority) && (queues.Contains(c.Queue) || queues.Contains(c.HomeQueue)));
        if (request.Queue is { } queue)
            cases = cases.Where(c => c.HomeQueue == queue);
        if (request.State is { } state)
            cases = cases.Where(c => c.State == state);
        if (request.Text is null)
            return request.Asks ? await Page(db, actor, ByTime(db, cases, request), request, cancel) : new Refusal("SEARCH_TEXT");
        return await ByText(db, cases, request, request.Text, cancel) is { } found ? await Page(db, actor, found, request, cancel) : new Refusal("SEARCH_TEXT");
    }, cancel);

    // Ids grow with the time of receipt: days are a span of ids, and the newest come first without being sorted.
    private static IQueryable<ReviewCase> ByTime(ReviewDb db, IQueryable<ReviewCase> cases, SearchRequest request)
    {
        var first = request.From is { } from ? CaseId.From(Shanghai.At(from, TimeSpan.Zero)) : default;
        CaseId? end = request.To is { } to ? CaseId.From(Shanghai.At(to.AddDays(1), TimeSpan.Zero)) : null;
        if (request.Before is { } before && !(before > end))
            end = before;
        if (request.Reason is { } reason)
        {
            var given = db.CaseReasons.Where(r => r.Reason == reason && r.Case >= first);
            if (end is { } last)
                given = given.Where(r => r.Case < last);
            return given.Join(cases, r => r.Case, c => c.Id, (r, c) => new { r.Case, Found = c }).OrderByDescending(r => r.Case).Select(r => r.Found);
        }

        cases = cases.Where(c => c.Id >= first);
        return (end is { } limit ? cases.Where(c => c.Id < limit) : cases).OrderByDescending(c => c.Id);
    }

    // What was typed leads to its rows; everything else only looks at those.
    private async Task<IQueryable<ReviewCase>?> ByText(ReviewDb db, IQueryable<ReviewCase> cases, SearchRequest request, string text, CancellationToken cancel)
    {
        if (request.Reason is { } reason)
            cases = cases.Where(c => db.CaseReasons.Any(r => r.Reason == reason && r.Case == c.Id));
        if (request.From is { } from)
        {
            var first = Shanghai.At(from, TimeSpan.Zero);
            cases = cases.Where(c => c.ReceivedAt >= first);
        }

        if (request.To is { } to)
        {
            var end = Shanghai.At(to.AddDays(1), TimeSpan.Zero);
            cases = cases.Where(c => c.ReceivedAt < end);
        }

        if (queueTypes.ReceiptStart(text) is { Length: >= FewestOfReceipt } receipt)
        {
            // Receipt numbers of a queue grow with time, too.
            var end = request.Before is { } last && await db.Cases.Where(c => c.Id == last).Select(c => c.ReceiptNumber).SingleOrDefaultAsync(cancel) is { } edge ? edge : receipt + char.MaxValue;
            return cases.Where(c => string.Compare(c.ReceiptNumber, receipt) >= 0 && string.Compare(c.ReceiptNumber, end) < 0).OrderByDescending(c => c.ReceiptNumber);
        }

        if (People(db, text) is not { } people)
            return null;
        // Thousands have the commonest names: as one parameter, not as one for each of them.
        var found = await people.ToListAsync(cancel);
        cases = cases.Where(c => EF.Parameter(found).Contains(c.Applicant));
        return (request.Before is { } before ? cases.Where(c => c.Id < before) : cases).OrderByDescending(c => c.Id);
    }

    private static async Task<Found> Page(ReviewDb db, Actor actor, IQueryable<ReviewCase> cases, SearchRequest request, CancellationToken cancel)
    {
        var found = await cases.Take(request.Rows + 1)
            .Select(c => new { c.Id, c.ReceiptNumber, c.HomeQueue, c.Subject, c.Applicant, c.Authority, c.State, c.Outcome, c.ReceivedAt, c.ClosedAt }).ToListAsync(cancel);
        var more = found.Count > request.Rows;
        if (more)
            found.RemoveAt(request.Rows);
        CaseId? next = more ? found[^1].Id : null;
        var hidden = await SecondLooksInReach.HiddenAmong(db, actor, found.ConvertAll(c => c.Id), cancel);
        // To find one by its reason would tell what was decided.
        if (request.Reason is not null)
            found.RemoveAll(c => hidden.Contains(c.Id));
        var holders = await db.Applicants.Where(a => found.Select(c => c.Applicant).Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var sent = await db.SentIdentities.Where(s => found.Select(c => c.Subject).Contains(s.Subject)).ToDictionaryAsync(s => s.Subject, s => s.Name, cancel);
        return new Found(
            found.ConvertAll(c => new FoundCase(
                c.Id, c.ReceiptNumber, c.HomeQueue, (sent.GetValueOrDefault(c.Subject) ?? holders[c.Applicant].Name).Masked, holders[c.Applicant].Document.Masked, c.Authority, c.State, hidden.Contains(c.Id) ? null : c.Outcome, c.ReceivedAt, c.ClosedAt)),
            next);
    }

    /// <summary>Everybody who has, or in a request said to have, what was typed: a seek in each index. Null where it can be nothing of a person.</summary>
    private IQueryable<Guid>? People(ReviewDb db, string text)
    {
        var today = Shanghai.DateOf(time.GetUtcNow());
        // Numbers are often copied in groups.
        var joined = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '-'));
        List<IQueryable<Guid>> found = [];
        foreach (var kind in Enum.GetValues<IdentityDocumentKind>())
        {
            if (!IdentityDocument.TryParse(kind, joined, today, out var document, out _))
                continue;
            var index = db.IndexOf(document);
            found.Add(db.Applicants.Where(a => EF.Property<string>(a, ApplicantMapping.DocumentIndex) == index).Select(a => a.Id));
        }

        if (PhoneNumber.TryParse(joined, out var number, out _))
        {
            var phone = db.IndexOf(number);
            found.Add(db.Applicants.Where(a => EF.Property<string>(a, ApplicantMapping.PhoneIndex) == phone).Select(a => a.Id));
            found.Add(db.SentIdentities.Where(s => s.PhoneIndex == phone).Select(s => s.Applicant));
        }

        if (PersonName.TryParse(text, out var called, out _))
        {
            var name = db.IndexOf(called);
            found.Add(db.Applicants.Where(a => EF.Property<string>(a, ApplicantMapping.NameIndex) == name).Select(a => a.Id));
            found.Add(db.SentIdentities.Where(s => s.NameIndex == name).Select(s => s.Applicant));
        }

        return found.Count == 0 ? null : found.Aggregate((one, other) => one.Union(other));
    }
}
