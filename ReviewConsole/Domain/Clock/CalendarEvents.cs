namespace ReviewConsole.Domain.Clock;

/// <summary>Something that happened to the calendars or to the rules of the clocks.</summary>
public abstract record CalendarEvent : DomainEvent
{
    /// <summary>The audit stream of all of them.</summary>
    public const string Calendars = "system:calendar";

    /// <inheritdoc/>
    public override string Stream => Calendars;
}

/// <summary>The days of a calendar were changed (SLA-1).</summary>
/// <param name="Revision">Id of the new version of the layer.</param>
/// <param name="Scope">The national calendar, or the code of an authority.</param>
/// <param name="Off">Days that are off now and were not named so before.</param>
/// <param name="Worked">Days that are worked now and were not named so before.</param>
/// <param name="Cleared">Days that are not named any more.</param>
/// <param name="Years">Years whose notice was loaded.</param>
/// <param name="EffectiveAt">From when receipts go by it, and open cases are looked at.</param>
public sealed record CalendarChanged(
    Guid Revision, string Scope, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> Worked, IReadOnlyList<DateOnly> Cleared, IReadOnlyList<int> Years, DateTimeOffset EffectiveAt) : CalendarEvent;

/// <summary>Open cases were given the calendar as it was changed (SLA-5).</summary>
/// <param name="Revision">The change that they follow.</param>
/// <param name="Cases">How many.</param>
/// <param name="Finished">True where that were the last.</param>
public sealed record CasesRetargeted(Guid Revision, int Cases, bool Finished) : CalendarEvent;

/// <summary>Somebody stopped the retargeting of open cases; what was changed stays.</summary>
public sealed record RetargetStopped(Guid Revision) : CalendarEvent;

/// <summary>Somebody let the retargeting of open cases go on.</summary>
public sealed record RetargetResumed(Guid Revision) : CalendarEvent;

/// <summary>Another rule was set for the due times of a queue's new receipts (SLA-2).</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Policy">The rule in writing.</param>
/// <param name="EffectiveAt">From when receipts go by it.</param>
public sealed record PolicyChanged(string Queue, string Policy, DateTimeOffset EffectiveAt) : CalendarEvent;
