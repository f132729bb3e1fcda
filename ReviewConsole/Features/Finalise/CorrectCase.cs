using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Finalise;

/// <summary>Replaces the outcome of a closed case (更正, WORK-3): what a wrong approval gave is taken back, what a wrong rejection withheld is given, and the applicant is told.</summary>
public sealed class CorrectCase(Commit commit, ApprovalEffects effects, ApprovalBar bar, Reasons reasons) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Correct;

    /// <summary>Corrects.</summary>
    /// <param name="actor">A senior or supervisor who reaches the case.</param>
    /// <param name="case">The closed case.</param>
    /// <param name="verdict">The new verdict; its reasons are those of the queue that the case came in by.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<Answer<Done>> Handle(Actor actor, CaseId @case, Verdict verdict, CancellationToken cancel = default) =>
        commit.Run<CorrectCase, Done>(actor, async unit =>
        {
            var found = await CasesInReach.Find(unit.Db, actor, @case, cancel);
            if (found.Refusal is { } notFound)
                return notFound;
            var subject = found.Value;
            if (verdict.Reasons.FirstOrDefault(code => reasons.Find(code)?.QueueId != subject.HomeQueue) is { } unknown)
                return new Refusal("REASON_UNKNOWN", unknown);
            var from = subject.Outcome;
            if (subject.Correct(actor.Reviewer, verdict) is { } refusal)
                return refusal;

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
}
