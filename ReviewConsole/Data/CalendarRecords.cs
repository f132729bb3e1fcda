using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Data;

/// <summary>How far the open cases follow a change of a calendar.</summary>
public enum RetargetState
{
    /// <summary>Not yet looked at, or being looked at.</summary>
    Underway,

    /// <summary>Every open case whose span touches a changed day was given the calendar.</summary>
    Finished,

    /// <summary>Somebody stopped it.</summary>
    Stopped,
}

/// <summary>A version of the national calendar's days, or of an authority's own (SLA-1, SLA-5). Never changed but for how far the open cases follow.</summary>
public sealed class CalendarRevision
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>Place in the order in which versions were made, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>The national calendar, or the code of an authority.</summary>
    public required string Scope { get; init; }

    /// <summary>Its days and loaded years, as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>From when receipts go by it.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Who made it, as the audit log names actors.</summary>
    public required string By { get; init; }

    /// <summary>How many open cases were to follow when it was made; how many there are shows at the effective moment.</summary>
    public required int Expected { get; init; }

    /// <summary>How many open cases followed.</summary>
    public int Retargeted { get; set; }

    /// <summary>How far the open cases follow.</summary>
    public RetargetState Retarget { get; set; }
}

/// <summary>A version of the rule by which a queue's due times are set (SLA-2); cases keep the one that they were given.</summary>
public sealed class QueuePolicy
{
    /// <summary>Place in the order in which rules were set, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>Id of the queue.</summary>
    public required string Queue { get; init; }

    /// <summary>The rule in writing, as <see cref="SlaPolicy.TryParse"/> reads it.</summary>
    public required string Policy { get; init; }

    /// <summary>From when receipts go by it.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When it was set.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Who set it, as the audit log names actors.</summary>
    public required string By { get; init; }
}

/// <summary>A state of a case's clock that people are told of, from a moment on (SLA-4): everybody in reach finds it in the digest of that window.</summary>
public sealed class ClockWarning
{
    /// <summary>The case.</summary>
    public required CaseId Case { get; init; }

    /// <summary>The state that the clock reached.</summary>
    public required SlaState Level { get; init; }

    /// <summary>The queue in which the case waited then.</summary>
    public required string Queue { get; init; }

    /// <summary>The authority that answered for it then.</summary>
    public required string Authority { get; init; }

    /// <summary>When the state was told of: at once inside the authority's window, otherwise at the start of the next.</summary>
    public required DateTimeOffset TellAt { get; init; }
}

/// <summary>How far a member of staff has read what was told.</summary>
public sealed class ReadMark
{
    /// <summary>The person.</summary>
    public required Guid User { get; init; }

    /// <summary>Everything told up to then was seen.</summary>
    public required DateTimeOffset Until { get; set; }
}
