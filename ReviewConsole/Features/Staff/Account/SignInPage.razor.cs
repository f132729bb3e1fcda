using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Platform;

namespace ReviewConsole.Features.Staff.Account;

/// <summary>Signs in. Static: the cookie can only be set while the page is answered.</summary>
public sealed partial class SignInPage(SignIn signIn, AddressRates rates, TimeProvider time)
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? Return { get; set; }

    [SupplyParameterFromQuery(Name = "out")]
    private string? Out { get; set; }

    [SupplyParameterFromForm]
    private Input Form { get; set; } = null!;

    private string? Fault { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() => Form ??= new();

    private async Task Submit()
    {
        if (rates.SignIn(Http) is { } wait)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            (Http.Response.StatusCode, Http.Response.Headers.RetryAfter) = (StatusCodes.Status429TooManyRequests, seconds.ToString(CultureInfo.InvariantCulture));
            (Form.Password, Fault) = ("", T["SignIn_TooMany", seconds]);
            return;
        }

        if (string.IsNullOrWhiteSpace(Form.Name) || string.IsNullOrEmpty(Form.Password))
        {
            Fault = T["SignIn_Required"];
            return;
        }

        var result = await signIn.Handle(Form.Name!.Trim(), Form.Password!);
        if (result.User is { } user)
        {
            PreferenceCookies.Write(Http, user);
            // Not by the navigation of pages, which undoes the percent-encoding: a header cannot hold Chinese.
            Http.Response.Redirect(user.MustChangePassword ? FirstPassword.PageBefore(Return) : ReturnUrl.Safe(Return));
        }
        else
        {
            Form.Password = "";
            Fault = result.Closed ? T["SignIn_Closed"]
                : result.LockedUntil is { } until
                ? T["SignIn_Locked", Math.Max(1, (int)Math.Ceiling((until - time.GetUtcNow()).TotalMinutes))]
                : T["SignIn_Wrong"];
        }
    }

    private sealed class Input
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}
