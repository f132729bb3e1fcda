using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Supervision;

namespace ReviewConsole.Features.Supervise;

/// <summary>
/// The numbers of the dashboard, from the roll-ups alone; only the cases of the one hour in which a limit lies are counted exactly, by the index of due times.
/// </summary>
/// <remarks>
/// What waits is counted in the queue where it waits, what was decided in the one that it came in by. Ages count from the start of the hour of receipt. p50 and
/// p90 are those of <see cref="Histogram.Took"/>.
/// </remarks>
internal sealed class DashboardQuery(Reads reads, Queues queues, Authorities authorities, StaffedTime hours, IOptions<SuperviseSettings> settings, TimeProvider time) : IUseCase
{
    private const int DaysOfArrivals = 14;
    private const int DaysOfPace = 7;

    /// <summary>Upper limits of the ages, in business hours, excluded.</summary>
    public static IReadOnlyList<int> AgeLimits { get; } = [4, 12, 20, 24];

    /// <summary>Within how many business hours cases fall due that are counted.</summary>
    public static IReadOnlyList<int> DueWithin { get; } = [1, 4, 8];

    /// <inheritdoc/>
    public static Permission Needs => Permission.Supervise;

    /// <summary>Counts.</summary>
    public Task<Answer<Dashboard>> Handle(Actor actor, DashboardRequest request, CancellationToken cancel = default) => reads.Run<DashboardQuery, Dashboard>(actor, async db =>
    {
        var scoped = Scope.Of(actor, queues, authorities, request.Queue, request.Authority);
        if (scoped.Refusal is { } notFound)
            return notFound;
        var (scope, now) = (scoped.Value, time.GetUtcNow());
        var rows = db.Rollups.Where(r => scope.Queues.Contains(r.Queue) && scope.Authorities.Contains(r.Authority));
        var since = RollupShares.Day(now).AddDays(1 - request.Days);

        // One statement a metric: of several at once the store may read the whole table.
        var waiting = await RollupSums.By(rows.Where(r => r.Metric == Metric.Waiting), r => r.Slot, cancel);
        var received = await RollupSums.By(rows.Where(r => r.Metric == Metric.Age), r => r.Slot, cancel);
        List<int> due = [];
        foreach (var limit in DueWithin.Select(h => hours.Business.Add(now, TimeSpan.FromHours(h))).Prepend(now))
            due.Add(await DueBy(db, scope, waiting, limit.ToUniversalTime(), cancel));

        var closed = (await RollupSums.By(rows.Where(r => r.Metric == Metric.Day && r.Slot >= RollupShares.Day(now).AddDays(-89)), r => new { r.Slot, r.Key }, cancel))
            .Select(r => (r.Key.Slot, How: ClosedKey.Read(r.Key.Key), r.Count)).ToList();
        var decided = closed.Where(r => r.How.IsDecision && r.Slot >= since).Sum(r => r.Count);
        var took = (await RollupSums.By(rows.Where(r => r.Metric == Metric.Took && r.Slot >= since), r => r.Key, cancel)).ToDictionary(r => int.Parse(r.Key, CultureInfo.InvariantCulture), r => r.Count);
        var reasons = await RollupSums.By(rows.Where(r => r.Metric == Metric.Reason && r.Slot >= since), r => r.Key, cancel);
        var against = await RollupSums.By(rows.Where(r => r.Metric == Metric.Disagreement && r.Slot >= since), r => r.Key, cancel);
        var withReasons = closed.Where(r => r.Slot >= since && r.How.Outcome is Outcome.Rejected or Outcome.Referred).Sum(r => r.Count);
        return new Dashboard(
            now,
            waiting.Sum(r => r.Count),
            due[0],
            [.. due.Skip(1).Select(count => count - due[0])],
            Ages(received.Select(r => (r.Key, r.Count)), now),
            [.. DashboardRequest.Spans.Select(days => InTimeOver(closed, days, now))],
            await Today(rows, now, cancel),
            Histogram.Took.Percentile(took, .5),
            Histogram.Took.Percentile(took, .9),
            Parts(closed.Where(r => r.Slot >= since).GroupBy(r => r.How.Outcome).OrderBy(g => g.Key).Select(g => new Counted<string>($"{g.Key}", g.Sum(r => r.Count))), closed.Where(r => r.Slot >= since).Sum(r => r.Count)),
            Parts(reasons.OrderByDescending(r => r.Count).ThenBy(r => r.Key, StringComparer.Ordinal), withReasons),
            Parts(against.OrderByDescending(r => r.Key == RollupShares.AnyCheck).ThenByDescending(r => r.Count).ThenBy(r => r.Key, StringComparer.Ordinal), decided),
            await Forecast(db, rows, scope, waiting, now, cancel));
    }, cancel);

