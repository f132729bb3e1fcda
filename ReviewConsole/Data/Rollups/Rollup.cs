using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Data.Rollups;

/// <summary>What is counted.</summary>
public enum Metric
{
    /// <summary>Cases that wait for the desk, by the hour in which they are due.</summary>
    Waiting = 1,

    /// <summary>Cases taken in, by hour.</summary>
    Arrived = 2,

    /// <summary>Cases closed, by hour; the key says outcome and whether in time, for instance <c>Approved:OnTime</c>.</summary>
    Closed = 3,

    /// <summary>Reasons of rejections, by day; the key is the reason.</summary>
    Reason = 4,

    /// <summary>Decisions by person and day; the key is the reviewer and the outcome.</summary>
    Reviewer = 5,
}

/// <summary>A number that a screen shows without counting rows: written in the commit that changes it.</summary>
public sealed class Rollup
{
    /// <summary>What is counted.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Finer distinction within the metric; empty where there is none.</summary>
    public required string Key { get; init; }

    /// <summary>The queue: where cases wait, or the one that they came in by.</summary>
    public required string Queue { get; init; }

    /// <summary>Their issuing authority.</summary>
    public required string Authority { get; init; }

    /// <summary>Start of the hour, or of the Shanghai day, that is counted.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The number.</summary>
    public required int Count { get; init; }
}

/// <summary>The changes of the roll-ups that follow from a commit.</summary>
public static class RollupDeltas
{
    /// <summary>Start of the hour of <paramref name="at"/>; Shanghai's offset is whole hours, so hours are the same everywhere.</summary>
    public static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>Start of the Shanghai day of <paramref name="at"/>.</summary>
    public static DateTimeOffset Day(DateTimeOffset at) => Shanghai.At(Shanghai.DateOf(at), TimeSpan.Zero).ToUniversalTime();

    internal static List<Rollup> Of(ChangeTracker changes, IEnumerable<DomainEvent> happened)
    {
        List<Rollup> deltas = [];
        var cases = changes.Entries<ReviewCase>().ToDictionary(entry => entry.Entity.Id);
        foreach (var entry in cases.Values)
            Waiting(deltas, entry);
        foreach (var e in happened)
        {
            switch (e)
            {
                case CaseReceived received:
                    var taken = cases[received.Case].Entity;
                    deltas.Add(Row(Metric.Arrived, "", taken.HomeQueue, taken.Authority, Hour(taken.ReceivedAt)));
                    break;
                case CaseClosed closed:
                    Closed(deltas, closed, cases[closed.Case].Entity);
                    break;
            }
        }

        return [.. deltas.GroupBy(d => (d.Metric, d.Key, d.Queue, d.Authority, d.Slot))
            .Select(g => Row(g.Key.Metric, g.Key.Key, g.Key.Queue, g.Key.Authority, g.Key.Slot, g.Sum(d => d.Count)))
            .Where(d => d.Count != 0)];
    }

    private static void Waiting(List<Rollup> deltas, EntityEntry<ReviewCase> entry)
    {
        if (entry.State == EntityState.Modified && CaseRules.Awaits(entry.OriginalValues.GetValue<CaseState>(nameof(ReviewCase.State))))
        {
            deltas.Add(Row(
                Metric.Waiting,
                "",
                entry.OriginalValues.GetValue<string>(nameof(ReviewCase.Queue)),
                entry.OriginalValues.GetValue<string>(nameof(ReviewCase.Authority)),
                Hour(entry.OriginalValues.GetValue<DateTimeOffset>(nameof(ReviewCase.DueAt))),
                -1));
        }

        var now = entry.Entity;
        if (entry.State is EntityState.Added or EntityState.Modified && CaseRules.Awaits(now.State))
            deltas.Add(Row(Metric.Waiting, "", now.Queue, now.Authority, Hour(now.DueAt)));
    }

    private static void Closed(List<Rollup> deltas, CaseClosed closed, ReviewCase subject)
    {
        var (queue, authority) = (subject.HomeQueue, subject.Authority);
        deltas.Add(Row(Metric.Closed, $"{closed.Outcome}:{(closed.OnTime ? "OnTime" : "Late")}", queue, authority, Hour(closed.DecidedAt)));
        deltas.AddRange(closed.Reasons.Select(reason => Row(Metric.Reason, reason, queue, authority, Day(closed.DecidedAt))));
        if (closed.DecidedBy is { } by)
            deltas.Add(Row(Metric.Reviewer, $"{by}:{closed.Outcome}", queue, authority, Day(closed.DecidedAt)));
    }

    private static Rollup Row(Metric metric, string key, string queue, string authority, DateTimeOffset slot, int count = 1) =>
        new() { Metric = metric, Key = key, Queue = queue, Authority = authority, Slot = slot, Count = count };
}
