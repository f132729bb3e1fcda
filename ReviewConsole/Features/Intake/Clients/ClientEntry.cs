using System.Collections.Immutable;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Intake.Clients;

/// <summary>What an administrator says of an API client.</summary>
/// <param name="Name">Name for administrators: 1 to 100 characters.</param>
/// <param name="Permissions">What it may do: at least one of <see cref="Grantable"/>.</param>
/// <param name="RequestsPerMinute">Most requests a minute: 1 to 100,000.</param>
internal sealed record ClientEntry(string Name, IReadOnlyCollection<Permission> Permissions, int RequestsPerMinute = ClientEntry.UsualRate)
{
    /// <summary>Requests a minute where nothing else is said.</summary>
    public const int UsualRate = 60_000;

    /// <summary>Most that may be set.</summary>
    public const int MostRate = 100_000;

    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>Permissions that a client may have.</summary>
    public static ImmutableArray<Permission> Grantable { get; } = [Permission.Intake, Permission.PutLicences];

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public Refusal? Fault =>
        string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > LongestName || Name.Any(char.IsControl) ? new("CLIENT_NAME", $"{LongestName}")
        : Permissions.Count == 0 || Permissions.Except(Grantable).Any() ? new("CLIENT_PERMISSIONS")
        : RequestsPerMinute is < 1 or > MostRate ? new("CLIENT_RATE", $"{MostRate}")
        : null;
}

/// <summary>Something that happened to an API client. Keys and their hashes are never part of it.</summary>
internal abstract record ClientEvent(Guid Client) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => StreamOf(Client);

    /// <summary>The stream of a client.</summary>
    public static string StreamOf(Guid client) => $"client:{client}";
}

/// <summary>Name, permissions or limit of a client changed.</summary>
/// <param name="Client">The client.</param>
/// <param name="Renamed">True where its name changed, which is not repeated here; otherwise null.</param>
/// <param name="Permissions">What it may do now.</param>
/// <param name="RequestsPerMinute">Its limit now.</param>
internal sealed record ApiClientChanged(Guid Client, bool? Renamed, IReadOnlyList<Permission> Permissions, int RequestsPerMinute) : ClientEvent(Client);

/// <summary>A client got a new key.</summary>
/// <param name="Client">The client.</param>
/// <param name="PreviousKeyUntil">Until when the key before still opens; null where it ended at once.</param>
internal sealed record ApiKeyRotated(Guid Client, DateTimeOffset? PreviousKeyUntil) : ClientEvent(Client);

/// <summary>No key of the client opens any more.</summary>
internal sealed record ApiClientRevoked(Guid Client) : ClientEvent(Client);
