namespace ReviewConsole.Domain.Clock;

/// <summary>What a line of a derivation tells.</summary>
public enum SlaStepKind
{
    /// <summary>The clock was started.</summary>
    Start,

    /// <summary>Time that counted.</summary>
    Count,

    /// <summary>A day on which no time counts: see <see cref="SlaStep.Day"/>.</summary>
    Skip,

    /// <summary>The clock was paused; an end of null means that it still is.</summary>
    Pause,

    /// <summary>The sum is reached: this is the due time.</summary>
    Due,

    /// <summary>The clock was stopped.</summary>
    Stop,

    /// <summary>The case was given another policy or calendar version.</summary>
    Retarget,
}

/// <summary>One line of the answer to 'why is this due then?' (SLA-3). Words are the reader's: pages and commands put them in.</summary>
/// <param name="Kind">What the line tells.</param>
/// <param name="From">Start of the time it tells of, in Shanghai.</param>
/// <param name="To">End of that time, excluded; null for a pause that has not ended.</param>
/// <param name="Counted">Business time that the line adds; zero but for <see cref="SlaStepKind.Count"/>.</param>
/// <param name="Total">Business time up to and with this line.</param>
/// <param name="Day">The day of a counted or skipped line; says, too, that its year is not loaded.</param>
/// <param name="Why">The reason written in the ledger.</param>
/// <param name="Versions">Of a start, the policy and calendar that the derivation goes by; of a retarget, those that held from it on.</param>
public sealed record SlaStep(
    SlaStepKind Kind, DateTimeOffset From, DateTimeOffset? To, TimeSpan Counted, TimeSpan Total, CalendarDay? Day = null, string? Why = null,
    (string Policy, string Calendar)? Versions = null);
