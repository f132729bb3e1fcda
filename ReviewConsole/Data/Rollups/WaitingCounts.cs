using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Data.Rollups;

/// <summary>How many cases wait in each queue in reach, from the roll-ups.</summary>
public sealed class WaitingCounts(Reads reads) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>The number waiting by queue id; a queue where nothing waits is not named.</summary>
    public Task<Answer<Dictionary<string, int>>> Handle(Actor actor, CancellationToken cancel = default) =>
        reads.Run<WaitingCounts, Dictionary<string, int>>(
            actor,
            async db =>
            {
                var (queues, authorities) = (actor.Queues.ToArray(), actor.Authorities.ToArray());
                var counts = await db.Rollups
                    .Where(r => r.Metric == Metric.Waiting && queues.Contains(r.Queue) && authorities.Contains(r.Authority))
                    .GroupBy(r => r.Queue)
                    .Select(g => new { g.Key, Count = g.Sum(r => r.Count) })
                    .ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancel);
                return counts;
            },
            cancel);
}
