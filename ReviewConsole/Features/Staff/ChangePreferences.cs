using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Staff;

/// <summary>Keeps a person's own language, looks and density.</summary>
public sealed class ChangePreferences(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>Languages of the pages, the first is the default.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    /// <summary>Looks, the first is the default.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["system", "light", "dark"];

    /// <summary>How close rows and panels stand, the first is the default.</summary>
    public static IReadOnlyList<string> Densities { get; } = ["comfortable", "compact"];

    /// <summary>Saves them; an unknown value falls back to the default.</summary>
    public Task<Answer<StaffUser>> Handle(Actor actor, string language, string theme, string density) => commit.Run<ChangePreferences, StaffUser>(
        actor,
        async unit =>
        {
            if (await unit.Db.Users.SingleOrDefaultAsync(u => u.Id == actor.Staff) is not { } user)
                return Refusals.NotFound;
            user.Language = Known(Languages, language);
            user.Theme = Known(Themes, theme);
            user.Density = Known(Densities, density);
            return user;
        });

    internal static string Known(IReadOnlyList<string> values, string? value) => values.FirstOrDefault(v => v == value) ?? values[0];
}
