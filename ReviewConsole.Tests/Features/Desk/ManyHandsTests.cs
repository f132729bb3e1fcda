using System.Globalization;
using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>Several people at several cases, through the product's own use cases and the store, beside an oracle that knows neither.</summary>
[Trait("Category", "Torture")]
public sealed class ManyHandsTests : IAsyncLifetime
{
    private const int Cases = 3;
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(130)];
    private static readonly DriverLicence LongTerm = Casework.Licence() with { ValidTo = null };
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly TestStore store = new() { Setup = WithoutPictures };
    private readonly Dictionary<string, int> done = new(StringComparer.Ordinal);
    private Casework work = null!;
    private Actor[] people = [];

    private enum Act
    {
        Next,
        NextSecond,
        Prefetch,
        Claim,
        Release,
        Recuse,
        HandOn,
        Propose,
        Ask,
        Resubmit,
        Approve,
        Reject,
        Undo,
        Withdraw,
        Correct,
        LicenceTurnsBad,
        LicenceTurnsGood,
        OffDuty,
        OnDuty,
        Wait,
        Week,
        Drain,
        Settle,
    }

    private DateTimeOffset Now => store.Time.GetUtcNow();

    [Fact]
    public async Task However_people_interleave_the_store_does_what_the_oracle_says()
    {
        // Mostly one person at one case doing what comes next, or few ways would ever be gone to their end; everything else comes between.
        var acts = Gen.Frequency((12, Gen.Const((Act?)null)), (7, Gen.Enum<Act>().Where(act => act != Act.Week).Select(act => (Act?)act)), (1, Gen.Const((Act?)Act.Week)));
        var steps = Gen.Select(Gen.Int[0, 3], Gen.Int[0, Cases - 1], Gen.Select(acts, OneOf(-1, -1, -1, 0, 1, 2, 3), OneOf(-1, -1, -1, -1, 0, 1, 2), Gen.Int[0, 11]).Array[4, 20], (who, which, drawn) =>
            drawn.Select(step => (step.Item1, step.Item2 < 0 ? who : step.Item2, step.Item3 < 0 ? which : step.Item3, step.Item4)).ToArray());
        // One sequence after the other: they share the store.
        await steps.SampleAsync(Play, iter: Sizes.Of(10_000), threads: 1);

        Assert.Empty(Enum.GetNames<Act>().Except(done.Keys));
        Assert.Equal(0, (await store.Get<RebuildRollups>().Handle(Actor.System("test") with { Permissions = [Permission.Administer] }, mend: false)).Value.Differing);
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        work = new(store);
        Sample sample = new(store);
        people = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => sample.Staff(i < 2 ? Roles.Reviewer : Roles.Senior, $"p{i}")));
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void WithoutPictures(WebApplicationBuilder builder)
    {
        // Neither measuring nor telling is what is tried here.
        foreach (var worker in builder.Services.Where(s => s.ServiceType == typeof(IOutboxWorker) && s.ImplementationType != typeof(FinaliseCase)
                     && s.ImplementationType != typeof(LapseCase) && s.ImplementationType != typeof(ReevaluateLicence)).ToList())
            builder.Services.Remove(worker);
        builder.Services.AddSingleton<IOutboxWorker, OpenAtOnce>();
    }

    /// <summary>What comes next of a case, for whoever has the time.</summary>
    private static Act Onward(CaseOracle oracle, int roll) => oracle.State switch
    {
        CaseState.Received => Act.Drain,
        CaseState.Open => roll < 8 ? Act.Claim : Act.Next,
        CaseState.Claimed => roll switch { < 4 => Act.Approve, < 6 => Act.Reject, < 8 => Act.Ask, < 9 => Act.Propose, < 10 => Act.HandOn, < 11 => Act.Prefetch, _ => Act.Release },
        CaseState.Returned => roll < 10 ? Act.Resubmit : Act.Week,
        CaseState.Decided => roll < 4 ? Act.Undo : Act.Settle,
        _ => Act.Correct,
    };

    private async Task Play((Act? Act, int Who, int Case, int Roll)[] steps)
    {
        World world = new([.. await Task.WhenAll(Enumerable.Range(0, Cases).Select(_ => work.Application(licence: LongTerm)))]);
        try
        {
            await Try(world, [], Act.Drain, 0, 0, default);
            var now = await Read(world);
            foreach (var (drawn, who, which, roll) in steps)
            {
                var act = drawn ?? Onward(world.Oracles[which], roll);
                if (await Try(world, now, act, who, which, Waits[roll % Waits.Length]))
                    done[act.ToString()] = done.GetValueOrDefault(act.ToString()) + 1;
                Compare(world, now = await Read(world), $"{act} by {who} on {which}");
            }
        }
        finally
        {
            await CleanUp(world);
        }
    }

    /// <summary>Does a step in the store and in the oracle; both must agree on whether it can be done.</summary>
    private async Task<bool> Try(World world, ReviewCase[] before, Act act, int who, int which, TimeSpan wait)
    {
        var (actor, oracle, id) = (await Fresh(who), world.Oracles[which], world.Ids[which]);
        Claim claim = new(id, oracle.TokenOf(who));
        var senior = who >= 2;
        var reaches = oracle.Queue == CaseOracle.Home || senior;
        switch (act)
        {
            case Act.Next or Act.NextSecond:
                return await Next(world, before, actor, who, act == Act.Next ? Queues.ELicence : Queues.Second);
            case Act.Prefetch:
                return await Prefetch(world, before, actor, who);
            case Act.Claim:
                return await ClaimOne(world, actor, who, which, reaches);
            case Act.Release:
                return Agree(await store.Get<ReleaseCase>().Handle(actor, claim), oracle.Act(Step.Release, who, Now), () => world.ReadyOf(who, Now)?.Act(Step.Release, who, Now));
            case Act.Recuse:
                return Agree(await store.Get<RecuseCase>().Handle(actor, claim), oracle.Act(Step.Recuse, who, Now));
            case Act.HandOn:
                return Agree(await Change(id, c => c.HandOn(actor.Reviewer, claim.Token, c.Queue, c.Authority == "粤A" ? "粤B" : "粤A", Now)), oracle.Act(Step.HandOn, who, Now));
            case Act.Propose:
                // Where there is a proposal already, a grave reason decides.
                return Agree(
                    await store.Get<Decide>().Handle(actor, claim, Outcome.Rejected, ["PHOTO_NOT_APPLICANT"], null, null),
                    oracle.Act(Step.Propose, who, Now) || oracle.Act(Step.Reject, who, Now));
            case Act.Approve:
                return Agree(await store.Get<Decide>().Handle(actor, claim, Outcome.Approved, [], null, null), oracle.Act(Step.Approve, who, Now));
            case Act.Reject:
                return Agree(await store.Get<Decide>().Handle(actor, claim, Outcome.Rejected, ["PHOTO_BLUR"], null, null), oracle.Act(Step.Reject, who, Now));
            case Act.Ask:
                return Agree(await store.Get<AskForInformation>().Handle(actor, claim, ["PHOTO_BLUR"], null), oracle.Act(Step.Ask, who, Now));
            case Act.Undo:
                var other = world.InHandOf(who, Now);
                return Agree(await store.Get<UndoDecision>().Handle(actor, claim), oracle.Act(Step.Undo, who, Now), () => other?.Act(Step.Release, who, Now));
            case Act.Resubmit:
                return Agree(await Change(id, c => c.Resubmit("client:test", store.Get<Clocks>().Of(c), Now)), oracle.Act(Step.Resubmit, who, Now));
            case Act.Withdraw:
                return Agree(await Change(id, c => c.Withdraw("client:test", store.Get<Clocks>().Of(c), Now)), oracle.Act(Step.Withdraw, who, Now));
            case Act.Correct:
                var to = oracle.Ended == Outcome.Approved ? Outcome.Rejected : Outcome.Approved;
                return Agree(
                    await store.Get<CorrectCase>().Handle(actor, id, new(to, to == Outcome.Approved ? [] : ["PHOTO_BLUR"], note: "更正")),
                    senior && oracle.Act(to == Outcome.Approved ? Step.CorrectToApproved : Step.CorrectToRejected, who, Now));
            case Act.LicenceTurnsBad or Act.LicenceTurnsGood:
                await PutLicence(before[which], act == Act.LicenceTurnsBad ? "U" : "A");
                return oracle.Act(act == Act.LicenceTurnsBad ? Step.LicenceTurnsBad : Step.LicenceTurnsGood, who, Now);
            case Act.OffDuty:
                world.EmptyHands(who, Now);
                return (await store.Get<ChangeDuty>().Handle(actor, onDuty: false)).Refusal is null;
            case Act.OnDuty:
                return (await store.Get<ChangeDuty>().Handle(actor, onDuty: true)).Refusal is null;
            case Act.Wait or Act.Week:
                store.Time.Advance(act == Act.Week ? Week : wait);
                return true;
            default:
                store.Time.Advance(act == Act.Settle ? TimeSpan.FromSeconds(11) : TimeSpan.Zero);
                await store.Drain();
                foreach (var each in world.Oracles)
                    _ = each.Act(Step.FinishChecks, who, Now) || each.Act(Step.Finalise, who, Now) || each.Act(Step.Lapse, who, Now);
                return true;
        }
    }

    private async Task<bool> Next(World world, ReviewCase[] before, Actor actor, int who, string queue)
    {
        var answer = await store.Get<ClaimNext>().Handle(actor, queue);
        if ((queue == Queues.Second && who < 2) || !actor.OnDuty)
            return Agree(answer, false);
        var (mine, ready) = (world.InHandOf(who, Now), world.ReadyOf(who, Now));
        if (mine is not null)
            return Gave(world, answer, mine);
        // What lapsed in these hands comes back first, the last one first.
        var lapsed = world.Oracles.Where(o => o.State == CaseState.Claimed && o.Holder == who && !o.Live(Now) && !o.Ready && o.FreeFor(who, Now) && (o.Queue == CaseOracle.Home || who >= 2))
            .OrderByDescending(o => before[world.IndexOf(o)].LeaseUntil).FirstOrDefault();
        if (lapsed is not null)
            return Gave(world, answer, lapsed) && lapsed.Act(Step.Claim, who, Now);
        var home = queue == Queues.ELicence ? CaseOracle.Home : CaseOracle.Second;
        if (ready is not null && ready.Queue == home)
        {
            ready.TakeUp(Now);
            return Gave(world, answer, ready);
        }

        if (answer.Refusal is null)
            ready?.Act(Step.Release, who, Now);
        var free = world.Free(before, home, who, Now);
        return free is null ? Agree(answer, false) : Gave(world, answer, free) && free.Act(Step.Claim, who, Now);
    }

    private async Task<bool> Prefetch(World world, ReviewCase[] before, Actor actor, int who)
    {
        var answer = await store.Get<PrefetchNext>().Handle(actor, Queues.ELicence);
        if (!actor.OnDuty || world.InHandOf(who, Now) is null)
            return Agree(answer, false);
        if (world.ReadyOf(who, Now) is { } ready)
            return Gave(world, answer, ready);
        var here = world.Oracles.Where(o => o.Queue == CaseOracle.Home).ToList();
        var busy = here.Where(o => o.Live(Now)).Select(o => o.Holder).Distinct().Count();
        if (here.Count(o => o.State == CaseState.Open) < busy || world.Free(before, CaseOracle.Home, who, Now) is not { } free)
            return Agree(answer, false);
        free.KeepReady(who, Now);
        return Gave(world, answer, free);
    }

    private async Task<bool> ClaimOne(World world, Actor actor, int who, int which, bool reaches)
    {
        var (answer, oracle) = (await store.Get<ClaimCase>().Handle(actor, world.Ids[which]), world.Oracles[which]);
        if (!reaches || !actor.OnDuty)
            return Agree(answer, false);
        if (world.InHandOf(who, Now) is { } mine)
            return Agree(answer, mine == oracle);
        if (world.ReadyOf(who, Now) != oracle)
            return Agree(answer, oracle.Act(Step.Claim, who, Now));
        oracle.TakeUp(Now);
        return Agree(answer, true);
    }

    private static bool Agree<T>(Answer<T> answer, bool must, Action? also = null)
    {
        if (answer.Refusal is null != must)
            throw new InvalidOperationException($"{(must ? "must be done, but was refused: " + answer.Refusal!.Code : "must be refused, but was done")}");
        if (must)
            also?.Invoke();
        return must;
    }

    private static bool Gave(World world, Answer<Claim> answer, CaseOracle expected) =>
        answer.Refusal is null && answer.Value.Case == world.Ids[world.IndexOf(expected)]
            ? true
            : throw new InvalidOperationException($"gave {(answer.Refusal is { } no ? no.Code : world.Ids.IndexOf(answer.Value.Case).ToString(CultureInfo.InvariantCulture))}, not {world.IndexOf(expected)}");

    private void Compare(World world, ReviewCase[] now, string after)
    {
        for (var i = 0; i < Cases; i++)
        {
            var (oracle, stored) = (world.Oracles[i], now[i]);
            var holder = stored.State is CaseState.Claimed or CaseState.Decided ? Array.FindIndex(people, p => p.Reviewer == stored.Holder) : -1;
            var said = (oracle.State, oracle.State is CaseState.Claimed or CaseState.Decided ? oracle.Holder : -1, oracle.Token, oracle.Ready, oracle.Queue == CaseOracle.Second, oracle.Ended);
            var found = (stored.State, holder, stored.Token, stored.Prefetched, stored.Queue == Queues.Second, stored.Outcome);
            if (said != found)
                throw new InvalidOperationException($"case {i} after {after}: the oracle says {said}, the store {found}");
        }

        var hands = now.Where(c => c.State == CaseState.Claimed && Now < c.LeaseUntil).GroupBy(c => (c.Holder, c.Prefetched));
        Assert.All(hands, hand => Assert.Single(hand));
    }

    private async Task<Actor> Fresh(int who)
    {
        await using var db = await store.Open();
        var id = people[who].Staff;
        return store.Get<StaffActors>().Of(await db.Users.AsNoTracking().SingleAsync(u => u.Id == id));
    }

    private async Task<ReviewCase[]> Read(World world)
    {
        await using var db = await store.Open();
        var ids = world.Ids;
        var found = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        return [.. ids.Select(id => found[id])];
    }

    private Task<Answer<Done>> Change(CaseId id, Func<ReviewCase, Refusal?> verb) =>
        store.Get<Commit>().Run<Casework, Done>(Actor.System("test"), async unit => verb(await unit.Db.Cases.SingleAsync(c => c.Id == id)) is { } no ? no : default(Done));

    private async Task PutLicence(ReviewCase subject, string status)
    {
        await store.Get<Commit>().Run<Casework, Done>(Actor.System("test"), async unit =>
        {
            var index = unit.Db.IndexOf((await unit.Db.Applicants.SingleAsync(a => a.Id == subject.Applicant)).Document);
            var licence = LongTerm with { Status = status, SourceTime = unit.Now };
            if (await unit.Db.LicenceRecords.FindAsync(index) is { } record)
                (record.Licence, record.UpdatedAt) = (licence, unit.Now);
            else
                unit.Db.LicenceRecords.Add(new LicenceRecord { DocumentIndex = index, Licence = licence, UpdatedAt = unit.Now });
            unit.Record(new LicencePut(index, unit.Now));
            return default(Done);
        });
    }

    // The next sequence begins with free hands and an empty queue.
    private async Task CleanUp(World world)
    {
        for (var i = 0; i < people.Length; i++)
            await store.Get<ChangeDuty>().Handle(people[i], onDuty: true);
        store.Time.Advance(TimeSpan.FromSeconds(11));
        await store.Drain();
        foreach (var id in world.Ids)
            await Change(id, c => c.Withdraw("client:test", store.Get<Clocks>().Of(c), Now));
        Assert.All(await Read(world), c => Assert.Equal(CaseState.Closed, c.State));
    }

    private sealed class World(List<CaseId> ids)
    {
        private static readonly ReviewSettings Settings = new();

        public List<CaseId> Ids => ids;

        public CaseOracle[] Oracles { get; } = [.. ids.Select(_ => new CaseOracle(Settings.Lease, Settings.Hold, Settings.AnswerWithin, Settings.MostRounds))];

        public int IndexOf(CaseOracle oracle) => Array.IndexOf(Oracles, oracle);

        public CaseOracle? InHandOf(int who, DateTimeOffset now) => Oracles.SingleOrDefault(o => o.Live(now) && o.Holder == who && !o.Ready);

        public CaseOracle? ReadyOf(int who, DateTimeOffset now) => Oracles.SingleOrDefault(o => o.Live(now) && o.Holder == who && o.Ready);

        public void EmptyHands(int who, DateTimeOffset now)
        {
            foreach (var held in Oracles)
                held.Act(Step.Release, who, now);
        }

        public CaseOracle? Free(ReviewCase[] before, string queue, int who, DateTimeOffset now) =>
            Oracles.Where(o => o.Queue == queue && o.FreeFor(who, now)).OrderBy(o => before[IndexOf(o)].DueAt).ThenBy(o => Ids[IndexOf(o)].ToString(), StringComparer.OrdinalIgnoreCase).FirstOrDefault();
    }

    /// <summary>Opens a case without measuring anything.</summary>
    private sealed class OpenAtOnce(Commit commit) : IOutboxWorker, IUseCase
    {
        public static Permission Needs => Permission.System;

        public string Topic => Effects.Check;

        public int Parallelism => 1;

        public Task Work(OutboxTicket ticket, CancellationToken cancel) => commit.Run<OpenAtOnce, Done>(Actor.System("check"), async unit =>
        {
            CaseId id = new(Guid.Parse(ticket.Key));
            if (await ticket.Finish(unit))
                (await unit.Db.Cases.SingleAsync(c => c.Id == id, cancel)).FinishChecks(givenUp: false);
            return default(Done);
        }, cancel);
    }
}
