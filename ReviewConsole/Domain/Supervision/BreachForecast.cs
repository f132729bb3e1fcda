using System.Runtime.InteropServices;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Domain.Supervision;

/// <summary>Work that falls due together.</summary>
/// <param name="DueAt">When.</param>
/// <param name="Count">How many; what is expected may be a fraction.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DueWork(DateTimeOffset DueAt, double Count);

/// <summary>
/// How many cases will be overdue by the end of the next business day that are not yet: everything that falls due is decided in the order of its due
/// time, at the pace of the people at work, within staffed hours. What is overdue already is decided first and is not counted again.
/// </summary>
/// <param name="Until">End of the next business day.</param>
/// <param name="Waiting">Cases that wait now.</param>
/// <param name="Overdue">Those of them that are overdue already.</param>
/// <param name="Falling">Cases, present and expected, that fall due from now until then.</param>
/// <param name="Arriving">Arrivals expected until then.</param>
/// <param name="PerHour">Cases that the people at work decide in an hour.</param>
/// <param name="Hours">Staffed hours until then.</param>
/// <param name="Breaches">Cases that will miss their due time.</param>
public sealed record BreachForecast(DateTimeOffset Until, int Waiting, int Overdue, int Falling, int Arriving, double PerHour, double Hours, int Breaches)
{
    /// <summary>Cases that can be decided until the end.</summary>
    public int Capacity => (int)(PerHour * Hours);

    /// <summary>Forecasts.</summary>
    /// <param name="waiting">What waits now.</param>
    /// <param name="arriving">What is expected to come in until the end, by its due time.</param>
    /// <param name="perHour">Cases decided in a staffed hour by everybody at work; 0 where nobody is.</param>
    /// <param name="staffed">Staffed time.</param>
    /// <param name="now">The moment.</param>
    /// <param name="until">End of the next business day.</param>
    public static BreachForecast Of(IEnumerable<DueWork> waiting, IReadOnlyCollection<DueWork> arriving, double perHour, BusinessTime staffed, DateTimeOffset now, DateTimeOffset until)
    {
        var present = waiting.ToList();
        var (before, falling, late) = (0d, 0d, 0d);
        foreach (var work in present.Concat(arriving).Where(work => work.DueAt <= until).OrderBy(work => work.DueAt))
        {
            if (work.DueAt > now)
            {
                var decided = perHour * staffed.Between(now, work.DueAt).TotalHours;
                falling += work.Count;
                late += work.Count - Math.Clamp(decided - before, 0, work.Count);
            }

            before += work.Count;
        }

        return new(
            until, (int)present.Sum(work => work.Count), (int)present.Where(work => work.DueAt <= now).Sum(work => work.Count), (int)Math.Round(falling), (int)Math.Round(arriving.Sum(work => work.Count)),
            perHour, staffed.Between(now, until).TotalHours, (int)Math.Ceiling(late - 1e-9));
    }
}
