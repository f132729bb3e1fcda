namespace ReviewConsole.Domain.Clock;

/// <summary>
/// Business time as one measure: the wall-clock time inside the spans of the business days (SLA-2). Exact in ticks; the cost of an answer does not
/// grow with the distance.
/// </summary>
/// <param name="calendar">Which days are business days.</param>
/// <param name="spans">When time runs on such a day: ascending, apart from each other, at least one.</param>
public sealed class BusinessTime(BusinessCalendar calendar, IReadOnlyList<DaySpan> spans)
{
    /// <summary>The business time of one business day.</summary>
    public TimeSpan PerDay { get; } = spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

    /// <summary>Business time from one moment to another; negative where the second is the earlier one.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => Until(to) - Until(from);

    /// <summary>The first instant by which so much business time has passed since a moment.</summary>
    /// <param name="from">The moment.</param>
    /// <param name="businessTime">Zero (which gives the moment itself) or more.</param>
    /// <returns>An instant with the Shanghai offset. A day's end is told as 00:00 of the day after, even where that day is off.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or the answer lies after the year 9999.</exception>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan businessTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(businessTime, TimeSpan.Zero);
        if (businessTime == TimeSpan.Zero)
        {
            return Shanghai.In(from);
        }

        // Backing off one tick keeps an amount that fills whole days at the end of the last instead of the start of the next.
        var total = Until(from) + businessTime;
        var (days, rest) = Math.DivRem(total.Ticks - 1, PerDay.Ticks);
        var left = TimeSpan.FromTicks(rest + 1);
        var index = 0;
        for (; left > spans[index].Length; index++)
        {
            left -= spans[index].Length;
        }

        return Shanghai.At(calendar.BusinessDay(days), spans[index].From + left);
    }

    /// <summary>The parts of a day's spans that lie between two moments.</summary>
    internal static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Pieces(DateOnly date, IEnumerable<DaySpan> spans, DateTimeOffset from, DateTimeOffset to) =>
        spans.Select(span => (From: Later(Shanghai.At(date, span.From), Shanghai.In(from)), To: Earlier(Shanghai.At(date, span.To), Shanghai.In(to))))
            .Where(piece => piece.From < piece.To);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>Business time since the first day of the first year.</summary>
    private TimeSpan Until(DateTimeOffset moment)
    {
        var local = Shanghai.In(moment);
        var date = DateOnly.FromDateTime(local.DateTime);
        var sum = PerDay * calendar.CountBefore(date.DayNumber);
        return calendar.IsBusinessDay(date) ? sum + Within(local.TimeOfDay) : sum;
    }

    private TimeSpan Within(TimeSpan timeOfDay)
    {
        var sum = TimeSpan.Zero;
        foreach (var span in spans)
        {
            sum += timeOfDay >= span.To ? span.Length : timeOfDay > span.From ? timeOfDay - span.From : TimeSpan.Zero;
        }

        return sum;
    }
}