    /// <summary>Waiting cases that are due by the limit: whole hours from the roll-ups, the hour of the limit exactly.</summary>
    private static async Task<int> DueBy(ReviewDb db, Scope scope, List<Counted<DateTimeOffset>> waiting, DateTimeOffset limit, CancellationToken cancel)
    {
        var hour = RollupShares.Hour(limit);
        var before = waiting.Where(r => r.Key < hour).Sum(r => r.Count);
        return waiting.All(r => r.Key != hour) ? before : before + await db.Cases.CountAsync(
            c => scope.Queues.Contains(c.Queue) && scope.Authorities.Contains(c.Authority) && c.DueAt >= hour && c.DueAt <= limit && !c.Paused && c.State != CaseState.Closed, cancel);
    }

    private int[] Ages(IEnumerable<(DateTimeOffset Hour, int Count)> received, DateTimeOffset now)
    {
        var (ages, business) = (new int[AgeLimits.Count + 1], hours.Business);
        foreach (var (hour, count) in received)
        {
            var age = business.Between(hour, now).TotalHours;
            ages[AgeLimits.TakeWhile(limit => age >= limit).Count()] += count;
        }

        return ages;
    }

    private static InTime InTimeOver(List<(DateTimeOffset Slot, ClosedKey How, int Count)> closed, int days, DateTimeOffset now)
    {
        var decided = closed.Where(r => r.How.IsDecision && r.Slot >= RollupShares.Day(now).AddDays(1 - days)).ToList();
        return new(days, decided.Where(r => r.How.OnTime).Sum(r => r.Count), decided.Sum(r => r.Count));
    }

    private static async Task<IReadOnlyList<HourOfToday>> Today(IQueryable<Rollup> rows, DateTimeOffset now, CancellationToken cancel)
    {
        var day = RollupShares.Day(now);
        var arrived = (await RollupSums.By(rows.Where(r => r.Metric == Metric.Arrived && r.Slot >= day), r => r.Slot, cancel)).ToDictionary(r => r.Key, r => r.Count);
        var decided = (await RollupSums.By(rows.Where(r => r.Metric == Metric.Closed && r.Slot >= day), r => new { r.Slot, r.Key }, cancel))
            .Where(r => ClosedKey.Read(r.Key.Key).IsDecision).ToLookup(r => r.Key.Slot, r => r.Count);
        return [.. Enumerable.Range(0, 24).Select(hour => day.AddHours(hour)).Select((at, hour) => new HourOfToday(hour, arrived.GetValueOrDefault(at), decided[at].Sum()))];
    }

