using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>A compared second look in a list; it names no applicant.</summary>
public sealed record LookRow(
    CaseId Look, string Receipt, string Queue, string Authority, LookState State, SampleCause Why, Outcome First, string FirstBy, Outcome Second, string SecondBy, DateTimeOffset SampledAt);

/// <summary>A page of them.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record LookPage(IReadOnlyList<LookRow> Rows, string? Next);

/// <summary>Lists compared second looks by keyset, and counts those that call for somebody.</summary>
public sealed class SecondLooksQuery(Reads reads) : IUseCase, INavAlarm
{
    /// <summary>Address of the list.</summary>
    public const string Page = "/second-looks";

    /// <summary>Rows a page.</summary>
    public const int PageSize = 25;

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <inheritdoc/>
    public string Route => Page;

    /// <summary>The states that the list shows: what is open or void has nothing to compare.</summary>
    public static IReadOnlyList<LookState> States { get; } = [LookState.Differs, LookState.Agreed, LookState.Upheld, LookState.Overturned];

    /// <summary>One page.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="state">Only these; null for all.</param>
    /// <param name="after">Cursor of the page before.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<Answer<LookPage>> Handle(Actor actor, LookState? state, string? after, int rows = PageSize, CancellationToken cancel = default) => reads.Run<SecondLooksQuery, LookPage>(actor, async db =>
    {
        var looks = db.SecondLooks.Where(SecondLooksInReach.Readable(actor));
        if (state is { } one)
            looks = looks.Where(l => l.State == one);
        // 'a <= A && (a < A || …)' lets the database seek.
        if (Cursor.Read(after) is { } last)
            looks = looks.Where(l => l.SampledAt <= last.At && (l.SampledAt < last.At || l.Case < last.Id));
        var page = await looks.OrderByDescending(l => l.SampledAt).ThenByDescending(l => l.Case).Take(rows + 1)
            .Select(l => new { l.Case, l.Original, l.Queue, l.Authority, l.State, l.Why, l.FirstBy, l.SecondBy, l.SampledAt }).ToListAsync(cancel);
        var more = page.Count > rows;
        if (more)
            page.RemoveAt(rows);
        var both = page.SelectMany(l => new[] { l.Case, l.Original }).ToList();
        var cases = await db.Cases.Where(c => both.Contains(c.Id)).Select(c => new { c.Id, c.ReceiptNumber, c.Outcome, c.Overturned, c.Verdict }).ToDictionaryAsync(c => c.Id, cancel);
        var people = page.SelectMany(l => new[] { l.FirstBy, l.SecondBy!.Value }).Select(who => who.Value).Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        return new LookPage(
            page.ConvertAll(l => new LookRow(
                l.Case, cases[l.Original].ReceiptNumber, l.Queue, l.Authority, l.State, l.Why, cases[l.Original].Overturned ?? cases[l.Original].Outcome!.Value, names.GetValueOrDefault(l.FirstBy.Value, ""),
                cases[l.Case].Verdict!.Outcome, names.GetValueOrDefault(l.SecondBy!.Value.Value, ""), l.SampledAt)),
            more ? Cursor.Write(page[^1].SampledAt, page[^1].Case) : null);
    }, cancel);

    /// <inheritdoc/>
    public bool Follows(DomainEvent happened) => happened is SecondLookCompared or SecondLookRemarked or FirstDecisionUpheld or FirstDecisionOverturned;

    /// <summary>How many call for the actor: those to settle, and those of the own decisions about which the actor has said nothing yet.</summary>
    public async Task<int> Count(Actor actor)
    {
        if (actor.Staff is not { } staff || !(actor.May(Permission.Review) || actor.May(Permission.Correct)))
            return 0;
        var (who, settles) = (new ReviewerId(staff), actor.May(Permission.Correct));
        return (await reads.Run<SecondLooksQuery, int>(actor, async db => await db.SecondLooks.Where(SecondLooksInReach.Readable(actor)).Where(l => l.State == LookState.Differs)
            .Where(l => l.FirstBy == who || l.Proposer == who || l.SecondBy == who ? !l.Remarks.Any(r => r.By == who) : settles)
            .Take(Bounded.Most + 1).CountAsync())) is { Refusal: null } counted ? counted.Value : 0;
    }
}
