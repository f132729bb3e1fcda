using ReviewConsole.Domain.Supervision;

namespace ReviewConsole.Features.Supervise;

/// <summary>What a dashboard is asked for; it stands in the page's address.</summary>
/// <param name="Queue">Only this queue; null for all in reach.</param>
/// <param name="Authority">Only this authority and those below it; null for all in reach.</param>
/// <param name="Days">How many days the mixes and times look back, today included: 1, 7, 30 or 90.</param>
public sealed record DashboardRequest(string? Queue = null, string? Authority = null, int Days = 7)
{
    /// <summary>The spans that there are to look back over.</summary>
    public static IReadOnlyList<int> Spans { get; } = [1, 7, 30, 90];
}

/// <summary>How many were decided in time.</summary>
/// <param name="Days">Over so many days, today included.</param>
/// <param name="InTimeCount">Decided in time.</param>
/// <param name="All">Decided.</param>
public sealed record InTime(int Days, int InTimeCount, int All)
{
    /// <summary>The share, 0 to 1; null where nothing was decided.</summary>
    public double? Share => All == 0 ? null : (double)InTimeCount / All;
}

/// <summary>A part of a whole.</summary>
/// <param name="Key">What: an outcome, the code of a reason, the id of a check.</param>
/// <param name="Count">How many.</param>
/// <param name="Share">Of the whole, 0 to 1.</param>
public sealed record Part(string Key, int Count, double Share);

/// <summary>What came in and was decided in one hour of today.</summary>
public sealed record HourOfToday(int Hour, int Arrived, int Decided);

/// <summary>Somebody at work, with the own pace.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Median">Median time in hand of the last days; null where nothing is known, and then that of all at work counts.</param>
public sealed record AtWork(string Name, TimeSpan? Median);

/// <summary>The forecast and what it rests on.</summary>
/// <param name="Numbers">The numbers.</param>
/// <param name="People">Who counts as at work, by name.</param>
/// <param name="Since">Since when they were looked for.</param>
/// <param name="Median">Median time in hand of all at work; null where nothing is known.</param>
public sealed record Outlook(BreachForecast Numbers, IReadOnlyList<AtWork> People, DateTimeOffset Since, TimeSpan? Median);

/// <summary>The numbers of the dashboard.</summary>
/// <param name="At">The moment that they are of.</param>
/// <param name="Waiting">Waiting for the desk.</param>
/// <param name="Overdue">Overdue of them.</param>
/// <param name="Within">Due within 1, 4 and 8 business hours, not overdue; each holds the one before.</param>
/// <param name="Ages">Waiting by age in business hours, by <see cref="DashboardQuery.AgeLimits"/>; the last is what is older.</param>
/// <param name="InTime">Decided in time over 1, 7, 30 and 90 days.</param>
/// <param name="Today">Arrivals and decisions by hour.</param>
/// <param name="P50">Median of the business time to decision; null where nothing was decided.</param>
/// <param name="P90">The time that nine of ten were decided within.</param>
/// <param name="Outcomes">How cases ended.</param>
/// <param name="Reasons">Why: each of all decisions that named reasons, most frequent first.</param>
/// <param name="Disagreements">Decisions against a check, of all decisions; first those against any.</param>
/// <param name="Outlook">The forecast.</param>
public sealed record Dashboard(
    DateTimeOffset At, int Waiting, int Overdue, IReadOnlyList<int> Within, IReadOnlyList<int> Ages, IReadOnlyList<InTime> InTime, IReadOnlyList<HourOfToday> Today,
    TimeSpan? P50, TimeSpan? P90, IReadOnlyList<Part> Outcomes, IReadOnlyList<Part> Reasons, IReadOnlyList<Part> Disagreements, Outlook Outlook);
