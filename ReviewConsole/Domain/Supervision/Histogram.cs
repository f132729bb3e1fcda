using System.Collections.Immutable;

namespace ReviewConsole.Domain.Supervision;

/// <summary>
/// Fixed buckets of times. A bucket holds what is longer than the limit before it and not longer than its own; the last one is open. Percentiles are
/// <em>defined</em> from the counts of the buckets, so that roll-ups give exactly what the raw times would.
/// </summary>
/// <param name="limits">Upper limits, ascending, included; above the last one begins the open bucket.</param>
public sealed class Histogram(params ImmutableArray<TimeSpan> limits)
{
    /// <summary>Business time from receipt to decision: 5 minutes to five business days.</summary>
    public static Histogram Took { get; } = new([.. new[] { 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480, 600, 720, 960, 1200, 1440, 1800, 2160, 2880, 4320, 7200 }.Select(minutes => TimeSpan.FromMinutes(minutes))]);

    /// <summary>Wall-clock time in the reviewer's hands: 5 seconds to an hour.</summary>
    public static Histogram InHand { get; } = new([.. new[] { 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 420, 600, 900, 1800, 3600 }.Select(seconds => TimeSpan.FromSeconds(seconds))]);

    /// <summary>Number of buckets, the open one included.</summary>
    public int Buckets => limits.Length + 1;

    /// <summary>The bucket of a time, from 0.</summary>
    public int BucketOf(TimeSpan time)
    {
        var found = limits.BinarySearch(time);
        return found < 0 ? ~found : found;
    }

    /// <summary>The time that the share of all is not longer than: within its bucket by straight line; in the open bucket its lower limit.</summary>
    /// <param name="counts">Counts by bucket; buckets left out hold nothing.</param>
    /// <param name="share">0 to 1, for instance 0.9.</param>
    /// <returns>Null where nothing was counted.</returns>
    public TimeSpan? Percentile(IReadOnlyDictionary<int, int> counts, double share)
    {
        var total = counts.Values.Sum(count => (long)count);
        if (total <= 0)
            return null;
        var (wanted, before) = (share * total, 0L);
        for (var bucket = 0; bucket < limits.Length; bucket++)
        {
            var here = counts.GetValueOrDefault(bucket);
            if (here > 0 && before + here >= wanted)
            {
                var low = bucket == 0 ? TimeSpan.Zero : limits[bucket - 1];
                return low + ((limits[bucket] - low) * ((wanted - before) / here));
            }

            before += here;
        }

        return limits[^1];
    }
}
