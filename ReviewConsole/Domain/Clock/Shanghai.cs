namespace ReviewConsole.Domain.Clock;

/// <summary>The one wall clock of the product: Asia/Shanghai, a fixed +08:00 without daylight saving (SLA-2).</summary>
public static class Shanghai
{
    /// <summary>Eight hours ahead of UTC, all year.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The same instant, read off the Shanghai wall clock.</summary>
    public static DateTimeOffset In(DateTimeOffset moment) => moment.ToOffset(Offset);

    /// <summary>The Shanghai date on which the moment falls.</summary>
    public static DateOnly DateOf(DateTimeOffset moment) => DateOnly.FromDateTime(In(moment).DateTime);

    /// <summary>The moment at a time of day on a Shanghai date; 24:00 is 00:00 of the day after.</summary>
    /// <param name="date">Shanghai date.</param>
    /// <param name="timeOfDay">From 00:00 to 24:00, both included.</param>
    public static DateTimeOffset At(DateOnly date, TimeSpan timeOfDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeOfDay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeOfDay, TimeSpan.FromDays(1));
        return new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), Offset) + timeOfDay;
    }
}
