using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using ReviewConsole.Catalog;
using ReviewConsole.Data;

namespace ReviewConsole.Features.Staff;

/// <summary>Looks every minute whether the person of an open page may still be here; a changed password, a lock or changed rights end the page.</summary>
internal sealed class StaffRevalidation(ILoggerFactory logs, StaffActors actors) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await actors.Of(authenticationState.User, cancellationToken) != Actor.Nobody;
}
