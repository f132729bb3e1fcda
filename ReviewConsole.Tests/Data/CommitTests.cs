using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Data;

public sealed class CommitTests : IAsyncLifetime
{
    private static readonly ReviewerId Reviewer = new(Guid.NewGuid());
    private readonly TestStore store = new();

    [Fact]
    public async Task A_change_and_everything_that_follows_from_it_is_saved_together()
    {
        var id = await Receive();

        await using var db = await store.Open();
        var saved = await db.Cases.SingleAsync(c => c.Id == id);
        Assert.Equal(CaseState.Received, saved.State);
        Assert.Single(saved.Ledger);
        Assert.Equal(Effects.Check, (await db.Outbox.SingleAsync()).Topic);
        Assert.Equal([(Metric.Waiting, 1), (Metric.Arrived, 1), (Metric.Age, 1)], (await db.Rollups.OrderBy(r => r.Metric).ToListAsync()).Select(r => (r.Metric, r.Count)));
        Assert.Equal(["CaseReceived", "ClockMoved"], (await Rows(db, id)).Select(e => e.Kind));
        Assert.Equal(2, (await db.AuditHeads.SingleAsync(h => h.Stream == CaseEvent.StreamOf(id))).Sequence);
    }

    [Fact]
    public async Task A_refusal_saves_nothing()
    {
        var answer = await store.Get<Commit>().Run<Probe, Done>(Actor.System("test"), unit =>
        {
            unit.Db.Cases.Add(New(unit));
            return Task.FromResult<Answer<Done>>(Refusals.WrongState);
        });

        Assert.Equal(Refusals.WrongState, answer.Refusal);
        await using var db = await store.Open();
        Assert.False(await db.Cases.AnyAsync());
        Assert.False(await db.AuditEntries.AnyAsync(e => e.Kind == nameof(CaseReceived)));
    }

    [Fact]
    public async Task Who_is_refused_or_fails_takes_nobody_of_the_same_trip_along()
    {
        // All stand in line while the first is at work, so that they share a trip to the disk.
        TaskCompletionSource first = new();
        var lane = store.Get<WriteLane>();
        var busy = lane.Write(async _ => { await first.Task; return (0, true); }, CancellationToken.None);
        var commit = store.Get<Commit>();
        using CancellationTokenSource gone = new();
        List<Task<Answer<CaseId>>> all = [.. Enumerable.Range(0, 40).Select(i => commit.Run<Probe, CaseId>(
            Actor.System("test"),
            async unit =>
            {
                var added = New(unit);
                unit.Db.Cases.Add(added);
                await unit.Db.SaveChangesAsync();
                return (i % 4) switch { 1 => Refusals.WrongState, 2 => throw new InvalidOperationException("broken"), _ => added.Id };
            },
            i % 4 == 3 ? gone.Token : CancellationToken.None))];
        await gone.CancelAsync();
        first.SetResult();
        await busy;

        List<CaseId> kept = [];
        for (var i = 0; i < all.Count; i++)
        {
            switch (i % 4)
            {
                case 0: kept.Add((await all[i]).Value); break;
                case 1: Assert.Equal(Refusals.WrongState, (await all[i]).Refusal); break;
                case 2: await Assert.ThrowsAsync<InvalidOperationException>(() => all[i]); break;
                default: await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all[i]); break;
            }
        }

