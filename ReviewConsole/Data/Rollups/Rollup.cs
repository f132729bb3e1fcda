using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Domain.Supervision;

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

    /// <summary>Cases that wait for the desk, by the hour in which they came in.</summary>
    Age = 6,

    /// <summary>Cases closed, by day, with the keys of <see cref="Closed"/>: what looks back over months reads a twenty-fourth of the rows.</summary>
    Day = 7,

    /// <summary>Business time from receipt to decision, by day; the key is the bucket of <see cref="Histogram.Took"/>.</summary>
    Took = 8,

    /// <summary>Time in hand of decisions by person and day; the key is the reviewer and the bucket of <see cref="Histogram.InHand"/>.</summary>
    InHand = 9,

    /// <summary>Decisions that went against a check (WORK-5), by the day of the decision; the key is the check, or <c>any</c>, once a case.</summary>
    Disagreement = 10,

    /// <summary>Decisions that a correction replaced, by the day of the decision; the key is the reviewer.</summary>
    Overturned = 11,

    /// <summary>Cases sent back to the applicant for more, by day; the key is the reviewer.</summary>
    Returned = 12,

    /// <summary>Second looks (WORK-6) in the queue of the first case, by the day on which they were chosen; the key is the <see cref="LookState"/>.</summary>
    SecondLook = 13,

    /// <summary>Second looks that came to an end, by the day of the first decision; the key is who made that and the <see cref="LookState"/>, for instance <c>…:Agreed</c>.</summary>
    LookedAt = 14,
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

/// <summary>What the cases add to the roll-ups. Each case's share follows from how it stands alone, so the roll-ups are the sum of all shares, and a rebuild gives the same.</summary>
public static class RollupShares
{
    /// <summary>Which definition the shares have; one more with every change of them or of what else is found again from the cases, so that a store is counted anew once.</summary>
    public const int Definition = 3;

    /// <summary>Key of <see cref="Metric.Disagreement"/> that counts a case once, however many checks it went against.</summary>
    public const string AnyCheck = "any";

    /// <summary>Start of the hour of <paramref name="at"/>; Shanghai's offset is whole hours, so hours are the same everywhere.</summary>
    public static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>Start of the Shanghai day of <paramref name="at"/>.</summary>
    public static DateTimeOffset Day(DateTimeOffset at) => Shanghai.At(Shanghai.DateOf(at), TimeSpan.Zero).ToUniversalTime();

    /// <summary>What all cases and second looks add, row by row.</summary>
    internal static async IAsyncEnumerable<Rollup> Of(ReviewDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        var cases = db.Cases.AsNoTracking();
        // The members that count, without the ledgers.
        var all = cases.Select(c => new Standing(
            c.State, c.Queue, c.HomeQueue, c.Authority, c.HomeAuthority, c.ReceivedAt, c.DueAt, c.Paused, c.Outcome, c.OnTime, c.DecidedAt, c.ClosedAt, c.Verdict, c.Holder,
            c.Took, c.InHandSince, c.Overturned, c.Original));
        await foreach (var at in all.AsAsyncEnumerable().WithCancellation(cancel))
        {
            foreach (var row in Of(at))
                yield return row;
        }

        var pauses = cases.SelectMany(c => c.Ledger.Where(e => e.Kind == SlaEntryKind.Pause), (c, e) => new { c.HomeQueue, c.Authority, e.By, e.At });
        await foreach (var at in pauses.AsAsyncEnumerable().WithCancellation(cancel))
            yield return Returned(at.HomeQueue, at.Authority, at.By, at.At);

        var looks = db.SecondLooks.AsNoTracking().Select(l => new LookStanding(l.State, l.Queue, l.Authority, l.SampledAt, l.FirstBy, l.FirstAt));
        await foreach (var at in looks.AsAsyncEnumerable().WithCancellation(cancel))
        {
            foreach (var row in Of(at))
                yield return row;
        }
    }

    /// <summary>The sum of rows, those that come to nothing left out.</summary>
    public static List<Rollup> Sum(IEnumerable<Rollup> rows) =>
        [.. rows.GroupBy(r => (r.Metric, r.Key, r.Queue, r.Authority, r.Slot))
            .Select(g => Row(g.Key.Metric, g.Key.Key, g.Key.Queue, g.Key.Authority, g.Key.Slot, g.Sum(r => r.Count)))
            .Where(r => r.Count != 0)];

