using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>What became of a decision.</summary>
/// <param name="HeldUntil">Until when it can be undone; null where it waits for a second person instead.</param>
public sealed record Decided(DateTimeOffset? HeldUntil);

/// <summary>Approves, rejects or refers the case in hand (WORK-2, WORK-3).</summary>
public sealed class Decide(Commit commit, Queues queues, Reasons reasons, Clocks clocks, ApprovalBar bar, StaffActors staff, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Decides. A reason or a risk that needs a second person makes it a sealed proposal instead (WORK-6). What the reviewer does not follow of the machine is recorded, with <paramref name="dissent"/> as the reason (WORK-5). Colleagues named in <paramref name="note"/> are told.</summary>
    public Task<Answer<Decided>> Handle(Actor actor, Claim claim, Outcome outcome, IReadOnlyList<string> codes, string? text, string? note, DissentReason? dissent = null, CancellationToken cancel = default) =>
        commit.Run<Decide, Seen, Decided>(actor, db => Look(db, actor, claim.Case, outcome, note, cancel), async (unit, seen) =>
        {
            var found = await CasesInReach.Still(unit, seen.Case, cancel);
            if (found.Refusal is { } notFound)
                return notFound;
            var subject = found.Value;
            if (reasons.Fault(queues.ReasonsOf(subject.HomeQueue), outcome, codes) is { } fault)
                return fault;
            var made = Verdict.Make(outcome, codes, text, note, Disagreement.With(seen.Pictures.Select(p => p.Report), outcome, codes, reasons), dissent);
            if (made.Refusal is { } wrong)
                return wrong;

            var against = outcome == Outcome.Approved ? await bar.Against(unit.Db, subject, unit.Now, cancel) : null;
            var proposes = against is null && subject.Proposal is null && subject.Original is null && (seen.Shared || codes.Any(code => reasons.Find(code)!.SecondPerson));
            if ((proposes
                ? subject.Propose(actor.Reviewer, claim.Token, made.Value, queues.ForSecond.Id, unit.Now)
                : subject.Decide(actor.Reviewer, claim.Token, made.Value, against, settings.Value.Hold, clocks.Of(subject), unit.Now)) is { } refusal)
            {
                return refusal;
            }

            Mentions.Note(unit, claim.Case, Mentions.In(made.Value.Note, seen.Colleagues), subject.HeldUntil ?? unit.Now);
            return new Decided(subject.HeldUntil);
        }, cancel);

    private async Task<Seen> Look(ReviewDb db, Actor actor, CaseId id, Outcome outcome, string? note, CancellationToken cancel)
    {
        var found = await CasesInReach.Find(db, actor, id, cancel);
        var pictures = await CurrentPictures.Of(db, id, cancel);
        return new(found, pictures, outcome == Outcome.Approved && settings.Value.SecondPersonForSharedPictures && await Duplicates.SharesPicture(db, pictures, cancel),
            found.Refusal is null && Mentions.Any(note) ? await Mentions.Colleagues(db, staff, actor, found.Value, cancel) : []);
    }

    /// <summary>What is seen before the turn in the lane.</summary>
    /// <param name="Case">The case as it stood then.</param>
    /// <param name="Pictures">The evidence, which does not change any more under the claim's token.</param>
    /// <param name="Shared">Whether it is a risk that needs a second person: an approval where another person sent the same picture (WORK-6, policy).</param>
    /// <param name="Colleagues">Who can be named in the note; read only where somebody is.</param>
    private sealed record Seen(Answer<ReviewCase> Case, List<Picture> Pictures, bool Shared, IReadOnlyList<Colleague> Colleagues);
}

/// <summary>Takes a held decision back (撤销, WORK-3).</summary>
public sealed class UndoDecision(Commit commit, Clocks clocks, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Undoes; the case is in the same hands under a new token.</summary>
    public Task<Answer<Claim>> Handle(Actor actor, Claim claim, CancellationToken cancel = default) =>
        commit.Run<UndoDecision, Claim>(actor, async unit =>
        {
            var found = await CasesInReach.Find(unit.Db, actor, claim.Case, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var who = actor.Reviewer;
            // The case that 'next' had given meanwhile goes back: one in hand at most.
            if ((await Hands.Of(unit, cancel)).InHand is { } next && next.Id != claim.Case)
                next.Release(who, next.Token, unit.Now);
            if (found.Value.Undo(who, claim.Token, settings.Value.Lease, clocks.Of(found.Value), unit.Now) is { } no)
                return no;
            await Mentions.TakeBack(unit, claim.Case, cancel);
            return new Claim(claim.Case, found.Value.Token);
        }, cancel);
}

/// <summary>Asks the applicant for everything that is missing, at once (补充材料, WORK-2).</summary>
public sealed class AskForInformation(Commit commit, Reasons reasons, Clocks clocks, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Asks, pauses the clock, and tells the applicant; the draft is done with.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Claim claim, IReadOnlyList<string> codes, string? text, CancellationToken cancel = default) =>
        commit.Run<AskForInformation, Done>(actor, async unit =>
        {
            var found = await CasesInReach.Find(unit.Db, actor, claim.Case, cancel);
            if (found.Refusal is { } notFound)
                return notFound;
            var subject = found.Value;
            if (codes.Count == 0)
                return Refusals.NothingAsked;
            if (codes.FirstOrDefault(code => reasons.Find(code) is not { NextStep: NextStep.Retry } reason || reason.QueueId != subject.HomeQueue) is { } unknown)
                return new Refusal("REASON_NOT_FOR_ASKING", unknown);
            var made = Verdict.Make(Outcome.Rejected, codes, text, null);
            if (made.Refusal is { } wrong)
                return wrong;
            var set = settings.Value;
            if (subject.AskForInformation(actor.Reviewer, claim.Token, made.Value, set.AnswerWithin, set.MostRounds, clocks.Of(subject), unit.Now) is { } refusal)
                return refusal;
            await unit.Tell(Notices.InformationRequested, subject, made.Value, subject.AnswerBy, reasons, cancel);
            // What was drafted has been sent.
            if (await unit.Db.Drafts.SingleOrDefaultAsync(d => d.Case == subject.Id && d.Reviewer == actor.Reviewer, cancel) is { } sent)
                unit.Db.Drafts.Remove(sent);
            return default(Done);
        }, cancel);
}
