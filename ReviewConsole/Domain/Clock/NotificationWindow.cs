namespace ReviewConsole.Domain.Clock;

/// <summary>When people may be told that a clock runs out: a part of each business day of their authority (SLA-4). The state itself changes at its instant.</summary>
/// <param name="calendar">Which days are business days.</param>
/// <param name="hours">The part of the day: its start included, its end excluded.</param>
public sealed class NotificationWindow(BusinessCalendar calendar, DaySpan hours)
{
    /// <summary>The moment itself inside a window; outside, the start of the next one.</summary>
    public DateTimeOffset From(DateTimeOffset moment)
    {
        var today = Shanghai.DateOf(moment);
        var (opens, closes) = (Shanghai.At(today, hours.From), Shanghai.At(today, hours.To));
        return !calendar.IsBusinessDay(today) || moment >= closes ? Shanghai.At(calendar.NextBusinessDay(today), hours.From)
            : moment < opens ? opens
            : Shanghai.In(moment);
    }
}
