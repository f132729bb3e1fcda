using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Features.Finalise;

/// <summary>
/// Replaces the decision of a closed case (更正, WORK-3): what a wrong approval gave is taken back, what a wrong rejection withheld is given, and the applicant is
/// told. It is the one way to do that: a second look that overturns a decision ends in it, too (WORK-6).
/// </summary>
public sealed class CorrectCase(Commit commit, Reads reads, Clocks clocks, ApprovalEffects effects, ApprovalBar bar, Reasons reasons, TimeProvider time) : IUseCase
{
    // Why it is corrected is for colleagues, and may be written last.
    private const string Untold = "…";

    /// <inheritdoc/>
    public static Permission Needs => Permission.Correct;

    /// <summary>Corrects.</summary>
    /// <param name="actor">A senior or supervisor who reaches the case; of two verdicts that differ the author of neither.</param>
    /// <param name="case">The closed case.</param>
    /// <param name="verdict">The new verdict; its reasons are those of the queue that the case came in by, and its note says why it is corrected.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<Answer<Done>> Handle(Actor actor, CaseId @case, Verdict verdict, CancellationToken cancel = default) =>
        commit.Run<CorrectCase, Done>(actor, async unit =>
        {
            var found = await CasesInReach.Find(unit.Db, actor, @case, cancel);
            if (found.Refusal is { } notFound)
                return notFound;
            var subject = found.Value;
            var from = subject.Outcome;
            if (reasons.Fault(subject.HomeQueue, verdict.Outcome, verdict.Reasons) is { } fault)
                return fault;
            if (await CasesInReach.IsOwn(unit.Db, actor, subject, cancel))
                return Refusals.Recused;
            if (subject.Correct(actor.Reviewer, verdict) is { } refusal)
                return refusal;
            if (await SettleLook(unit, subject, cancel) is { } notSettled)
                return notSettled;

            var effect = effects.Of(subject);
            string? instead = null;
            if (effect is not null && verdict.Outcome == Outcome.Approved)
            {
                if (await bar.Against(unit.Db, subject, unit.Now, cancel) is { } against)
                    return against;
                instead = await effect.Give(unit, subject, cancel);
            }
            else if (effect is not null && from == Outcome.Approved)
            {
                await effect.TakeBack(unit, subject, cancel);
            }

            await unit.Tell(instead ?? Notices.ForCorrection(from!.Value, verdict.Outcome, subject.HomeQueue), subject, verdict, deadline: null, reasons, cancel);
            return default(Done);
        }, cancel);

    /// <summary>The very words that the applicant would be told; a refusal where the correction would be refused.</summary>
    public Task<Answer<NoticeWords>> Preview(Actor actor, CaseId @case, Outcome outcome, IReadOnlyList<string> codes, string? text, CancellationToken cancel = default) => reads.Run<CorrectCase, NoticeWords>(actor, async db =>
    {
        var made = Verdict.Make(outcome, codes, text, Untold);
        if (made.Refusal is { } wrong)
            return wrong;
        var verdict = made.Value;
        var found = await CasesInReach.Find(db, actor, @case, cancel);
        if (found.Refusal is { } notFound)
            return notFound;
        var (subject, from, now) = (found.Value, found.Value.Outcome, time.GetUtcNow());
        // The same verb, on a copy that is thrown away.
        if ((reasons.Fault(subject.HomeQueue, verdict.Outcome, verdict.Reasons) ?? subject.Correct(actor.Reviewer, verdict)) is { } refusal)
            return refusal;
        string? instead = null;
        if (verdict.Outcome == Outcome.Approved && effects.Of(subject) is { } effect)
        {
            if (await bar.Against(db, subject, now, cancel) is { } against)
                return against;
            instead = await effect.Foresee(db, subject, now, cancel);
        }

        var values = await NoticeWriter.Values(db, subject, verdict, deadline: null, reasons, cancel);
        return Notices.Render(instead ?? Notices.ForCorrection(from!.Value, verdict.Outcome, subject.HomeQueue), values);
    }, cancel);

    // Two verdicts that differ are settled by it. One that nobody has decided yet is about nothing any more; while it is held, it is too late to stop it and too early to settle it.
    private async Task<Refusal?> SettleLook(UnitOfWork unit, ReviewCase subject, CancellationToken cancel)
    {
        if (await unit.Db.SecondLooks.SingleOrDefaultAsync(l => l.Original == subject.Id, cancel) is not { } look)
            return null;
        if (look.State == LookState.Open)
        {
            var again = await unit.Db.Cases.SingleAsync(c => c.Id == look.Case, cancel);
            if (again.Withdraw(unit.Actor.Id, clocks.Of(again), unit.Now) is not null)
                return new Refusal("SECOND_LOOK_HELD");
        }

        return look.Corrected(unit.Actor.Reviewer, unit.Now);
    }
}
