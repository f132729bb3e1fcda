using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>A decision with who made it.</summary>
/// <param name="Verdict">The decision.</param>
/// <param name="Who">By whom; of two people who made it together both.</param>
/// <param name="At">When.</param>
public sealed record Said(Verdict Verdict, string Who, DateTimeOffset? At);

/// <summary>A remark.</summary>
/// <param name="Who">By whom.</param>
/// <param name="At">When.</param>
/// <param name="Text">What.</param>
public sealed record SaidRemark(string Who, DateTimeOffset At, string Text);

/// <summary>Two verdicts side by side.</summary>
/// <param name="Look">The case in which the second was made.</param>
/// <param name="LookReceipt">Its number.</param>
/// <param name="Original">The case that was looked at again.</param>
/// <param name="OriginalReceipt">受理号.</param>
/// <param name="Queue">The queue that the first came in by.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Why">How it came to be chosen.</param>
/// <param name="First">What was decided first.</param>
/// <param name="Second">What was decided second.</param>
/// <param name="Now">What stands now, where the first decision was corrected.</param>
/// <param name="SettledBy">Who settled it.</param>
/// <param name="SettledAt">When.</param>
/// <param name="SettledWhy">Why the first decision stands.</param>
/// <param name="Remarks">What was said about it, oldest first.</param>
/// <param name="MayRemark">True where the reader may say something.</param>
/// <param name="MaySettle">True where the reader may settle it.</param>
public sealed record Comparison(
    CaseId Look, string LookReceipt, CaseId Original, string OriginalReceipt, string Queue, LookState State, SampleCause Why, Said First, Said Second, Said? Now,
    string? SettledBy, DateTimeOffset? SettledAt, string? SettledWhy, IReadOnlyList<SaidRemark> Remarks, bool MayRemark, bool MaySettle);

/// <summary>Reads a compared second look: nothing before the second person has decided.</summary>
public sealed class SecondLookQuery(Reads reads) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>The comparison, for the people of both decisions and for who supervises, corrects or audits.</summary>
    public Task<Answer<Comparison>> Handle(Actor actor, CaseId id, CancellationToken cancel = default) => reads.Run<SecondLookQuery, Comparison>(actor, async db =>
    {
        if (await db.SecondLooks.Where(SecondLooksInReach.Readable(actor)).SingleOrDefaultAsync(l => l.Case == id, cancel) is not { } look)
            return Refusals.NotFound;
        var again = await db.Cases.SingleAsync(c => c.Id == look.Case, cancel);
        var first = await db.Cases.SingleAsync(c => c.Id == look.Original, cancel);
        ReviewerId?[] people = [look.FirstBy, look.Proposer, look.SecondBy, look.SettledBy, .. look.Remarks.Select(r => (ReviewerId?)r.By)];
        var ids = people.OfType<ReviewerId>().Select(who => who.Value).Distinct().ToList();
        var names = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        string Name(ReviewerId? who) => who is { } known ? names.GetValueOrDefault(known.Value, "") : "";
        var isOfThem = actor.Staff is not null && look.IsOf(actor.Reviewer);
        return new Comparison(
            look.Case, again.ReceiptNumber, look.Original, first.ReceiptNumber, look.Queue, look.State, look.Why,
            new((first.Former ?? first.Verdict)!, look.Proposer is { } proposer && proposer != look.FirstBy ? $"{Name(proposer)}、{Name(look.FirstBy)}" : Name(look.FirstBy), look.FirstAt),
            new(again.Verdict!, Name(look.SecondBy), again.DecidedAt),
            look.State == LookState.Overturned ? new(first.Verdict!, Name(look.SettledBy), look.SettledAt) : null,
            look.SettledBy is null ? null : Name(look.SettledBy), look.SettledAt, look.SettledWhy,
            [.. look.Remarks.OrderBy(r => r.At).ThenBy(r => r.Id).Select(r => new SaidRemark(Name(r.By), r.At, r.Text))],
            look.State == LookState.Differs && RemarkOnSecondLook.May(actor, isOfThem),
            look.State == LookState.Differs && actor.May(Permission.Correct) && !isOfThem);
    }, cancel);
}
