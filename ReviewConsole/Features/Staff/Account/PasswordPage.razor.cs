using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using ReviewConsole.Data;

namespace ReviewConsole.Features.Staff.Account;

/// <summary>Replaces one's own password; somebody with a first password can open nothing else.</summary>
public sealed partial class PasswordPage(ChangePassword change, UserManager<StaffUser> users)
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? Return { get; set; }

    [SupplyParameterFromForm]
    private Input Form { get; set; } = null!;

    private bool First => Http.User.HasClaim(StaffClaims.MustChange, "1");

    private string? Fault { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() => Form ??= new();

    private async Task Submit()
    {
        var user = await users.GetUserAsync(Http.User);
        Fault = user is null ? "Password_Failed"
            : Form.Next != Form.Again ? "Password_Differs"
            : await change.Handle(user, Form.Current ?? "", Form.Next ?? "");
        if (Fault is null)
            Http.Response.Redirect(ReturnUrl.Safe(Return));
        else
            Form = new();
    }

    private sealed class Input
    {
        // A form that was sent without a field gives null for it, whatever stands here.
        public string? Current { get; set; }

        public string? Next { get; set; }

        public string? Again { get; set; }
    }
}
