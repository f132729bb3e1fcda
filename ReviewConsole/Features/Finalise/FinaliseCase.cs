using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Features.Finalise;

/// <summary>Lets a decision take effect when its hold has ended: closes the case, gives what an approval gives and tells the applicant, all in one commit (WORK-3). A second look is put beside the first decision instead.</summary>
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
        var look = subject.Original is null ? null : await unit.Db.SecondLooks.SingleAsync(l => l.Case == id, cancel);
        if (look is not null)
        {
            var first = await unit.Db.Cases.AsNoTracking().SingleAsync(c => c.Id == look.Original, cancel);
            if (look.Compare((first.Former ?? first.Verdict)!, subject.Verdict!, subject.Holder!.Value) is { } notCompared)
                return notCompared;
        }

        if (subject.Finalise(unit.Now, look is null ? null : look.State == LookState.Agreed) is { } refusal)
            return refusal;
        // Until now an undo gave the reviewer back what was ticked and typed.
        unit.Db.Drafts.RemoveRange(await unit.Db.Drafts.Where(d => d.Case == subject.Id).ToListAsync(cancel));
        // A second look gives nothing and tells nobody outside: what follows from two verdicts that differ is for people to settle (WORK-6).
        if (look is not null)
            return default(Done);
        var verdict = subject.Verdict!;
        var instead = verdict.Outcome == Outcome.Approved && effects.Of(subject) is { } effect ? await effect.Give(unit, subject, cancel) : null;
        await unit.Tell(instead ?? Notices.For(verdict.Outcome, subject.HomeQueue), subject, verdict, deadline: null, reasons, cancel);
        return default(Done);
    }, cancel);
}
