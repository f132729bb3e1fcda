using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using ReviewConsole.Data;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Staff.Account;

/// <summary>One's own language, looks and density.</summary>
public sealed partial class PreferencesPage(ChangePreferences change, CurrentActor current, UserManager<StaffUser> users, NavigationManager navigation)
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "saved")]
    private string? Saved { get; set; }

    [SupplyParameterFromForm]
    private Input Form { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Form is null && await users.GetUserAsync(Http.User) is { } user)
            Form = new() { Language = user.Language, Theme = user.Theme, Density = user.Density };
        Form ??= new();
    }

    private async Task Submit()
    {
        var answer = await change.Handle(await current.Get(), Form.Language, Form.Theme, Form.Density);
        if (answer.Refusal is null)
        {
            PreferenceCookies.Write(Http, answer.Value);
            navigation.NavigateTo("/account/preferences?saved=true", forceLoad: true);
        }
    }

    private sealed class Input
    {
        public string Language { get; set; } = ChangePreferences.Languages[0];

        public string Theme { get; set; } = ChangePreferences.Themes[0];

        public string Density { get; set; } = ChangePreferences.Densities[0];
    }
}
