using System.Text;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Features.Search;

/// <summary>What is looked for.</summary>
/// <param name="Text">A receipt number or its beginning, a whole name, a document number (which is the licence's number, too), or a phone number. Personal: it never goes into an address or a log.</param>
/// <param name="Queue">Only what came in by this queue.</param>
/// <param name="State">Only cases in this state.</param>
/// <param name="From">Only what came in on this Shanghai day or later.</param>
/// <param name="To">Only what came in on this Shanghai day or earlier.</param>
/// <param name="Before">Only cases older than this one, which ended the page before.</param>
public sealed record SearchRequest(string Text, string? Queue = null, CaseState? State = null, DateOnly? From = null, DateOnly? To = null, CaseId? Before = null)
{
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
        if (ReceiptOf(request.Text) is { } receipt)
        {
            var end = receipt + char.MaxValue;
            cases = cases.Where(c => string.Compare(c.ReceiptNumber, receipt) >= 0 && string.Compare(c.ReceiptNumber, end) < 0);
        }
        else if (await People(db, request.Text, cancel) is { } people)
        {
            cases = cases.Where(c => people.Contains(c.Applicant));
        }
        else
        {
            return new Refusal("SEARCH_TEXT");
        }

        if (request.Queue is { } queue)
            cases = cases.Where(c => c.HomeQueue == queue);
        if (request.State is { } state)
            cases = cases.Where(c => c.State == state);
        if (request.From is { } from)
        {
            var first = Shanghai.At(from, TimeSpan.Zero);
            cases = cases.Where(c => c.ReceivedAt >= first);
        }

        if (request.To is { } to && to < DateOnly.MaxValue)
        {
            var end = Shanghai.At(to.AddDays(1), TimeSpan.Zero);
            cases = cases.Where(c => c.ReceivedAt < end);
        }

        if (request.Before is { } before)
            cases = cases.Where(c => c.Id < before);
        // Ids grow with the time of receipt.
        var found = await cases.OrderByDescending(c => c.Id).Take(PageSize + 1)
            .Select(c => new { c.Id, c.ReceiptNumber, c.HomeQueue, c.Subject, c.Applicant, c.Authority, c.State, c.Outcome, c.ReceivedAt, c.ClosedAt }).ToListAsync(cancel);
        var more = found.Count > PageSize;
        if (more)
            found.RemoveAt(PageSize);
        var hidden = await SecondLooksInReach.HiddenAmong(db, actor, found.ConvertAll(c => c.Id), cancel);
        var holders = await db.Applicants.Where(a => found.Select(c => c.Applicant).Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var sent = await db.SentIdentities.Where(s => found.Select(c => c.Subject).Contains(s.Subject)).ToDictionaryAsync(s => s.Subject, s => s.Name, cancel);
        return new Found(
            found.ConvertAll(c => new FoundCase(
                c.Id, c.ReceiptNumber, c.HomeQueue, (sent.GetValueOrDefault(c.Subject) ?? holders[c.Applicant].Name).Masked, holders[c.Applicant].Document.Masked, c.Authority, c.State, hidden.Contains(c.Id) ? null : c.Outcome, c.ReceivedAt, c.ClosedAt)),
            more ? found[^1].Id : null);
    }, cancel);

    /// <summary>The beginning of a receipt number: the letters of a queue, then digits. Passport numbers begin with other letters.</summary>
    private string? ReceiptOf(string text)
    {
        var plain = text.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        return queueTypes.All.Select(queue => queue.ReceiptPrefix).OfType<string>().FirstOrDefault(letters => plain.StartsWith(letters, StringComparison.Ordinal)) is { } prefix
            && plain.Length >= FewestOfReceipt && plain.Skip(prefix.Length).All(char.IsAsciiDigit) ? plain : null;
    }

    /// <summary>Everybody who has, or in a request said to have, what was typed; null where it can be nothing of a person.</summary>
    private async Task<List<Guid>?> People(ReviewDb db, string text, CancellationToken cancel)
    {
        var today = Shanghai.DateOf(time.GetUtcNow());
        // Numbers are often copied in groups.
        var joined = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '-'));
        List<string> documents = [];
        foreach (var kind in Enum.GetValues<IdentityDocumentKind>())
        {
            if (IdentityDocument.TryParse(kind, joined, today, out var document, out _))
                documents.Add(db.IndexOf(document));
        }

        var phone = PhoneNumber.TryParse(joined, out var number, out _) ? db.IndexOf(number) : null;
        var name = PersonName.TryParse(text, out var called, out _) ? db.IndexOf(called) : null;
        if (documents.Count == 0 && phone is null && name is null)
            return null;
        var now = db.Applicants.Where(a =>
            documents.Contains(EF.Property<string>(a, ApplicantMapping.DocumentIndex)) || EF.Property<string>(a, ApplicantMapping.PhoneIndex) == phone || EF.Property<string>(a, ApplicantMapping.NameIndex) == name)
            .Select(a => a.Id);
        var then = db.SentIdentities.Where(s => s.PhoneIndex == phone || s.NameIndex == name).Select(s => s.Applicant);
        return await now.Union(then).ToListAsync(cancel);
    }
}
