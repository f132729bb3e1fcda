using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Intake;

/// <summary>How much waits, and when a request that comes in now may expect its decision (错峰, APP-8).</summary>
/// <param name="Queue">Id of the queue.</param>
/// <param name="Waiting">Requests that wait for a decision.</param>
/// <param name="ExpectedDecisionAt">Items ahead divided by decisions per business hour of the last five business days, from now; null where that says nothing.</param>
/// <param name="ExpectedDecisionUnknown"><c>NO_DECISIONS_YET</c>, or <c>BEYOND_FORECAST</c> for more than a hundred business days; null where the time is known.</param>
internal sealed record Backlog(string Queue, int Waiting, DateTimeOffset? ExpectedDecisionAt, string? ExpectedDecisionUnknown)
{
    private const int DaysLookedBack = 5;
    private const double LongestForecastDays = 100;

    /// <summary>Counts a queue from the roll-ups.</summary>
    /// <param name="db">The store.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="authorities">Codes of the issuing authorities that are counted.</param>
    /// <param name="clock">The clock of cases that come in now.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<Backlog> Of(ReviewDb db, QueueType queue, IReadOnlyList<string> authorities, SlaClock clock, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = db.Rollups.Where(r => r.Queue == queue.Id && authorities.Contains(r.Authority));
        var waiting = await rows.Where(r => r.Metric == Metric.Waiting && r.Key == "").SumAsync(r => r.Count, cancel);
        var today = Shanghai.DateOf(now);
        var days = BusinessDaysBefore(today, clock.Calendar);
        var (from, to) = (Shanghai.At(days.Min(), TimeSpan.Zero), Shanghai.At(today, TimeSpan.Zero));
        var closed = await rows.Where(r => r.Metric == Metric.Closed && r.Slot >= from && r.Slot < to).Select(r => new { r.Key, r.Slot, r.Count }).ToListAsync(cancel);
        var decisions = closed.Where(r => IsDecision(r.Key) && days.Contains(Shanghai.DateOf(r.Slot))).Sum(r => r.Count);
        var day = clock.Policy.Spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);
        var daysNeeded = decisions == 0 ? 0 : waiting / (decisions / (double)DaysLookedBack);
        return decisions == 0 ? new(queue.Id, waiting, null, "NO_DECISIONS_YET")
            : daysNeeded > LongestForecastDays ? new(queue.Id, waiting, null, "BEYOND_FORECAST")
            : new(queue.Id, waiting, Shanghai.In(clock.Add(now, day * daysNeeded)), null);
    }

    private static HashSet<DateOnly> BusinessDaysBefore(DateOnly today, BusinessCalendar calendar)
    {
        HashSet<DateOnly> days = [];
        for (var day = today.AddDays(-1); days.Count < DaysLookedBack; day = day.AddDays(-1))
        {
            if (calendar.IsBusinessDay(day))
                days.Add(day);
        }

        return days;
    }

    // What lapses or is withdrawn takes no reviewer's time.
    private static bool IsDecision(string key) => Enum.TryParse<Outcome>(key.Split(':')[0], out var outcome) && outcome is Outcome.Approved or Outcome.Rejected or Outcome.Referred;
}

/// <summary>Tells the backlog of a queue, of one authority with those below it or of all.</summary>
internal sealed class BacklogQuery(Reads reads, Clocks clocks, Queues queues, Authorities authorities, TimeProvider time) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Intake;

    /// <summary>Answers.</summary>
    public async Task<Answer<Reply>> Handle(Actor client, string? queueId, string? authority, CancellationToken cancel)
    {
        FieldErrors errors = new();
        var queue = queues.Find(errors.Need(queueId, "queue"));
        if (queueId is not null && queue is not { ReceiptPrefix: not null, LooksAt: null })
            errors.Add("queue", "QUEUE_UNKNOWN");
        if (authority is not null)
            errors.Authority(authority, "authority", authorities);
        if (errors.Reply is { } bad)
            return bad;
        string[] counted = [.. authority is null ? authorities.All.Select(a => a.Code) : authorities.SelfAndDescendants(authority)];
        return await reads.Run<BacklogQuery, Reply>(
            client, async db => Reply.Of(StatusCodes.Status200OK, await Backlog.Of(db, queue!, counted, clocks.For(queue!), time.GetUtcNow(), cancel)), cancel);
    }
}
