using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Domain.Supervision;

namespace ReviewConsole.Features.Supervise;

/// <summary>A case in somebody's hands or kept ready for them.</summary>
public sealed record HeldCase(CaseId Id, string ReceiptNumber, string Queue, string Authority, DateTimeOffset? Since, SlaTargets Targets);

/// <summary>What somebody works on now.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Display name.</param>
/// <param name="OnDuty">At work (在岗).</param>
/// <param name="InHand">The case in hand; null where there is none in reach of who asks.</param>
/// <param name="Ready">The case kept ready.</param>
public sealed record PersonNow(Guid Id, string Name, bool OnDuty, HeldCase? InHand, HeldCase? Ready);

/// <summary>What somebody did over some days.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Display name.</param>
/// <param name="Decided">Decisions that took effect.</param>
/// <param name="Outcomes">Those by outcome, as they were decided.</param>
/// <param name="Median">Median time in hand; null where nothing was decided.</param>
/// <param name="P90">The time in hand that nine of ten were decided within.</param>
/// <param name="Corrected">Decisions that a correction replaced, however it came to that.</param>
/// <param name="Looked">Decisions that were looked at again to the end (WORK-6).</param>
/// <param name="LookOverturned">Those of them that were overturned.</param>
/// <param name="Overturned">Their share, with its 95 % interval; null where nothing was looked at again.</param>
/// <param name="Returned">Cases sent back to the applicant for more.</param>
public sealed record PersonNumbers(
    Guid Id, string Name, int Decided, IReadOnlyDictionary<Outcome, int> Outcomes, TimeSpan? Median, TimeSpan? P90, int Corrected, int Looked, int LookOverturned, ShareInterval? Overturned, int Returned);

/// <summary>The second looks at the cases of a queue (WORK-6), by the day on which they were chosen; void ones are left out.</summary>
/// <param name="Queue">The queue that the first cases came in by.</param>
/// <param name="Sampled">Chosen.</param>
/// <param name="Agreed">Came to the same.</param>
/// <param name="Differs">Came to something else, not settled yet.</param>
/// <param name="Upheld">Settled: the first decision stands.</param>
/// <param name="Overturned">Settled: the first decision was corrected.</param>
public sealed record LookNumbers(string Queue, int Sampled, int Agreed, int Differs, int Upheld, int Overturned)
{
    /// <summary>Decided by the second person.</summary>
    public int LookedAt => Agreed + Differs + Upheld + Overturned;

    /// <summary>The share overturned of those that came to an end, with its 95 % interval; null where none did.</summary>
    public ShareInterval? Share => ShareInterval.Of(Overturned, Agreed + Upheld + Overturned);
}

/// <summary>The people of a supervisor, by name: nobody is ranked.</summary>
/// <param name="Now">Who works on what.</param>
/// <param name="Numbers">What each has done.</param>
/// <param name="Looks">Second looks, by queue.</param>
public sealed record People(IReadOnlyList<PersonNow> Now, IReadOnlyList<PersonNumbers> Numbers, IReadOnlyList<LookNumbers> Looks);

/// <summary>Who works on what now, and what each has done, from the roll-ups.</summary>
internal sealed class PeopleQuery(Reads reads, Queues queues, Authorities authorities, StaffActors staff, TimeProvider time) : IUseCase
{
    private static readonly StringComparer ByName = StringComparer.Create(CultureInfo.GetCultureInfo("zh-CN"), ignoreCase: true);

    /// <inheritdoc/>
    public static Permission Needs => Permission.Supervise;

