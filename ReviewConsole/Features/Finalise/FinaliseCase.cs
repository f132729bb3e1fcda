using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Finalise;

/// <summary>Lets a decision take effect when its hold has ended: closes the case, gives what an approval gives and tells the applicant, all in one commit (WORK-3).</summary>
public sealed class FinaliseCase(Commit commit, ApprovalEffects effects, Reasons reasons) : IOutboxWorker, IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Finalise;

    /// <inheritdoc/>
    public int Parallelism => 2;

    /// <inheritdoc/>
    public Task Work(OutboxTicket ticket, CancellationToken cancel) => commit.Run<FinaliseCase, Done>(Actor.System("finalise"), async unit =>
    {
        CaseId id = new(Guid.Parse(ticket.Key));
        var subject = await unit.Db.Cases.SingleAsync(c => c.Id == id, cancel);
        // An undone decision leaves its message behind. Where a newer one is held, it waits with that one's message: whichever comes first closes the case.
        if (subject.State == CaseState.Decided && unit.Now < subject.HeldUntil)
        {
            await ticket.Rest(unit, subject.HeldUntil.Value);
            return default(Done);
        }

        if (!await ticket.Finish(unit) || subject.State != CaseState.Decided)
            return default(Done);
        if (subject.Finalise(unit.Now) is { } refusal)
            return refusal;
        // Until now an undo gave the reviewer back what was ticked and typed.
        unit.Db.Drafts.RemoveRange(await unit.Db.Drafts.Where(d => d.Case == subject.Id).ToListAsync(cancel));
        var verdict = subject.Verdict!;
        var instead = verdict.Outcome == Outcome.Approved && effects.Of(subject) is { } effect ? await effect.Give(unit, subject, cancel) : null;
        await unit.Tell(instead ?? Notices.For(verdict.Outcome, subject.HomeQueue), subject, verdict, deadline: null, reasons, cancel);
        return default(Done);
    }, cancel);
}
