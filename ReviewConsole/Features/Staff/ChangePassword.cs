using Microsoft.AspNetCore.Identity;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Staff;

/// <summary>Replaces a person's own password. Every other sign-in of the person ends.</summary>
public sealed class ChangePassword(SignInManager<StaffUser> sign, StaffActors actors, Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>Replaces it and renews the present sign-in.</summary>
    /// <returns>The key of the words that say why not, or null when it was done.</returns>
    public async Task<string?> Handle(StaffUser user, string current, string next)
    {
        if (next.Length < StaffPasswords.Shortest)
            return "Password_Short";
        if (next == current)
            return "Password_Same";
        if (!await StaffPasswords.Turns.Take(() => sign.UserManager.CheckPasswordAsync(user, current)))
            return "Password_Wrong";
        if (user.DisabledAt is not null)
            return "Password_Failed";
        user.MustChangePassword = false;
        if (!(await StaffPasswords.Turns.Take(() => sign.UserManager.ChangePasswordAsync(user, current, next))).Succeeded)
            return "Password_Failed";
        await commit.Run<ChangePassword, Done>(
            actors.Of(user),
            unit =>
            {
                unit.Record(new PasswordChanged(user.Id));
                return Task.FromResult<Answer<Done>>(default(Done));
            });
        await sign.RefreshSignInAsync(user);
        return null;
    }
}