        await using var db = await store.Open();
        Assert.Equal(kept.Order(), (await db.Cases.Select(c => c.Id).ToListAsync()).Order());
        Assert.Equal(kept.Count, await db.AuditEntries.CountAsync(e => e.Kind == nameof(CaseReceived)));
    }

    [Fact]
    public async Task Nobody_is_answered_before_the_disk_has_it()
    {
        TaskCompletionSource slow = new();
        var commit = store.Get<Commit>();
        var first = commit.Run<Probe, CaseId>(Actor.System("test"), Add);
        var second = commit.Run<Probe, CaseId>(Actor.System("test"), async unit => { await slow.Task; return await Add(unit); });
        var third = commit.Run<Probe, CaseId>(Actor.System("test"), Add);
        var answered = await Task.WhenAny(third, Task.Delay(TimeSpan.FromMilliseconds(200)));

        Assert.NotSame(third, answered);
        slow.SetResult();
        foreach (var id in await Task.WhenAll(first, second, third))
        {
            await using var db = await store.Open();
            Assert.True(await db.Cases.AnyAsync(c => c.Id == id.Value));
        }

        Task<Answer<CaseId>> Add(UnitOfWork unit)
        {
            var added = New(unit);
            unit.Db.Cases.Add(added);
            return Task.FromResult<Answer<CaseId>>(added.Id);
        }
    }

    [Fact]
    public async Task Where_the_store_cannot_be_opened_everybody_in_line_is_told()
    {
        var commit = store.Get<Commit>();
        store.Get<SqliteWriter>().Dispose();
        foreach (var change in Enumerable.Range(0, 5).Select(_ => commit.Run<Probe, Done>(Actor.System("test"), _ => Task.FromResult<Answer<Done>>(default(Done)))).ToList())
            await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => change.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Who_is_under_way_when_the_application_ends_gets_there_and_who_comes_later_is_told()
    {
        var (commit, lane) = (store.Get<Commit>(), store.Get<WriteLane>());
        TaskCompletionSource begun = new(), go = new();
        var underWay = commit.Run<Probe, Done>(Actor.System("test"), async _ =>
        {
            begun.SetResult();
            await go.Task;
            return default(Done);
        });
        await begun.Task;

        var ending = Task.Run(lane.Dispose);
        await Assert.ThrowsAsync<TimeoutException>(() => ending.WaitAsync(TimeSpan.FromMilliseconds(200)));
        go.SetResult();
        await ending.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Null((await underWay).Refusal);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => commit.Run<Probe, Done>(Actor.System("test"), _ => Task.FromResult<Answer<Done>>(default(Done))).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_even_tried()
    {
        var answer = await store.Get<Commit>().Run<Probe, Done>(Actor.Nobody, _ => throw new InvalidOperationException("was tried"));
        Assert.Equal(Refusals.NotPermitted, answer.Refusal);
    }

    [Fact]
    public async Task A_claim_takes_the_most_urgent_case_and_an_expired_lease_counts_as_free()
    {
        var first = await Receive();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await Receive();
        foreach (var id in new[] { first, second })
            await Change(id, c => c.FinishChecks(givenUp: false));

        Assert.Equal(first, (await Claim(Reviewer))?.Case);
        Assert.Equal(second, (await Claim(Reviewer))?.Case);
        Assert.Null(await Claim(Reviewer));

        store.Time.Advance(TimeSpan.FromMinutes(3));
        var other = new ReviewerId(Guid.NewGuid());
        var again = await Claim(other);
        Assert.Equal((first, 2, Reviewer), (again!.Case, again.Token, again.LapsedHolder));
        await using var db = await store.Open();
        var taken = await db.Cases.SingleAsync(c => c.Id == first);
        Assert.True(taken.Holds(other, 2, store.Time.GetUtcNow()));
        Assert.False(taken.Holds(Reviewer, 1, store.Time.GetUtcNow()));
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private static Task<List<AuditEntry>> Rows(ReviewDb db, CaseId id) =>
        db.AuditEntries.AsNoTracking().Where(e => e.Stream == CaseEvent.StreamOf(id)).OrderBy(e => e.Sequence).ToListAsync();

    private ReviewCase New(UnitOfWork unit) =>
        new(CaseId.New(unit.Now), $"SQ{Guid.NewGuid().ToString("N")[..12]}", Queues.ELicence, "粤B", Guid.NewGuid(), Guid.NewGuid(), store.Get<Clocks>().For(Queues.ELicence), unit.Actor.Id, unit.Now);

    private async Task<CaseId> Receive() => (await store.Get<Commit>().Run<Probe, CaseId>(Actor.System("test"), unit =>
    {
        var made = New(unit);
        unit.Db.Cases.Add(made);
        return Task.FromResult<Answer<CaseId>>(made.Id);
    })).Value;

    private async Task Change(CaseId id, Func<ReviewCase, Refusal?> verb) => Assert.Null((await store.Get<Commit>().Run<Probe, Done>(Actor.System("test"), async unit =>
        verb(await unit.Db.Cases.SingleAsync(c => c.Id == id)) is { } refusal ? refusal : default(Done))).Refusal);

    private async Task<ClaimedRow?> Claim(ReviewerId who)
    {
        ClaimedRow? row = null;
        await store.Get<Commit>().Run<Probe, Done>(Actor.System("test"), async unit =>
        {
            row = await SqliteDialect.ClaimNext(
                unit.Db, Queues.ELicence, Actor.StaffMember(who.Value, "", Roles.Reviewer, ["粤A", "粤B"], [Queues.ELicence]), prefetch: false, unit.Now.AddMinutes(2), unit.Now, CancellationToken.None);
            return default(Done);
        });
        return row;
    }

    private sealed class Probe : IUseCase
    {
        public static Permission Needs => Permission.System;
    }
}