    /// <summary>Answers.</summary>
    public Task<Answer<People>> Handle(Actor actor, DashboardRequest request, CancellationToken cancel = default) => reads.Run<PeopleQuery, People>(actor, async db =>
    {
        var scoped = Scope.Of(actor, queues, authorities, request.Queue, request.Authority);
        if (scoped.Refusal is { } notFound)
            return notFound;
        var (scope, now) = (scoped.Value, time.GetUtcNow());
        var people = (await db.Users.Where(u => u.DisabledAt == null).ToListAsync(cancel)).Select(u => (User: u, Actor: staff.Of(u)))
            .Where(p => (p.Actor.May(Permission.Review) || p.Actor.May(Permission.ReviewAgain)) && p.Actor.Queues.Overlaps(scope.Queues) && p.Actor.Authorities.Overlaps(scope.Authorities))
            .Select(p => p.User).OrderBy(u => u.DisplayName, ByName).ToList();
        var claims = (await Claims.Live(db, now, cancel)).Where(c => scope.Holds(c.Queue, c.Authority)).ToLookup(c => c.Holder.Value);
        var since = RollupShares.Day(now).AddDays(1 - request.Days);
        var numbers = await Of(db, scope, since, null, cancel);
        return new People(
            [.. people.Select(u => new PersonNow(u.Id, u.DisplayName, u.OnDuty, Held(claims[u.Id], ready: false), Held(claims[u.Id], ready: true)))],
            [.. people.Where(u => numbers.ContainsKey(u.Id)).Select(u => numbers[u.Id] with { Name = u.DisplayName })],
            await Looks(db, scope, since, cancel));
    }, cancel);

    private static async Task<IReadOnlyList<LookNumbers>> Looks(ReviewDb db, Scope scope, DateTimeOffset since, CancellationToken cancel)
    {
        var rows = db.Rollups.Where(r => r.Metric == Metric.SecondLook && scope.Queues.Contains(r.Queue) && scope.Authorities.Contains(r.Authority) && r.Slot >= since);
        var counted = (await RollupSums.By(rows, r => new { r.Queue, r.Key }, cancel)).ToDictionary(r => (r.Key.Queue, State: Enum.Parse<LookState>(r.Key.Key)), r => r.Count);
        return
        [
            .. from queue in scope.Queues
               let all = counted.Where(r => r.Key.Queue == queue && r.Key.State != LookState.Void).Sum(r => r.Value)
               where all > 0
               select new LookNumbers(queue, all, Of(queue, LookState.Agreed), Of(queue, LookState.Differs), Of(queue, LookState.Upheld), Of(queue, LookState.Overturned)),
        ];

        int Of(string queue, LookState state) => counted.GetValueOrDefault((queue, state));
    }

    /// <summary>What people did since a day, by account; their names are left to who asks.</summary>
    internal static async Task<Dictionary<Guid, PersonNumbers>> Of(ReviewDb db, Scope scope, DateTimeOffset since, Guid? only, CancellationToken cancel)
    {
        var rows = db.Rollups.Where(r => scope.Queues.Contains(r.Queue) && scope.Authorities.Contains(r.Authority) && r.Slot >= since);
        if (only is { } one)
        {
            var prefix = $"{one}";
            rows = rows.Where(r => r.Key.StartsWith(prefix));
        }

        var counted = await RollupSums.ByMetric(rows, [Metric.Reviewer, Metric.InHand, Metric.Overturned, Metric.LookedAt, Metric.Returned], r => r.Key, cancel);
        // A key begins with the account and may go on with a colon.
        return counted.Where(r => r.Count > 0 && Guid.TryParse(r.Key.AsSpan(0, Math.Min(r.Key.Length, 36)), out _)).GroupBy(r => Guid.Parse(r.Key.AsSpan(0, 36))).ToDictionary(g => g.Key, g =>
        {
            var outcomes = g.Where(r => r.Metric == Metric.Reviewer).ToDictionary(r => Enum.Parse<Outcome>(r.Key.AsSpan(37)), r => r.Count);
            var paces = g.Where(r => r.Metric == Metric.InHand).ToDictionary(r => int.Parse(r.Key.AsSpan(37), CultureInfo.InvariantCulture), r => r.Count);
            var looked = g.Where(r => r.Metric == Metric.LookedAt).ToDictionary(r => Enum.Parse<LookState>(r.Key.AsSpan(37)), r => r.Count);
            var (ended, overturned) = (looked.Values.Sum(), looked.GetValueOrDefault(LookState.Overturned));
            return new PersonNumbers(
                g.Key, "", outcomes.Values.Sum(), outcomes, Histogram.InHand.Percentile(paces, .5), Histogram.InHand.Percentile(paces, .9), g.Where(r => r.Metric == Metric.Overturned).Sum(r => r.Count),
                ended, overturned, ShareInterval.Of(overturned, ended), g.Where(r => r.Metric == Metric.Returned).Sum(r => r.Count));
        });
    }

