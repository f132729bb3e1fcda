using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;

namespace ReviewConsole.Ui;

/// <summary>The page or endpoint is for signed-in staff who hold the permission: <c>@attribute [Needs(Permission.Supervise)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class NeedsAttribute(Permission permission) : AuthorizeAttribute(PolicyOf(permission))
{
    /// <summary>The permission that is asked for.</summary>
    public Permission Permission => permission;

    /// <summary>Name of the policy that asks for <paramref name="permission"/>.</summary>
    public static string PolicyOf(Permission permission) => $"needs:{permission}";
}

/// <summary>Asks for a permission.</summary>
/// <param name="Permission">The permission.</param>
public sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

/// <summary>Answers <see cref="PermissionRequirement"/> from the person's present rights, not from those at sign-in.</summary>
public sealed class PermissionCheck(StaffActors actors) : AuthorizationHandler<PermissionRequirement>
{
    /// <inheritdoc/>
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if ((await actors.Of(context.User)).May(requirement.Permission))
            context.Succeed(requirement);
    }
}

/// <summary>One policy a permission; what names no policy is for signed-in people only.</summary>
internal sealed class PermissionPolicies : IConfigureOptions<AuthorizationOptions>
{
    public void Configure(AuthorizationOptions options)
    {
        options.FallbackPolicy = options.DefaultPolicy;
        foreach (var permission in Enum.GetValues<Permission>())
            options.AddPolicy(NeedsAttribute.PolicyOf(permission), policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
    }
}