    private async Task<Outlook> Forecast(ReviewDb db, IQueryable<Rollup> rows, Scope scope, List<Counted<DateTimeOffset>> waiting, DateTimeOffset now, CancellationToken cancel)
    {
        var until = hours.EndOfNextBusinessDay(now);
        var last = hours.LastStaffed(now);
        var since = last.AddMinutes(-settings.Value.ActiveMinutes);
        var atWork = await AtWork(db, scope, since, last, now, cancel);
        var names = await db.Users.Where(u => atWork.Contains(u.Id)).Select(u => new { u.Id, u.DisplayName }).ToListAsync(cancel);
        // Of those at work alone: the key stands in the index, so nobody else's rows are read.
        var keys = names.ConvertAll(u => $"{u.Id}");
        var paces = (keys.Count == 0 ? [] : await RollupSums.By(rows.Where(r => r.Metric == Metric.InHand && r.Slot >= RollupShares.Day(now).AddDays(1 - DaysOfPace) && keys.Contains(r.Key.Substring(0, 36))), r => r.Key, cancel))
            .Select(r => (Who: Guid.Parse(r.Key.AsSpan(0, 36)), Bucket: int.Parse(r.Key.AsSpan(37), CultureInfo.InvariantCulture), r.Count)).ToList();
        var all = Histogram.InHand.Percentile(paces.GroupBy(p => p.Bucket).ToDictionary(g => g.Key, g => g.Sum(p => p.Count)), .5);
        var own = paces.GroupBy(p => p.Who).ToDictionary(g => g.Key, g => Histogram.InHand.Percentile(g.ToDictionary(p => p.Bucket, p => p.Count), .5));
        var people = names.Select(u => new AtWork(u.DisplayName, own.GetValueOrDefault(u.Id))).OrderBy(p => p.Name, StringComparer.Create(CultureInfo.GetCultureInfo("zh-CN"), ignoreCase: true)).ToList();
        var perHour = people.Sum(person => (person.Median ?? all) is { } median && median > TimeSpan.Zero ? TimeSpan.FromHours(1) / median : 0);
        var arriving = await Arriving(rows, now, until, cancel);
        return new(BreachForecast.Of(waiting.Select(r => new DueWork(r.Key, r.Count)), arriving, perHour, hours.Staffed, now, until), people, since, all);
    }

    /// <summary>Who decided something, or has something in hand.</summary>
    private static async Task<List<Guid>> AtWork(ReviewDb db, Scope scope, DateTimeOffset since, DateTimeOffset last, DateTimeOffset now, CancellationToken cancel)
    {
        var from = since.ToUniversalTime();
        var to = last.ToUniversalTime();
        var decided = await db.Cases.Where(c => scope.Queues.Contains(c.Queue) && c.State == CaseState.Closed && c.ClosedAt >= from && c.ClosedAt <= to && scope.Authorities.Contains(c.Authority) && c.Holder != null)
            .Select(c => c.Holder!.Value).Distinct().ToListAsync(cancel);
        var inHand = (await Claims.Live(db, now, cancel)).Where(c => scope.Holds(c.Queue, c.Authority)).Select(c => c.Holder);
        return [.. decided.Concat(inHand).Select(who => who.Value).Distinct()];
    }

    /// <summary>What comes in on such days at such hours, until the end, by its due time.</summary>
    private async Task<List<DueWork>> Arriving(IQueryable<Rollup> rows, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel)
    {
        var today = RollupShares.Day(now);
        var arrived = await RollupSums.By(rows.Where(r => r.Metric == Metric.Arrived && r.Slot >= today.AddDays(-DaysOfArrivals) && r.Slot < today), r => new { r.Queue, r.Slot }, cancel);
        if (arrived.Count == 0)
            return [];
        var first = Shanghai.DateOf(arrived.Min(r => r.Key.Slot));
        var days = Enumerable.Range(0, Shanghai.DateOf(now).DayNumber - first.DayNumber).Select(first.AddDays).ToLookup(hours.Calendar.IsBusinessDay);
        var usual = arrived.GroupBy(r => (r.Key.Queue, Worked: hours.Calendar.IsBusinessDay(Shanghai.DateOf(r.Key.Slot)), Shanghai.In(r.Key.Slot).Hour))
            .ToDictionary(g => g.Key, g => g.Sum(r => r.Count) / (double)days[g.Key.Worked].Count());
        List<DueWork> coming = [];
        for (var hour = RollupShares.Hour(now).AddHours(1); hour < until; hour = hour.AddHours(1))
        {
            var worked = hours.Calendar.IsBusinessDay(Shanghai.DateOf(hour));
            coming.AddRange(
                from queue in arrived.Select(r => r.Key.Queue).Distinct()
                let count = usual.GetValueOrDefault((queue, worked, Shanghai.In(hour).Hour))
                where count > 0
                select new DueWork(hours.DueAt(queue, hour), count));
        }

        return coming;
    }

    private static Part[] Parts(IEnumerable<Counted<string>> counted, int whole) =>
        [.. counted.Where(r => r.Count > 0).Select(r => new Part(r.Key, r.Count, whole == 0 ? 0 : (double)r.Count / whole))];
}
