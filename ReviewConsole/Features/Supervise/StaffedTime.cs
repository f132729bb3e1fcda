using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Supervise;

/// <summary>The times that supervision counts in: business hours of the calendar in force, and the hours in which the desks are staffed.</summary>
internal sealed class StaffedTime(Clocks clocks, Queues queues, IOptions<SuperviseSettings> settings)
{
    private const int DaysLookedBack = 30;
    private readonly IReadOnlyList<DaySpan> spans = SlaPolicy.TryParse($"office-hours/1/{settings.Value.StaffedHours}", out var policy)
        ? policy.Spans
        : throw new OptionsValidationException("Supervise", typeof(SuperviseSettings), ["Supervise:StaffedHours must be ascending spans such as 08:30-12:00,13:30-17:30."]);

    /// <summary>Which days are business days.</summary>
    public BusinessCalendar Calendar => clocks.For(queues.All[0]).Calendar;

    /// <summary>Business time: the whole of every business day.</summary>
    public BusinessTime Business => new(Calendar, [DaySpan.WholeDay]);

    /// <summary>Staffed time.</summary>
    public BusinessTime Staffed => new(Calendar, spans);

    /// <summary>When something that comes in by a queue at that moment would be due.</summary>
    public DateTimeOffset DueAt(string queue, DateTimeOffset received) => clocks.For(queue).DueAt(received);

    /// <summary>End of the first business day after today.</summary>
    public DateTimeOffset EndOfNextBusinessDay(DateTimeOffset now) => Shanghai.At(Calendar.NextBusinessDay(Shanghai.DateOf(now)), DaySpan.WholeDay.To);

    /// <summary>The moment itself while the desks are staffed, otherwise the last one at which they were.</summary>
    public DateTimeOffset LastStaffed(DateTimeOffset now)
    {
        var today = Shanghai.DateOf(now);
        return Enumerable.Range(0, DaysLookedBack).Select(back => today.AddDays(-back)).Where(Calendar.IsBusinessDay)
            .SelectMany(day => spans.Reverse().Select(span => (From: Shanghai.At(day, span.From), To: Shanghai.At(day, span.To))))
            .Where(span => span.From <= now).Select(span => span.To < now ? span.To : now).FirstOrDefault(now);
    }
}
