using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ReviewConsole.Data;

namespace ReviewConsole.Features.Staff;

/// <summary>What the cookie says about a person: id, name, stamp, and whether the first password is still to be replaced. Rights are read afresh from the store.</summary>
public sealed class StaffClaims(UserManager<StaffUser> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<StaffUser>(users, options)
{
    /// <summary>The claim of somebody who must replace the first password.</summary>
    public const string MustChange = "must-change-password";

    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(StaffUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (user.MustChangePassword)
            identity.AddClaim(new(MustChange, "1"));
        return identity;
    }
}

/// <summary>Sends somebody who must replace the first password to the page for it, whatever was asked for.</summary>
internal static class FirstPassword
{
    public const string Page = "/account/password";

    /// <summary>The page, which afterwards goes on to where the person wanted to be.</summary>
    public static string PageBefore(string? wanted) => ReturnUrl.Safe(wanted) is { Length: > 1 } there ? $"{Page}?returnUrl={Uri.EscapeDataString(there)}" : Page;

    public static async Task Guard(HttpContext http, RequestDelegate next)
    {
        var anonymous = http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;
        if (anonymous || !http.User.HasClaim(StaffClaims.MustChange, "1") || http.Request.Path == Page || http.Request.Path == StaffServices.SignOutPath)
            await next(http);
        else if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            http.Response.Redirect(PageBefore(http.Request.Path + http.Request.QueryString));
        else
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
