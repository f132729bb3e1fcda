using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Platform;

namespace ReviewConsole.Data;

/// <summary>What a use case works on while it holds the write lane: the store, the moment, who acts, and what happened.</summary>
public sealed class UnitOfWork
{
    private readonly List<DomainEvent> recorded = [];

    internal UnitOfWork(ReviewDb db, Actor actor, DateTimeOffset now) => (Db, Actor, Now) = (db, actor, now);

    /// <summary>The store, inside the transaction.</summary>
    public ReviewDb Db { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>The one moment of the whole change.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Notes something that no root recorded, for instance a reveal.</summary>
    public void Record(DomainEvent happened) => recorded.Add(happened);

    internal List<DomainEvent> TakeEvents() =>
        [.. Db.ChangeTracker.Entries<Root>().ToList().SelectMany(entry => entry.Entity.TakeEvents()), .. recorded];
}

/// <summary>
/// The one door for writes. It asks for the permission that the use case states, and saves its change together with what follows from it: the audit
/// links, the outbox and the roll-ups, in one transaction. A refusal saves nothing.
/// </summary>
public sealed class Commit(IDbContextFactory<ReviewDb> stores, WriteLane lane, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Does the work of <typeparamref name="TUseCase"/> as one change.</summary>
    /// <typeparam name="TUseCase">The use case; its <see cref="IUseCase.Needs"/> is asked of the actor.</typeparam>
    /// <typeparam name="T">What it gives back.</typeparam>
    /// <param name="actor">Who acts.</param>
    /// <param name="work">The change. It may be refused, and then nothing of it is saved.</param>
    /// <param name="cancel">Cancels while waiting or working, not once saving has begun.</param>
    public async Task<Answer<T>> Run<TUseCase, T>(Actor actor, Func<UnitOfWork, Task<Answer<T>>> work, CancellationToken cancel = default)
        where TUseCase : IUseCase => actor.May(TUseCase.Needs) ? await InLane(actor, work, cancel) : Refusals.NotPermitted;

    /// <summary>Does the same after a look at what nobody else changes meanwhile, so that reading it holds up no writer.</summary>
    /// <typeparam name="TUseCase">The use case.</typeparam>
    /// <typeparam name="TSeen">What the look gives.</typeparam>
    /// <typeparam name="T">What the change gives back.</typeparam>
    /// <param name="actor">Who acts.</param>
    /// <param name="look">Reads before the turn in the lane, outside the transaction.</param>
    /// <param name="work">The change.</param>
    /// <param name="cancel">Cancels while waiting or working, not once saving has begun.</param>
    public async Task<Answer<T>> Run<TUseCase, TSeen, T>(
        Actor actor, Func<ReviewDb, Task<TSeen>> look, Func<UnitOfWork, TSeen, Task<Answer<T>>> work, CancellationToken cancel = default)
        where TUseCase : IUseCase
    {
        if (!actor.May(TUseCase.Needs))
            return Refusals.NotPermitted;
        TSeen seen;
        await using (var before = await stores.CreateDbContextAsync(cancel))
        {
            before.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            seen = await look(before);
        }

        return await InLane(actor, unit => work(unit, seen), cancel);
    }

    private async Task<Answer<T>> InLane<T>(Actor actor, Func<UnitOfWork, Task<Answer<T>>> work, CancellationToken cancel)
    {
        IReadOnlyList<DomainEvent> happened = [];
        var answer = await lane.Write(
            async db =>
            {
                UnitOfWork unit = new(db, actor, time.GetUtcNow());
                var answer = await work(unit);
                if (answer.Refusal is null)
                    happened = await Save(unit);
                return (answer, answer.Refusal is null);
            },
            cancel);
        // Outside the lane, and when it is on the disk: whoever listens holds up no writer.
        feed.Tell(happened);
        return answer;
    }

    private static async Task<List<DomainEvent>> Save(UnitOfWork unit)
    {
        var db = unit.Db;
        db.ChangeTracker.DetectChanges();
        // Found once; every look at the entries would seek them again.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var happened = unit.TakeEvents();
        var deltas = RollupShares.Deltas(db.ChangeTracker);
        // The store forgets all of it after this: nothing needs to know that what was changed is now as it was read.
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, CancellationToken.None);
        var heads = await SqliteDialect.Heads(db, happened.Select(e => e.Stream).Distinct(StringComparer.Ordinal), CancellationToken.None);
        var links = AuditLog.Links(heads, happened, unit.Actor.Id, unit.Now);
        var work = happened.SelectMany(e => Effects.Of(e, unit.Now)).Select(e => new OutboxMessage(Guid.CreateVersion7(unit.Now), e.Topic, e.Key, e.DueAt));
        await SqliteDialect.Append(db, links, heads.Values, work, CancellationToken.None);
        await SqliteDialect.Add(db, deltas, CancellationToken.None);
        return happened;
    }
}

/// <summary>The door for reads: it asks for the permission that the query states, and gives a store that tracks nothing.</summary>
public sealed class Reads(IDbContextFactory<ReviewDb> stores)
{
    /// <summary>Answers <typeparamref name="TQuery"/>.</summary>
    /// <typeparam name="TQuery">The query; its <see cref="IUseCase.Needs"/> is asked of the actor.</typeparam>
    /// <typeparam name="T">What it gives back.</typeparam>
    public async Task<Answer<T>> Run<TQuery, T>(Actor actor, Func<ReviewDb, Task<Answer<T>>> query, CancellationToken cancel = default)
        where TQuery : IUseCase
    {
        if (!actor.May(TQuery.Needs))
            return Refusals.NotPermitted;
        await using var db = await stores.CreateDbContextAsync(cancel);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await query(db);
    }
}
