using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>What an administrator says of a member of staff.</summary>
/// <param name="DisplayName">Name as colleagues see it: 1 to 40 characters.</param>
/// <param name="Roles">At least one role; an auditor is nothing else, who reads and changes nothing.</param>
/// <param name="Authorities">Codes of authorities, each with those below it (WORK-7).</param>
/// <param name="Queues">Ids of queues.</param>
public sealed record UserEntry(string DisplayName, Roles Roles, IReadOnlyCollection<string> Authorities, IReadOnlyCollection<string> Queues)
{
    /// <summary>Most characters of a display name.</summary>
    public const int LongestName = 40;

    private const Roles WithReach = Roles.Reviewer | Roles.Senior | Roles.Supervisor;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public Refusal? Fault(Authorities authorities, Queues queues) =>
        string.IsNullOrWhiteSpace(DisplayName) || DisplayName.Trim().Length > LongestName || DisplayName.Any(char.IsControl) ? new("USER_DISPLAY_NAME", $"{LongestName}")
        : Authorities.FirstOrDefault(code => authorities.Find(code) is null) is { } code
            ? new("AUTHORITY_UNKNOWN", code, string.Join(' ', authorities.All.Select(a => a.Code)))
        : Queues.FirstOrDefault(id => queues.Find(id) is null) is { } id
            ? new("QUEUE_UNKNOWN", id, string.Join(' ', queues.All.Select(q => q.Id)))
        : Roles == Roles.None || Permissions.Single.Aggregate(Roles, (left, role) => left & ~role) != Roles.None ? new("USER_ROLES")
        : Roles.HasFlag(Roles.Auditor) && Roles != Roles.Auditor ? new("USER_AUDITOR_ALONE")
        : (Roles & WithReach) != Roles.None && (Authorities.Count == 0 || Queues.Count == 0) ? new("USER_REACH")
        : null;

    /// <summary>True where both say the same, in whatever order.</summary>
    public bool Same(UserEntry other) =>
        DisplayName.Trim() == other.DisplayName.Trim() && Roles == other.Roles && Authorities.ToHashSet().SetEquals(other.Authorities) && Queues.ToHashSet().SetEquals(other.Queues);

    /// <summary>What stands in the store.</summary>
    internal static UserEntry Of(StaffUser user) => new(user.DisplayName, user.Roles, user.Authorities, user.Queues);
}
