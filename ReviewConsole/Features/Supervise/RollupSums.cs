using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Rollups;

namespace ReviewConsole.Features.Supervise;

/// <summary>A sum of roll-ups.</summary>
internal sealed record Counted<TKey>(TKey Key, int Count);

/// <summary>Adds roll-ups up.</summary>
internal static class RollupSums
{
    /// <summary>The sums of rows of one metric by a key.</summary>
    public static async Task<List<Counted<TKey>>> By<TKey>(IQueryable<Rollup> rows, Expression<Func<Rollup, TKey>> key, CancellationToken cancel) =>
        (await rows.GroupBy(key).Select(g => new { g.Key, Count = g.Sum(r => r.Count) }).ToListAsync(cancel)).ConvertAll(r => new Counted<TKey>(r.Key, r.Count));

    /// <summary>The same for several metrics. One statement each: of several at once the store may read the whole table.</summary>
    public static async Task<List<(Metric Metric, TKey Key, int Count)>> ByMetric<TKey>(IQueryable<Rollup> rows, IEnumerable<Metric> metrics, Expression<Func<Rollup, TKey>> key, CancellationToken cancel)
    {
        List<(Metric, TKey, int)> counted = [];
        foreach (var metric in metrics)
            counted.AddRange((await By(rows.Where(r => r.Metric == metric), key, cancel)).Select(r => (metric, r.Key, r.Count)));
        return counted;
    }
}
