using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;

namespace ReviewConsole.Data;

/// <summary>Who a signed-in person is, read afresh for each use, so that a role or a reach that was taken away is gone at once.</summary>
public sealed class StaffActors(IDbContextFactory<ReviewDb> stores, Authorities authorities)
{
    /// <summary>The person behind a principal; <see cref="Actor.Nobody"/> where there is none, or where the person may not act now.</summary>
    public async Task<Actor> Of(ClaimsPrincipal principal, CancellationToken cancel = default) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? await Of(id, principal, cancel) : Actor.Nobody;

    /// <summary>The actor of a member of staff.</summary>
    public Actor Of(StaffUser user) =>
        Actor.StaffMember(user.Id, user.DisplayName, user.Roles, user.Authorities.SelectMany(authorities.SelfAndDescendants), user.Queues) with
        {
            OnDuty = user.OnDuty,
            OwnDocument = user.DocumentIndex,
            Keys = KeyMap.Read(user.Keys),
        };

    private async Task<Actor> Of(Guid id, ClaimsPrincipal principal, CancellationToken cancel)
    {
        await using var db = await stores.CreateDbContextAsync(cancel);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel);
        // A stamp that differs means that the password or the rights changed since this sign-in.
        return user is null || user.MustChangePassword || user.DisabledAt is not null
            || principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType) != user.SecurityStamp
            ? Actor.Nobody
            : Of(user);
    }
}
