using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Tests.Domain.Clock;

/// <summary>The clock told a second time, as plainly as can be: it walks minute by minute and shares no arithmetic with the product.</summary>
internal sealed class MinuteOracle(SlaPolicy policy, IEnumerable<NamedDay> notices)
{
    public static readonly DateTimeOffset Origin = new(2023, 12, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private const int Day = 24 * 60;

    private readonly Dictionary<DateOnly, bool> worked = notices.ToDictionary(day => day.Date, day => day.Worked);
    private readonly bool[] minuteCounts =
        [.. Enumerable.Range(0, Day).Select(minute => policy.Spans.Any(span => minute >= span.From.TotalMinutes && minute < span.To.TotalMinutes))];

    // By days since the origin: 0 not asked yet, 1 worked, 2 off.
    private readonly byte[] known = new byte[4000];

    /// <summary>Start, and pauses as (from, to) with an open end for one that still lasts; all in minutes since <see cref="Origin"/>.</summary>
    public int? Due(int start, IReadOnlyList<(int From, int? To)> pauses)
    {
        var (allowed, used, next) = (Allowed(start), 0, 0);
        for (var minute = start; ; minute++)
        {
            // Pauses come in order, apart from each other.
            for (; next < pauses.Count && pauses[next].From == minute; next++)
            {
                if (pauses[next].To is not { } resumed)
                {
                    return null;
                }

                minute = resumed;
                allowed = policy.Kind is SlaPolicyKind.EndOfNextBusinessDay ? UpToMidnight(minute, used, allowed) : allowed;
            }

            used += Counts(minute) ? 1 : 0;
            if (used == allowed)
            {
                return minute + 1;
            }
        }
    }

    public int Used(int start, IReadOnlyList<(int From, int? To)> pauses, int now) =>
        Enumerable.Range(start, Math.Max(0, now - start))
            .Count(minute => Counts(minute) && !pauses.Any(pause => minute >= pause.From && (pause.To is null || minute < pause.To)));

    private bool IsBusinessDay(int day)
    {
        if (known[day] == 0)
        {
            var date = DateOnly.FromDateTime(Origin.DateTime.AddDays(day));
            known[day] = (worked.TryGetValue(date, out var named) ? named : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) ? (byte)1 : (byte)2;
        }

        return known[day] == 1;
    }

    private bool Counts(int minute) => minuteCounts[minute % Day] && IsBusinessDay(minute / Day);

    private int Allowed(int start)
    {
        if (policy.Kind is not SlaPolicyKind.EndOfNextBusinessDay)
        {
            return minuteCounts.Count(counts => counts) * policy.Days;
        }

        var end = (start / Day) + 1;
        while (!IsBusinessDay(end))
        {
            end++;
        }

        return Enumerable.Range(start, ((end + 1) * Day) - start).Count(Counts);
    }

    private int UpToMidnight(int minute, int used, int allowed)
    {
        for (; used < allowed || minute % Day != 0; minute++)
        {
            used += Counts(minute) ? 1 : 0;
        }

        return used;
    }
}
