using Microsoft.AspNetCore.Components.Authorization;
using ReviewConsole.Catalog;
using ReviewConsole.Data;

namespace ReviewConsole.Ui;

/// <summary>Who looks at the page: asked anew each time, so that rights taken away are gone at the next step.</summary>
public class CurrentActor(AuthenticationStateProvider authentication, StaffActors actors)
{
    /// <summary>The person signed in; <see cref="Actor.Nobody"/> where there is none.</summary>
    public virtual async Task<Actor> Get() => await actors.Of((await authentication.GetAuthenticationStateAsync()).User);
}