    /// <summary>What the changes of a commit add and take away.</summary>
    internal static List<Rollup> Deltas(ChangeTracker changes)
    {
        List<Rollup> deltas = [];
        foreach (var entry in changes.Entries<ReviewCase>())
        {
            var news = entry.State == EntityState.Modified ? News(changes, entry.Entity) : 0;
            if (entry.State == EntityState.Modified)
                deltas.AddRange(Of(Standing.Before(entry)).Select(row => Row(row.Metric, row.Key, row.Queue, row.Authority, row.Slot, -row.Count)));
            if (entry.State is EntityState.Added or EntityState.Modified)
                deltas.AddRange(Of(Standing.Of(entry.Entity)));
            // The ledger only grows: what was there before goes from where the case stood to where it stands.
            if (entry.State == EntityState.Modified)
                deltas.AddRange(Returns(entry.Entity.Ledger.SkipLast(news), entry.OriginalValues.GetValue<string>(nameof(ReviewCase.HomeQueue)), entry.OriginalValues.GetValue<string>(nameof(ReviewCase.Authority)), -1));
            if (entry.State is EntityState.Added or EntityState.Modified)
                deltas.AddRange(Returns(entry.Entity.Ledger, entry.Entity.HomeQueue, entry.Entity.Authority, 1));
        }

        foreach (var entry in changes.Entries<SecondLook>())
        {
            var look = entry.Entity;
            LookStanding stands = new(look.State, look.Queue, look.Authority, look.SampledAt, look.FirstBy, look.FirstAt);
            // Nothing else of it that counts ever changes.
            if (entry.State == EntityState.Modified)
                deltas.AddRange(Of(stands with { State = entry.OriginalValues.GetValue<LookState>(nameof(SecondLook.State)) }).Select(row => Row(row.Metric, row.Key, row.Queue, row.Authority, row.Slot, -row.Count)));
            if (entry.State is EntityState.Added or EntityState.Modified)
                deltas.AddRange(Of(stands));
        }

        return Sum(deltas);
    }

    private static int News(ChangeTracker changes, ReviewCase subject) => subject.Ledger.Reverse().TakeWhile(row => changes.Context.Entry(row).State == EntityState.Added).Count();

    private static IEnumerable<Rollup> Returns(IEnumerable<SlaEntry> ledger, string queue, string authority, int count) =>
        ledger.Where(row => row.Kind == SlaEntryKind.Pause).Select(row => Returned(queue, authority, row.By, row.At, count));

    private static Rollup Returned(string queue, string authority, string by, DateTimeOffset at, int count = 1) => Row(Metric.Returned, by, queue, authority, Day(at), count);

    private static IEnumerable<Rollup> Of(LookStanding at)
    {
        yield return Row(Metric.SecondLook, $"{at.State}", at.Queue, at.Authority, Day(at.SampledAt));
        if (at.State is LookState.Agreed or LookState.Upheld or LookState.Overturned)
            yield return Row(Metric.LookedAt, $"{at.FirstBy}:{at.State}", at.Queue, at.Authority, Day(at.FirstAt));
    }

    private static IEnumerable<Rollup> Of(Standing at)
    {
        yield return Row(Metric.Arrived, "", at.HomeQueue, at.HomeAuthority, Hour(at.ReceivedAt));
        // What was overdue before it went back to the applicant stays overdue (SLA-4), so it still waits.
        if (CaseRules.Awaits(at.State) || (at.State == CaseState.Returned && !at.Paused))
        {
            yield return Row(Metric.Waiting, "", at.Queue, at.Authority, Hour(at.DueAt));
            yield return Row(Metric.Age, "", at.Queue, at.Authority, Hour(at.ReceivedAt));
        }

        if (at.State != CaseState.Closed)
            yield break;
        var (outcome, ended) = (at.Outcome!.Value, at.DecidedAt ?? at.ClosedAt!.Value);
        var how = $"{outcome}:{(at.OnTime == true ? "OnTime" : "Late")}";
        yield return Row(Metric.Closed, how, at.HomeQueue, at.Authority, Hour(ended));
        yield return Row(Metric.Day, how, at.HomeQueue, at.Authority, Day(ended));
        // What a second look finds is about a decision that is counted already.
        var verdict = at.Original is null ? at.Verdict : null;
        foreach (var reason in verdict?.Reasons ?? [])
            yield return Row(Metric.Reason, reason, at.HomeQueue, at.Authority, Day(ended));
        foreach (var check in verdict is { Disagreements.Count: > 0 } against ? against.Disagreements.Append(AnyCheck) : [])
            yield return Row(Metric.Disagreement, check, at.HomeQueue, at.Authority, Day(ended));
        if (at.DecidedAt is not null && at.Took is { } took)
            yield return Row(Metric.Took, Bucket(Histogram.Took.BucketOf(took)), at.HomeQueue, at.Authority, Day(ended));
        if (at.Holder is not { } by)
            yield break;
        // By what the reviewer had decided, whatever a correction made of it.
        yield return Row(Metric.Reviewer, $"{by}:{at.Overturned ?? outcome}", at.HomeQueue, at.Authority, Day(ended));
        if (at.Overturned is not null)
            yield return Row(Metric.Overturned, $"{by}", at.HomeQueue, at.Authority, Day(ended));
        if (at.InHandSince is { } since && at.DecidedAt is { } decided)
            yield return Row(Metric.InHand, $"{by}:{Bucket(Histogram.InHand.BucketOf(decided - since))}", at.HomeQueue, at.Authority, Day(ended));
    }

