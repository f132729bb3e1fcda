using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>Comes on duty or goes off it (在岗, 离岗). Going off duty returns what is in hand and what is kept ready (WORK-1).</summary>
public sealed class ChangeDuty(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Does it; drafts stay. Asked for what is so already, nothing happens.</summary>
    public Task<Answer<Done>> Handle(Actor actor, bool onDuty, CancellationToken cancel = default) =>
        commit.Run<ChangeDuty, Done>(actor, async unit =>
        {
            if (await unit.Db.Users.SingleOrDefaultAsync(u => u.Id == actor.Staff, cancel) is not { } user)
                return Refusals.NotFound;
            if (!onDuty)
                (await Hands.Of(unit, cancel)).Empty(unit.Now);
            if (user.OnDuty == onDuty)
                return default(Done);
            user.OnDuty = onDuty;
            unit.Record(onDuty ? new CameOnDuty(user.Id) : new WentOffDuty(user.Id));
            return default(Done);
        }, cancel);
}

/// <summary>Somebody came on duty.</summary>
public sealed record CameOnDuty(Guid User) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"user:{User}";
}

/// <summary>Somebody went off duty.</summary>
public sealed record WentOffDuty(Guid User) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"user:{User}";
}
