using System.Collections.Frozen;

namespace ReviewConsole.Catalog;

/// <summary>What somebody may do. Everything that reads or writes states the one it needs; what is not granted is denied.</summary>
public enum Permission
{
    /// <summary>See the queues and cases in reach.</summary>
    SeeCases,

    /// <summary>Claim and decide cases of the ordinary queues.</summary>
    Review,

    /// <summary>Claim and decide in the second queue (复核).</summary>
    ReviewAgain,

    /// <summary>Replace the outcome of a closed case (WORK-3).</summary>
    Correct,

    /// <summary>Show a masked field in clear, one by one and recorded (REC-2).</summary>
    Reveal,

    /// <summary>See the dashboards and act on the queues.</summary>
    Supervise,

    /// <summary>Users, roles, API clients, settings.</summary>
    Administer,

    /// <summary>See the accounts of staff and what was changed of them.</summary>
    SeeStaff,

    /// <summary>See notices and their delivery.</summary>
    SeeNotices,

    /// <summary>Read the audit log.</summary>
    Audit,

    /// <summary>One's own account: language, looks, password.</summary>
    OwnAccount,

    /// <summary>Hand requests in through the intake API.</summary>
    Intake,

    /// <summary>Put licence records through the intake API.</summary>
    PutLicences,

    /// <summary>Background work of the product itself; never granted to a person or a client.</summary>
    System,

    /// <summary>See the calendars and the rules of the clocks.</summary>
    SeeCalendar,

    /// <summary>Be told that clocks run out (SLA-4).</summary>
    GetMessages,

    /// <summary>Take lists out as files; what stands in a list needs that list's own permission besides.</summary>
    Export,
}

/// <summary>What a member of staff is; one person may be several.</summary>
[Flags]
public enum Roles
{
    /// <summary>No role: may sign in and see nothing.</summary>
    None = 0,

    /// <summary>审核员.</summary>
    Reviewer = 1,

    /// <summary>复核员.</summary>
    Senior = 2,

    /// <summary>主管.</summary>
    Supervisor = 4,

    /// <summary>管理员.</summary>
    Administrator = 8,

    /// <summary>审计员: reads and changes nothing.</summary>
    Auditor = 16,
}

/// <summary>Which role holds which permission.</summary>
public static class Permissions
{
    private static readonly FrozenDictionary<Roles, Permission[]> ByRole = new Dictionary<Roles, Permission[]>
    {
        [Roles.Reviewer] = [Permission.SeeCases, Permission.Review, Permission.Reveal, Permission.GetMessages],
        [Roles.Senior] = [Permission.SeeCases, Permission.Review, Permission.ReviewAgain, Permission.Reveal, Permission.Correct, Permission.GetMessages],
        [Roles.Supervisor] = [Permission.SeeCases, Permission.Supervise, Permission.Reveal, Permission.Correct, Permission.SeeNotices, Permission.SeeCalendar, Permission.GetMessages, Permission.Export],
        [Roles.Administrator] = [Permission.Administer, Permission.SeeStaff, Permission.SeeNotices, Permission.SeeCalendar, Permission.Export],
        [Roles.Auditor] = [Permission.SeeCases, Permission.Audit, Permission.SeeStaff, Permission.SeeNotices, Permission.SeeCalendar, Permission.Export],
    }.ToFrozenDictionary();

    /// <summary>Each role by itself, in the order they are shown.</summary>
    public static IReadOnlyList<Roles> Single { get; } = [Roles.Reviewer, Roles.Senior, Roles.Supervisor, Roles.Administrator, Roles.Auditor];

    /// <summary>Everything that the holder of <paramref name="roles"/> may do.</summary>
    public static FrozenSet<Permission> Of(Roles roles) =>
        Single.Where(role => roles.HasFlag(role)).SelectMany(role => ByRole[role]).Append(Permission.OwnAccount).ToFrozenSet();
}
