using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>Comes on duty or goes off it (在岗, 离岗), without signing in or out.</summary>
public sealed class ChangeDuty(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Does it. Going off duty returns what is in hand and what is kept ready (WORK-1).</summary>
    public Task<Answer<Done>> Handle(Actor actor, bool onDuty, CancellationToken cancel = default) =>
        commit.Run<ChangeDuty, Done>(actor, async unit =>
        {
            if (await unit.Db.Users.SingleOrDefaultAsync(u => u.Id == actor.Staff, cancel) is not { } user)
                return Refusals.NotFound;
            if (onDuty)
                Duty.ComeOn(unit, user);
            else
                await Duty.GoOff(unit, user, cancel);
            return default(Done);
        }, cancel);
}
