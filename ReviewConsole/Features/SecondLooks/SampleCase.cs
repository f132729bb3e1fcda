using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Keys;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>
/// Draws whether a decided case becomes a second look (WORK-6). The draw is a keyed hash of the case and its decision: nobody can tell or choose it, and drawn again
/// it is the same.
/// </summary>
public sealed class SampleCase(Commit commit, Queues queues, Clocks clocks, IOptions<ReviewSettings> settings) : IOutboxWorker, IUseCase
{
    // Who is no longer new never will be again, and to know it costs a look at all that the person decided.
    private readonly ConcurrentDictionary<ReviewerId, bool> experienced = new();

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Sample;

    /// <inheritdoc/>
    public int Parallelism => 1;

    /// <summary>The draw of a decided case, 0 to below 1.</summary>
    public static double Draw(FieldCipher cipher, ReviewCase decided)
    {
        var index = cipher.BlindIndex(string.Create(CultureInfo.InvariantCulture, $"{decided.Id}:{decided.Token}:{decided.DecidedAt!.Value.UtcTicks}"), "second-look");
        return SamplingRule.Draw(Convert.FromBase64String(index[(index.IndexOf(':', StringComparison.Ordinal) + 1)..]));
    }

    /// <inheritdoc/>
    public Task Work(OutboxTicket ticket, CancellationToken cancel)
    {
        CaseId id = new(Guid.Parse(ticket.Key));
        return commit.Run<SampleCase, SampleCause?, Done>(Actor.System("sample"), db => Look(db, id, cancel), async (unit, cause) =>
        {
            if (!await ticket.Finish(unit) || cause is not { } why)
                return default(Done);
            var first = await unit.Db.Cases.SingleAsync(c => c.Id == id, cancel);
            // Corrected meanwhile, or drawn before.
            if (first.Overturned is not null || await unit.Db.SecondLooks.AnyAsync(l => l.Original == id, cancel))
                return default(Done);
            var queue = queues.LookFor(first.HomeQueue)!;
            var again = ReviewCase.LookAgain(CaseId.New(unit.Now), await Receipts.Next(unit, queue, cancel), queue.Id, first, clocks.For(queue, first.Authority), unit.Actor.Id, unit.Now);
            unit.Db.Cases.Add(again);
            unit.Db.SecondLooks.Add(new SecondLook(again.Id, first, why, unit.Now));
            return default(Done);
        }, cancel);
    }

    // A decision that took effect changes only by a correction, so this may be seen before the turn in the lane.
    private async Task<SampleCause?> Look(ReviewDb db, CaseId id, CancellationToken cancel)
    {
        var decided = await db.Cases.SingleAsync(c => c.Id == id, cancel);
        if (decided is not { Verdict: { } verdict, Holder: { } by, DecidedAt: not null, Original: null } || queues.LookFor(decided.HomeQueue) is null)
            return null;
        var (rule, draw) = (settings.Value.SecondLooks.Rule, Draw(db.Cipher, decided));
        if (!rule.For(decided.HomeQueue, verdict, isNew: true).Takes(draw))
            return null;
        var share = rule.For(decided.HomeQueue, verdict, await IsNew(db, rule, by, decided.DecidedAt.Value, cancel));
        return share.Takes(draw) ? share.Cause : null;
    }

    private async Task<bool> IsNew(ReviewDb db, SamplingRule rule, ReviewerId who, DateTimeOffset at, CancellationToken cancel)
    {
        if (experienced.ContainsKey(who))
            return false;
        var prefix = $"{who}";
        var done = await db.Rollups.Where(r => r.Metric == Metric.Reviewer && r.Key.StartsWith(prefix) && r.Count > 0).GroupBy(_ => 1)
            .Select(g => new { Decisions = g.Sum(r => r.Count), First = g.Min(r => r.Slot) }).SingleOrDefaultAsync(cancel);
        var isNew = done is null || rule.IsNew(done.Decisions, (int)(at - done.First).TotalDays);
        if (!isNew)
            experienced[who] = true;
        return isNew;
    }
}
