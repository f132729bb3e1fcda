using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Finalise;

/// <summary>Reminds an applicant who was asked for more and has not answered, once a round (WORK-2).</summary>
public sealed class RemindApplicant(Commit commit, Reasons reasons) : IOutboxWorker, IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Remind;

    /// <inheritdoc/>
    public int Parallelism => 1;

    /// <inheritdoc/>
    public Task Work(OutboxTicket ticket, CancellationToken cancel) => commit.Run<RemindApplicant, Done>(Actor.System("remind"), async unit =>
    {
        CaseId id = new(Guid.Parse(ticket.Key));
        var subject = await unit.Db.Cases.SingleAsync(c => c.Id == id, cancel);
        // Too early means: the message is of an earlier round, and the later one has its own.
        if (await ticket.Finish(unit) && subject.State == CaseState.Returned && subject.AnswerBy is { } deadline
            && deadline - Effects.ReminderBefore <= unit.Now && unit.Now < deadline)
        {
            await unit.Tell(Notices.InformationReminder, subject, subject.Asked, deadline, reasons, cancel);
        }

        return default(Done);
    }, cancel);
}
