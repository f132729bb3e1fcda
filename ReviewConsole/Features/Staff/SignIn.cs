using Microsoft.AspNetCore.Identity;
using ReviewConsole.Data;

namespace ReviewConsole.Features.Staff;

/// <summary>How an attempt to sign in ended.</summary>
/// <param name="User">Who is signed in now; null where nobody is.</param>
/// <param name="LockedUntil">Until when the account is locked; null where it is not.</param>
/// <param name="Closed">True where the password was right and the account is closed.</param>
public sealed record SignInResult(StaffUser? User, DateTimeOffset? LockedUntil, bool Closed = false);

/// <summary>Signs a member of staff in, and records every attempt.</summary>
public sealed class SignIn(SignInManager<StaffUser> sign, RecordSignIn record, IPasswordHasher<StaffUser> hasher, TimeProvider time)
{
    private static readonly StaffUser Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<StaffUser>().HashPassword(Nobody, StaffPasswords.Generate());

    /// <summary>Tries name and password.</summary>
    /// <remarks>An unknown name costs the same time as a wrong password and gets the same answer, so that names cannot be found out. That an account is closed is told to whoever knows its password, and to nobody else.</remarks>
    public async Task<SignInResult> Handle(string name, string password)
    {
        var user = await sign.UserManager.FindByNameAsync(name);
        if (user is null)
        {
            await StaffPasswords.Turns.Take(() => Task.FromResult(hasher.VerifyHashedPassword(Nobody, NobodysHash, password)));
            await record.Handle(new UnknownSignIn());
            return new(null, null);
        }

        var wasLocked = user.LockoutEnd > time.GetUtcNow();
        var result = await StaffPasswords.Turns.Take(() => sign.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true));
        if (result.Succeeded && user.DisabledAt is not null)
        {
            await record.Handle(new SignInRefused(user.Id));
            return new(null, null, Closed: true);
        }

        if (result.Succeeded)
        {
            await sign.SignInAsync(user, isPersistent: false);
            await record.Handle(new SignedIn(user.Id));
            return new(user, null);
        }

        var locked = user.LockoutEnd > time.GetUtcNow() ? user.LockoutEnd : null;
        await record.Handle(locked is { } until && !wasLocked
            ? [new SignInFailed(user.Id), new AccountLocked(user.Id, until)]
            : [new SignInFailed(user.Id)]);
        return new(null, locked);
    }
}
