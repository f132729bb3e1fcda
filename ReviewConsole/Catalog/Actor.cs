using System.Collections.Frozen;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Catalog;

/// <summary>Who does something: a member of staff, an API client, or the product's own background work.</summary>
/// <param name="Id">Stable id, as the audit log keeps it: <c>staff:…</c>, <c>client:…</c>, <c>system:…</c>.</param>
/// <param name="Name">Name for colleagues; empty for machines.</param>
/// <param name="Permissions">Everything that is granted.</param>
/// <param name="Authorities">Codes of the issuing authorities in reach, descendants included.</param>
/// <param name="Queues">Ids of the queues in reach.</param>
public sealed record Actor(string Id, string Name, FrozenSet<Permission> Permissions, FrozenSet<string> Authorities, FrozenSet<string> Queues)
{
    private const string StaffPrefix = "staff:";

    /// <summary>Nobody: may do nothing.</summary>
    public static readonly Actor Nobody = new("nobody", "", [], [], []);

    /// <summary>The roles of a member of staff, to be named on the screen; what somebody may do is asked of <see cref="May"/>.</summary>
    public Roles Roles { get; private init; }

    /// <summary>True for a member of staff who is at work (在岗, WORK-1).</summary>
    public bool OnDuty { get; init; }

    /// <summary>Blind index of a member of staff's own identity document; null where it is not on record (WORK-7).</summary>
    public string? OwnDocument { get; init; }

    /// <summary>The keys of a member of staff.</summary>
    public KeyMap Keys { get; init; } = KeyMap.Standard;

    /// <summary>The reviewer's id; only a member of staff has one.</summary>
    /// <exception cref="InvalidOperationException">The actor is not a member of staff.</exception>
    public ReviewerId Reviewer => Staff is { } id ? new(id) : throw new InvalidOperationException("only staff review");

    /// <summary>The id of the member of staff; null for machines.</summary>
    public Guid? Staff => Id.StartsWith(StaffPrefix, StringComparison.Ordinal) ? Guid.Parse(Id.AsSpan(StaffPrefix.Length)) : null;

    /// <summary>Background work of the product, for instance <c>system:finalise</c>.</summary>
    public static Actor System(string work) => new($"system:{work}", "", [Permission.System], [], []);

    /// <summary>An API client.</summary>
    public static Actor Client(Guid id, string name, IEnumerable<Permission> permissions) => new($"client:{id}", name, permissions.ToFrozenSet(), [], []);

    /// <summary>A member of staff.</summary>
    public static Actor StaffMember(Guid id, string name, Roles roles, IEnumerable<string> authorities, IEnumerable<string> queues) =>
        new($"{StaffPrefix}{id}", name, Catalog.Permissions.Of(roles), authorities.ToFrozenSet(StringComparer.Ordinal), queues.ToFrozenSet(StringComparer.Ordinal)) { Roles = roles };

    /// <summary>True where the permission is granted.</summary>
    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>True where both queue and authority are in reach.</summary>
    public bool Reaches(string queue, string authority) => Queues.Contains(queue) && Authorities.Contains(authority);
}

/// <summary>A use case or a query: it states the permission that it needs, and the doors to the store ask for it.</summary>
public interface IUseCase
{
    /// <summary>The permission without which nothing is read or written.</summary>
    static abstract Permission Needs { get; }
}
