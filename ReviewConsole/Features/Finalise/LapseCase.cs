using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Finalise;

/// <summary>Closes a case whose applicant did not answer in time, and says so (WORK-2).</summary>
public sealed class LapseCase(Commit commit, Clocks clocks, Reasons reasons) : IOutboxWorker, IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Lapse;

    /// <inheritdoc/>
    public int Parallelism => 1;

    /// <inheritdoc/>
    public Task Work(OutboxTicket ticket, CancellationToken cancel) => commit.Run<LapseCase, Done>(Actor.System("lapse"), async unit =>
    {
        CaseId id = new(Guid.Parse(ticket.Key));
        var subject = await unit.Db.Cases.SingleAsync(c => c.Id == id, cancel);
        // The deadline of a later round: its own message is there for it, and either may close the case.
        if (subject.State == CaseState.Returned && unit.Now < subject.AnswerBy)
        {
            await ticket.Rest(unit, subject.AnswerBy.Value);
            return default(Done);
        }

        if (!await ticket.Finish(unit) || subject.State != CaseState.Returned)
            return default(Done);
        if (subject.Lapse(clocks.Of(subject), unit.Now) is { } refusal)
            return refusal;
        await unit.Tell(Notices.For(Outcome.Lapsed, subject.HomeQueue), subject, verdict: null, deadline: null, reasons, cancel);
        return default(Done);
    }, cancel);
}
