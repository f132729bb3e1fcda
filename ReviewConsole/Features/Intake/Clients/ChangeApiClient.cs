using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Intake.Clients;

/// <summary>Changes name, permissions and limit of an API client; they count from its next request on.</summary>
internal sealed class ChangeApiClient(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it.</summary>
    public async Task<Answer<Done>> Handle(Actor actor, Guid id, ClientEntry entry, CancellationToken cancel = default)
    {
        if (entry.Fault is { } fault)
            return fault;
        return await commit.Run<ChangeApiClient, Done>(actor, async unit =>
        {
            var found = await Find(unit, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var client = found.Value;
            List<Permission> permissions = [.. entry.Permissions.Distinct().Order()];
            var renamed = client.Name != entry.Name.Trim();
            if (!renamed && client.RequestsPerMinute == entry.RequestsPerMinute && permissions.SequenceEqual(client.Permissions.Order()))
                return default(Done);
            (client.Name, client.Permissions, client.RequestsPerMinute) = (entry.Name.Trim(), permissions, entry.RequestsPerMinute);
            unit.Record(new ApiClientChanged(id, renamed ? true : null, permissions, entry.RequestsPerMinute));
            return default(Done);
        }, cancel);
    }

    /// <summary>A client that is not revoked.</summary>
    internal static async Task<Answer<ApiClient>> Find(UnitOfWork unit, Guid id, CancellationToken cancel) =>
        await unit.Db.ApiClients.SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } client ? Refusals.NotFound
        : client.RevokedAt is not null ? new Refusal("CLIENT_REVOKED")
        : client;
}

/// <summary>Gives an API client a new key and tells it, once. The key before may open for a while, so that the client can change over without a gap.</summary>
internal sealed class RotateApiKey(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>For how long the key before may still open.</summary>
    public static IReadOnlyList<TimeSpan> Overlaps { get; } = [TimeSpan.Zero, TimeSpan.FromHours(24), TimeSpan.FromDays(7)];

    /// <summary>Does it and gives the new key.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="id">The client.</param>
    /// <param name="overlap">One of <see cref="Overlaps"/>.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Answer<string>> Handle(Actor actor, Guid id, TimeSpan overlap, CancellationToken cancel = default)
    {
        if (!Overlaps.Contains(overlap))
            return new Refusal("CLIENT_OVERLAP");
        return await commit.Run<RotateApiKey, string>(actor, async unit =>
        {
            var found = await ChangeApiClient.Find(unit, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var client = found.Value;
            var (key, hash) = ApiKey.New(id);
            DateTimeOffset? until = overlap > TimeSpan.Zero ? unit.Now + overlap : null;
            (client.PreviousKeyHash, client.PreviousKeyUntil, client.KeyHash) = (until is null ? null : client.KeyHash, until, hash);
            unit.Record(new ApiKeyRotated(id, until));
            return key;
        }, cancel);
    }
}

/// <summary>Shuts an API client out at once and for good: neither of its keys opens any more.</summary>
internal sealed class RevokeApiClient(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid id, CancellationToken cancel = default) => commit.Run<RevokeApiClient, Done>(actor, async unit =>
    {
        var found = await ChangeApiClient.Find(unit, id, cancel);
        if (found.Refusal is { } refusal)
            return refusal;
        (found.Value.RevokedAt, found.Value.PreviousKeyHash, found.Value.PreviousKeyUntil) = (unit.Now, null, null);
        unit.Record(new ApiClientRevoked(id));
        return default(Done);
    }, cancel);
}
