using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Staff;

/// <summary>Puts what happened at sign-in into the audit log (REC-1).</summary>
public sealed class RecordSignIn(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>Records it.</summary>
    public Task Handle(params DomainEvent[] happened) => commit.Run<RecordSignIn, Done>(
        Actor.System("sign-in"),
        async unit =>
        {
            foreach (var e in happened)
            {
                unit.Record(e);
                // Who signs in is at work.
                if (e is SignedIn signed && await unit.Db.Users.FindAsync(signed.User) is { DisabledAt: null } user)
                    Duty.ComeOn(unit, user);
            }

            return default(Done);
        });
}
