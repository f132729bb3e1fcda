using System.Runtime.InteropServices;

namespace ReviewConsole.Domain.Clock;

/// <summary>Where an item's clock stands (SLA-4).</summary>
public enum SlaState
{
    /// <summary>Less than half of the time is used.</summary>
    OnTime,

    /// <summary>At least 50 % is used.</summary>
    DueSoon,

    /// <summary>At least 80 % is used.</summary>
    DuePressing,

    /// <summary>The due instant has come, or has passed.</summary>
    Overdue,

    /// <summary>Waiting for the applicant, with time left (SLA-3).</summary>
    Paused,

    /// <summary>Decided, withdrawn or lapsed.</summary>
    Stopped,
}

/// <summary>The three instants at which a running clock changes its state; a case stores them, so that lists need no ledger.</summary>
/// <param name="HalfAt">The first instant with 50 % of the time used.</param>
/// <param name="PressingAt">The first instant with 80 % of the time used.</param>
/// <param name="DueAt">The first instant with all time used: overdue from here on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SlaTargets(DateTimeOffset HalfAt, DateTimeOffset PressingAt, DateTimeOffset DueAt)
{
    /// <summary>The state of a running clock at the moment.</summary>
    public SlaState At(DateTimeOffset now) =>
        now >= DueAt ? SlaState.Overdue
        : now >= PressingAt ? SlaState.DuePressing
        : now >= HalfAt ? SlaState.DueSoon
        : SlaState.OnTime;
}
