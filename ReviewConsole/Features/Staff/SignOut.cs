using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Staff;

/// <summary>Notes that somebody signed out. Who signs out has gone off duty: the cases in hand go back at once (WORK-1).</summary>
public sealed class SignOut(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>Notes it.</summary>
    public Task Handle(Guid id) => commit.Run<SignOut, Done>(
        Actor.System("sign-in"),
        async unit =>
        {
            if (await unit.Db.Users.FindAsync(id) is not { } user)
                return default(Done);
            unit.Record(new SignedOut(id));
            // Every open page of the person ends, not only the one where it was asked for.
            user.EndSessions();
            await Duty.GoOff(unit, user, CancellationToken.None);
            return default(Done);
        });
}
