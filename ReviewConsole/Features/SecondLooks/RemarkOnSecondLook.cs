using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>Adds a remark to two verdicts that differ: by one of the two people, or by a supervisor. What was said stays.</summary>
public sealed class RemarkOnSecondLook(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>True where the person may say something at all about the two decisions.</summary>
    public static bool May(Actor actor, bool isOfThem) => isOfThem ? actor.May(Permission.Review) || actor.May(Permission.ReviewAgain) || actor.May(Permission.Supervise) : actor.May(Permission.Supervise);

    /// <summary>Adds it.</summary>
    /// <param name="actor">Who says it.</param>
    /// <param name="look">The second look's case.</param>
    /// <param name="text">The remark, 1 to 300 characters.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<Answer<Done>> Handle(Actor actor, CaseId look, string? text, CancellationToken cancel = default) => commit.Run<RemarkOnSecondLook, Done>(actor, async unit =>
    {
        if (await unit.Db.SecondLooks.Where(SecondLooksInReach.Readable(actor)).SingleOrDefaultAsync(l => l.Case == look, cancel) is not { } found)
            return Refusals.NotFound;
        if (!May(actor, found.IsOf(actor.Reviewer)))
            return Refusals.NotPermitted;
        return found.Say(Guid.CreateVersion7(unit.Now), actor.Reviewer, actor.May(Permission.Supervise), text, unit.Now) is { } refusal ? refusal : default(Done);
    }, cancel);
}

/// <summary>Settles two verdicts that differ: the first decision stands (维持). To overturn it is to correct it.</summary>
public sealed class UpholdDecision(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Correct;

    /// <summary>Settles it.</summary>
    /// <param name="actor">A senior or supervisor who is neither of the two.</param>
    /// <param name="look">The second look's case.</param>
    /// <param name="why">Why it stands, 1 to 300 characters.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<Answer<Done>> Handle(Actor actor, CaseId look, string? why, CancellationToken cancel = default) => commit.Run<UpholdDecision, Done>(actor, async unit =>
        await unit.Db.SecondLooks.Where(SecondLooksInReach.Readable(actor)).SingleOrDefaultAsync(l => l.Case == look, cancel) is not { } found ? Refusals.NotFound
        : found.Uphold(actor.Reviewer, why, unit.Now) is { } refusal ? refusal
        : default(Done), cancel);
}
