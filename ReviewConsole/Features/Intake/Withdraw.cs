using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Intake;

/// <summary>Takes a request back for its applicant.</summary>
internal sealed class Withdraw(Commit commit, Clocks clocks, Reasons reasons, IntakeWords words) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Intake;

    /// <summary>Does it.</summary>
    public Task<Answer<Reply>> Handle(Actor client, Guid id, Once once, CancellationToken cancel) => commit.Run<Withdraw, Reply>(client, async unit =>
    {
        if (await once.Earlier(unit.Db, cancel) is { } earlier)
            return earlier;
        if (await RequestStateQuery.Own(unit.Db, client, id, cancel) is not { } found)
            return Refusals.NotFound;
        if (found.Withdraw(unit.Actor.Id, clocks.Of(found), unit.Now) is not null)
            return words.Refuse(new Refusal("WITHDRAWAL_TOO_LATE"));
        await unit.Tell(Notices.For(Outcome.Withdrawn, found.HomeQueue), found, null, null, reasons, cancel);
        return once.Keep(unit, Reply.Of(StatusCodes.Status200OK, RequestStateQuery.Of(found, words)));
    }, cancel);
}
