using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Staff;

/// <summary>Gives one of a person's actions another key (WORK-4).</summary>
public sealed class ChangeKey(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>Saves the key; refused where another action of the same page has it, or nobody can have it.</summary>
    public Task<Answer<KeyMap>> Handle(Actor actor, KeyAction action, string code) => commit.Run<ChangeKey, KeyMap>(
        actor,
        async unit =>
        {
            if (await unit.Db.Users.SingleOrDefaultAsync(u => u.Id == actor.Staff) is not { } user)
                return Refusals.NotFound;
            var given = KeyMap.Read(user.Keys).Give(action, code);
            if (given.Refusal is null)
                user.Keys = given.Value.Write();
            return given;
        });
}

/// <summary>Gives all of a person's actions their standard keys back.</summary>
public sealed class RestoreKeys(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>Forgets the person's own keys.</summary>
    public Task<Answer<KeyMap>> Handle(Actor actor) => commit.Run<RestoreKeys, KeyMap>(
        actor,
        async unit =>
        {
            if (await unit.Db.Users.SingleOrDefaultAsync(u => u.Id == actor.Staff) is not { } user)
                return Refusals.NotFound;
            user.Keys = null;
            return KeyMap.Standard;
        });
}
