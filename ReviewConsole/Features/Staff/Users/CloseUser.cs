using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>Rules over all accounts: who may not be touched, and that somebody who administers is left.</summary>
internal static class Accounts
{
    /// <summary>What administrators may not do to themselves.</summary>
    public static readonly Refusal Self = new("USER_SELF");

    /// <summary>An account that is not closed.</summary>
    public static async Task<Answer<StaffUser>> Open(UnitOfWork unit, Guid id, CancellationToken cancel)
    {
        if (await unit.Db.Users.SingleOrDefaultAsync(u => u.Id == id, cancel) is not { } user)
            return Refusals.NotFound;
        return user.DisabledAt is null ? user : new Refusal("USER_CLOSED");
    }

    /// <summary>Why the person cannot stop being an administrator; null for whoever is none, or where another one is left.</summary>
    public static async Task<Refusal?> StaysAdministrator(UnitOfWork unit, StaffUser user, CancellationToken cancel) =>
        !user.Roles.HasFlag(Roles.Administrator) ? null
        : user.Id == unit.Actor.Staff ? Self
        : await unit.Db.Users.AnyAsync(u => u.Id != user.Id && u.DisabledAt == null && (u.Roles & Roles.Administrator) != Roles.None, cancel) ? null
        : new Refusal("USER_LAST_ADMINISTRATOR");
}

/// <summary>Closes the account of a member of staff: every sign-in ends at once, what the person holds goes back.</summary>
internal sealed class CloseUser(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid id, CancellationToken cancel = default) => commit.Run<CloseUser, Done>(actor, async unit =>
    {
        var found = await Accounts.Open(unit, id, cancel);
        if (found.Refusal is { } refusal)
            return refusal;
        var user = found.Value;
        if (id == actor.Staff)
            return Accounts.Self;
        if (await Accounts.StaysAdministrator(unit, user, cancel) is { } stays)
            return stays;
        user.DisabledAt = unit.Now;
        user.EndSessions();
        await Duty.GoOff(unit, user, cancel);
        unit.Record(new AccountClosed(id));
        return default(Done);
    }, cancel);
}

/// <summary>Opens a closed account again, with the roles and the password that it had.</summary>
internal sealed class ReopenUser(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it; where the account is open, nothing happens.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid id, CancellationToken cancel = default) => commit.Run<ReopenUser, Done>(actor, async unit =>
    {
        if (await unit.Db.Users.SingleOrDefaultAsync(u => u.Id == id, cancel) is not { } user)
            return Refusals.NotFound;
        if (user.DisabledAt is null)
            return default(Done);
        user.DisabledAt = null;
        unit.Record(new AccountReopened(id));
        return default(Done);
    }, cancel);
}

/// <summary>Opens an account that too many wrong passwords locked.</summary>
internal sealed class UnlockUser(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it; where the account is not locked, nothing happens.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid id, CancellationToken cancel = default) => commit.Run<UnlockUser, Done>(actor, async unit =>
    {
        var found = await Accounts.Open(unit, id, cancel);
        if (found.Refusal is { } refusal)
            return refusal;
        if (!(found.Value.LockoutEnd > unit.Now))
            return default(Done);
        (found.Value.LockoutEnd, found.Value.AccessFailedCount) = (null, 0);
        unit.Record(new AccountUnlocked(id));
        return default(Done);
    }, cancel);
}

/// <summary>Gives a person a first password and tells it, once: it has to be replaced at the next sign-in. Every sign-in ends, so what the person holds goes back.</summary>
internal sealed class ResetPassword(Commit commit, IServiceProvider services) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it and gives the password. Administrators replace their own as everybody does.</summary>
    public async Task<Answer<string>> Handle(Actor actor, Guid id, CancellationToken cancel = default)
    {
        await using var scope = services.CreateAsyncScope();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<StaffUser>>();
        var password = StaffPasswords.Generate();
        return await commit.Run<ResetPassword, string, string>(actor, _ => hasher.Hash(password, cancel), async (unit, hash) =>
        {
            var found = await Accounts.Open(unit, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var user = found.Value;
            if (id == actor.Staff)
                return Accounts.Self;
            (user.PasswordHash, user.MustChangePassword) = (hash, true);
            (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
            user.EndSessions();
            await Duty.GoOff(unit, user, cancel);
            unit.Record(new PasswordReset(id));
            return password;
        }, cancel);
    }
}