    internal static HeldCase? Held(IEnumerable<LiveClaim> claims, bool ready) =>
        claims.FirstOrDefault(c => c.Ready == ready) is { } c ? new(c.Id, c.ReceiptNumber, c.Queue, c.Authority, c.Since, new(c.HalfAt, c.PressingAt, c.DueAt)) : null;
}

/// <summary>A reviewer's own day.</summary>
/// <param name="InHand">The case in hand.</param>
/// <param name="Ready">The case kept ready, by 'next' or by a supervisor.</param>
/// <param name="Waiting">What waits in the own queues.</param>
/// <param name="Today">The own numbers of today; null where there are none yet.</param>
/// <param name="Week">The own numbers of seven days.</param>
public sealed record MyDay(HeldCase? InHand, HeldCase? Ready, IReadOnlyList<QueueWaits> Waiting, PersonNumbers? Today, PersonNumbers? Week);

/// <summary>What waits in a queue.</summary>
public sealed record QueueWaits(string Queue, int Waiting, int DueToday);

/// <summary>My day (我的今日): the own queues and the own numbers; nobody sees others by it.</summary>
internal sealed class MyDayQuery(Reads reads, Queues queues, Authorities authorities, TimeProvider time) : IUseCase
{
    private const int DaysOfWeek = 7;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Answers.</summary>
    public Task<Answer<MyDay>> Handle(Actor actor, CancellationToken cancel = default) => reads.Run<MyDayQuery, MyDay>(actor, async db =>
    {
        if (actor.Staff is not { } me)
            return Refusals.NotPermitted;
        var now = time.GetUtcNow();
        var today = RollupShares.Day(now);
        var mine = (await Claims.Live(db, now, cancel)).Where(c => c.Holder.Value == me).ToList();
        // What somebody did stays theirs, whatever they reach today.
        Scope all = new([.. queues.All.Select(q => q.Id)], [.. authorities.All.Select(a => a.Code)]);
        string[] own = [.. queues.All.Where(q => actor.Queues.Contains(q.Id) && actor.May(q.Takes)).Select(q => q.Id)];
        var reach = actor.Authorities.ToArray();
        var tomorrow = today.AddDays(1);
        var waits = await db.Rollups.Where(r => r.Metric == Metric.Waiting && own.Contains(r.Queue) && reach.Contains(r.Authority)).GroupBy(r => r.Queue)
            .Select(g => new { g.Key, Count = g.Sum(r => r.Count), Due = g.Sum(r => r.Slot < tomorrow ? r.Count : 0) }).ToListAsync(cancel);
        return new MyDay(
            PeopleQuery.Held(mine, ready: false),
            PeopleQuery.Held(mine, ready: true),
            [.. own.Select(id => new QueueWaits(id, waits.FirstOrDefault(w => w.Key == id)?.Count ?? 0, waits.FirstOrDefault(w => w.Key == id)?.Due ?? 0))],
            (await PeopleQuery.Of(db, all, today, me, cancel)).GetValueOrDefault(me),
            (await PeopleQuery.Of(db, all, today.AddDays(1 - DaysOfWeek), me, cancel)).GetValueOrDefault(me));
    }, cancel);
}
