using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Intake.Clients;

/// <summary>How an API client stands.</summary>
public enum ClientState
{
    /// <summary>Its key opens.</summary>
    Active,

    /// <summary>Its key opens, and the one before for a while.</summary>
    Rotating,

    /// <summary>Nothing opens any more.</summary>
    Revoked,
}

/// <summary>An API client as administrators see it.</summary>
/// <param name="Id">Its id, which stands in its key.</param>
/// <param name="Name">Name.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="RequestsPerMinute">Its limit.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsed">When it was last let in since the program started; null where it was not.</param>
/// <param name="State">How it stands.</param>
/// <param name="PreviousKeyUntil">Until when the key before opens; null where it does not.</param>
public sealed record ClientRow(
    Guid Id, string Name, IReadOnlyList<Permission> Permissions, int RequestsPerMinute, DateTimeOffset CreatedAt, DateTimeOffset? LastUsed, ClientState State, DateTimeOffset? PreviousKeyUntil);

/// <summary>The API clients, those that are revoked last, and what was changed of one.</summary>
internal sealed class ClientsQuery(Reads reads, ClientUse use, TimeProvider time) : IUseCase
{
    private const int MostChanges = 50;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>All of them: an installation has a handful.</summary>
    public Task<Answer<ImmutableArray<ClientRow>>> Handle(Actor actor, CancellationToken cancel = default) => reads.Run<ClientsQuery, ImmutableArray<ClientRow>>(actor, async db =>
    {
        var now = time.GetUtcNow();
        var clients = await db.ApiClients.ToListAsync(cancel);
        return clients.ConvertAll(client => Row(client, now)).OrderBy(row => row.State == ClientState.Revoked).ThenBy(row => row.Name, StringComparer.CurrentCulture).ThenBy(row => row.Id).ToImmutableArray();
    }, cancel);

    /// <summary>What was changed of a client, newest first.</summary>
    public Task<Answer<ImmutableArray<ChangeLine>>> History(Actor actor, Guid client, CancellationToken cancel = default) => reads.Run<ClientsQuery, ImmutableArray<ChangeLine>>(
        actor, async db => (await StreamHistory.Read(db, ClientEvent.StreamOf(client), MostChanges, cancel)).ToImmutableArray(), cancel);

    private ClientRow Row(ApiClient client, DateTimeOffset now)
    {
        var until = client.PreviousKeyUntil > now ? client.PreviousKeyUntil : null;
        var state = client.RevokedAt is not null ? ClientState.Revoked : until is not null ? ClientState.Rotating : ClientState.Active;
        return new(client.Id, client.Name, [.. client.Permissions.Order()], client.RequestsPerMinute, client.CreatedAt, use.Last(client.Id), state, until);
    }
}