    private static string Bucket(int bucket) => bucket.ToString("00", CultureInfo.InvariantCulture);

    internal static Rollup Row(Metric metric, string key, string queue, string authority, DateTimeOffset slot, int count = 1) =>
        new() { Metric = metric, Key = key, Queue = queue, Authority = authority, Slot = slot, Count = count };

    /// <summary>What of a case counts.</summary>
    private sealed record Standing(
        CaseState State, string Queue, string HomeQueue, string Authority, string HomeAuthority, DateTimeOffset ReceivedAt, DateTimeOffset DueAt, bool Paused,
        Outcome? Outcome, bool? OnTime, DateTimeOffset? DecidedAt, DateTimeOffset? ClosedAt, Verdict? Verdict, ReviewerId? Holder,
        TimeSpan? Took, DateTimeOffset? InHandSince, Outcome? Overturned, CaseId? Original)
    {
        public static Standing Of(ReviewCase c) => new(
            c.State, c.Queue, c.HomeQueue, c.Authority, c.HomeAuthority, c.ReceivedAt, c.DueAt, c.Paused, c.Outcome, c.OnTime, c.DecidedAt, c.ClosedAt, c.Verdict, c.Holder,
            c.Took, c.InHandSince, c.Overturned, c.Original);

        public static Standing Before(EntityEntry<ReviewCase> entry)
        {
            var was = entry.OriginalValues;
            return new(
                was.GetValue<CaseState>(nameof(ReviewCase.State)),
                was.GetValue<string>(nameof(ReviewCase.Queue)),
                was.GetValue<string>(nameof(ReviewCase.HomeQueue)),
                was.GetValue<string>(nameof(ReviewCase.Authority)),
                was.GetValue<string>(nameof(ReviewCase.HomeAuthority)),
                was.GetValue<DateTimeOffset>(nameof(ReviewCase.ReceivedAt)),
                was.GetValue<DateTimeOffset>(nameof(ReviewCase.DueAt)),
                was.GetValue<bool>(nameof(ReviewCase.Paused)),
                was.GetValue<Outcome?>(nameof(ReviewCase.Outcome)),
                was.GetValue<bool?>(nameof(ReviewCase.OnTime)),
                was.GetValue<DateTimeOffset?>(nameof(ReviewCase.DecidedAt)),
                was.GetValue<DateTimeOffset?>(nameof(ReviewCase.ClosedAt)),
                was.GetValue<Verdict?>(nameof(ReviewCase.Verdict)),
                was.GetValue<ReviewerId?>(nameof(ReviewCase.Holder)),
                was.GetValue<TimeSpan?>(nameof(ReviewCase.Took)),
                was.GetValue<DateTimeOffset?>(nameof(ReviewCase.InHandSince)),
                was.GetValue<Outcome?>(nameof(ReviewCase.Overturned)),
                was.GetValue<CaseId?>(nameof(ReviewCase.Original)));
        }
    }

    /// <summary>What of a second look counts.</summary>
    private sealed record LookStanding(LookState State, string Queue, string Authority, DateTimeOffset SampledAt, ReviewerId FirstBy, DateTimeOffset FirstAt);
}
