using System.Globalization;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Supervision;

namespace ReviewConsole.Features.Supervise;

/// <summary>A line of the monthly report.</summary>
/// <param name="Authority">Code of the authority; empty in the sum.</param>
/// <param name="Queue">Id of the queue; empty in the sum.</param>
/// <param name="Arrived">Taken in.</param>
/// <param name="Decided">Decided by a person.</param>
/// <param name="InTimeCount">Decided in time.</param>
/// <param name="Approved">Approved.</param>
/// <param name="Rejected">Rejected.</param>
/// <param name="Referred">Referred to the case unit.</param>
/// <param name="Ended">Lapsed or withdrawn.</param>
/// <param name="P50">Median business time to decision.</param>
/// <param name="P90">The time that nine of ten were decided within.</param>
public sealed record SlaLine(
    string Authority, string Queue, int Arrived, int Decided, int InTimeCount, int Approved, int Rejected, int Referred, int Ended, TimeSpan? P50, TimeSpan? P90)
{
    /// <summary>Decided late.</summary>
    public int Late => Decided - InTimeCount;

    /// <summary>The share decided in time, 0 to 1; null where nothing was decided.</summary>
    public double? Share => Decided == 0 ? null : (double)InTimeCount / Decided;
}

/// <summary>The report of a month.</summary>
/// <param name="From">First day.</param>
/// <param name="Lines">By authority and queue; lines where nothing happened are left out.</param>
/// <param name="Sum">All of them.</param>
public sealed record SlaReport(DateOnly From, IReadOnlyList<SlaLine> Lines, SlaLine Sum);

/// <summary>The monthly report on the time limit, by authority and queue, from the roll-ups.</summary>
internal sealed class SlaReportQuery(Reads reads, Queues queues, Authorities authorities, TimeProvider time) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Supervise;

    /// <summary>Reads <c>2026-11</c>; this month where it is something else.</summary>
    public DateOnly MonthOf(string? text)
    {
        var today = Shanghai.DateOf(time.GetUtcNow());
        return DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month > DateOnly.MinValue.AddDays(1) && month <= today
            ? month
            : new(today.Year, today.Month, 1);
    }

    /// <summary>Counts a month.</summary>
    public Task<Answer<SlaReport>> Handle(Actor actor, DateOnly month, string? queue, string? authority, CancellationToken cancel = default) => reads.Run<SlaReportQuery, SlaReport>(actor, async db =>
    {
        var scoped = Scope.Of(actor, queues, authorities, queue, authority);
        if (scoped.Refusal is { } notFound)
            return notFound;
        var scope = scoped.Value;
        var (from, to) = (Shanghai.At(month, TimeSpan.Zero).ToUniversalTime(), Shanghai.At(month.AddMonths(1), TimeSpan.Zero).ToUniversalTime());
        var there = db.Rollups.Where(r => scope.Queues.Contains(r.Queue) && scope.Authorities.Contains(r.Authority) && r.Slot >= from && r.Slot < to);
        var counted = (await RollupSums.ByMetric(there, [Metric.Arrived, Metric.Day, Metric.Took], r => new { r.Queue, r.Authority, r.Key }, cancel))
            .Where(r => r.Count != 0).Select(r => (r.Metric, r.Key.Queue, r.Key.Authority, r.Key.Key, r.Count)).ToList();
        return new SlaReport(
            month,
            [.. from place in authorities.All.Select(a => a.Code)
                from id in scope.Queues
                let rows = counted.Where(r => r.Authority == place && r.Queue == id).ToList()
                where rows.Count > 0
                select Line(place, id, rows)],
            Line("", "", counted));
    }, cancel);

    private static SlaLine Line(string authority, string queue, List<(Metric Metric, string Queue, string Authority, string Key, int Count)> rows)
    {
        var closed = rows.Where(r => r.Metric == Metric.Day).Select(r => (How: ClosedKey.Read(r.Key), r.Count)).ToList();
        var took = rows.Where(r => r.Metric == Metric.Took).GroupBy(r => int.Parse(r.Key, CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));
        int Of(Func<ClosedKey, bool> which) => closed.Where(r => which(r.How)).Sum(r => r.Count);
        return new(
            authority, queue, rows.Where(r => r.Metric == Metric.Arrived).Sum(r => r.Count), Of(how => how.IsDecision), Of(how => how.IsDecision && how.OnTime),
            Of(how => how.Outcome == Outcome.Approved), Of(how => how.Outcome == Outcome.Rejected), Of(how => how.Outcome == Outcome.Referred), Of(how => !how.IsDecision),
            Histogram.Took.Percentile(took, .5), Histogram.Took.Percentile(took, .9));
    }
}
