using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Platform;

namespace ReviewConsole.Data.Outbox;

/// <summary>Does the work of one topic of the outbox.</summary>
public interface IOutboxWorker
{
    /// <summary>The topic, one of <see cref="Effects"/>.</summary>
    string Topic { get; }

    /// <summary>How many messages are worked on at once.</summary>
    int Parallelism { get; }

    /// <summary>
    /// Does the work. It may be called again for the same message after a crash or a failure, so it must not have its effect twice: the message is
    /// finished with <see cref="OutboxTicket.Finish"/> in the same commit as the effect. An exception puts the message off.
    /// </summary>
    Task Work(OutboxTicket ticket, CancellationToken cancel);
}

/// <summary>A message in work.</summary>
public sealed class OutboxTicket(OutboxMessage message)
{
    /// <summary>What the work is about.</summary>
    public string Key => message.Key;

    /// <summary>How often it failed before.</summary>
    public int Failures => message.Failures;

    /// <summary>Removes the message in the commit of its effect. False where it was done already: then there is no effect to have.</summary>
    public async Task<bool> Finish(UnitOfWork unit)
    {
        var row = await unit.Db.Outbox.FindAsync(message.Id);
        if (row is null)
            return false;
        unit.Db.Outbox.Remove(row);
        return true;
    }

    /// <summary>Puts the message off in the same commit as what is noted about the failure. False where it was done already.</summary>
    public async Task<bool> PutOff(UnitOfWork unit, string fault)
    {
        var row = await unit.Db.Outbox.FindAsync(message.Id);
        row?.PutOff(fault, unit.Now);
        return row is not null;
    }

    /// <summary>Lets the message rest until its work can be done.</summary>
    public async Task Rest(UnitOfWork unit, DateTimeOffset until)
    {
        var row = await unit.Db.Outbox.FindAsync(message.Id);
        row?.Rest(until);
    }
}

/// <summary>Hands due messages of the outbox to their workers, for as long as the process lives. What a crash interrupts is done after the restart.</summary>
public sealed class OutboxPump(
    IDbContextFactory<ReviewDb> stores, Commit commit, ChangeFeed feed, IEnumerable<IOutboxWorker> workers, TimeProvider time, ILogger<OutboxPump> log)
    : BackgroundService, IUseCase
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, IOutboxWorker> byTopic = workers.ToDictionary(w => w.Topic, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, Task> inWork = new();
    private readonly SemaphoreSlim wake = new(0, 1);

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>Works until nothing is due any more; for start-up work and tests that must not wait.</summary>
    public async Task Drain(CancellationToken cancel)
    {
        // Looked at before the store is read: what ends meanwhile may have left more to do.
        for (var idle = inWork.IsEmpty; await Start(cancel) > 0 || !idle; idle = inWork.IsEmpty)
            await Task.WhenAny(Task.WhenAll(inWork.Values), Task.Delay(10, cancel));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = feed.Listen(_ => Wake());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Start(stoppingToken);
                await wake.WaitAsync(Idle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                log.LogError(fault, "The outbox could not be read; trying again");
                await Task.Delay(Idle, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(inWork.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    private void Wake()
    {
        try
        {
            if (wake.CurrentCount == 0)
                wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two wakers at once: it is awake.
        }
    }

    private async Task<int> Start(CancellationToken cancel)
    {
        await using var db = await stores.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var started = 0;
        // Looked at before the store is read: what ends between the reading and this would be done once more by what had been read of it before.
        var working = inWork.Keys.ToHashSet();
        // Topic by topic: thousands of pictures to measure must not keep a decision from taking effect.
        foreach (var worker in byTopic.Values)
        {
            // A slot that a finished message leaves is filled at its end, by waking the loop.
            var free = worker.Parallelism - Busy(worker.Topic);
            if (free <= 0)
                continue;
            var due = await db.Outbox.AsNoTracking().Where(m => m.Topic == worker.Topic && m.DueAt <= now)
                .OrderBy(m => m.DueAt).Take(2 * worker.Parallelism).ToListAsync(cancel);
            foreach (var message in due.Where(m => !working.Contains(m.Id)).Take(free))
            {
                busy.AddOrUpdate(worker.Topic, 1, (_, n) => n + 1);
                TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
                inWork[message.Id] = ended.Task;
                _ = Task.Run(() => Work(worker, message, ended, cancel), CancellationToken.None);
                started++;
            }
        }

        return started;
    }

    private readonly ConcurrentDictionary<string, int> busy = new(StringComparer.Ordinal);

    private int Busy(string topic) => busy.GetValueOrDefault(topic);

    private async Task Work(IOutboxWorker worker, OutboxMessage message, TaskCompletionSource ended, CancellationToken cancel)
    {
        try
        {
            await worker.Work(new OutboxTicket(message), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping: the message is still there for the next start.
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Only the kind: a message text may hold what was in the row.
            log.LogWarning("Work {Topic} failed for {Key}: {Fault}", message.Topic, message.Key, fault.GetType().Name);
            await PutOff(message, fault.GetType().Name, cancel);
        }
        finally
        {
            busy.AddOrUpdate(worker.Topic, 0, (_, n) => n - 1);
            inWork.TryRemove(message.Id, out _);
            ended.SetResult();
            Wake();
        }
    }

    private async Task PutOff(OutboxMessage message, string why, CancellationToken cancel)
    {
        try
        {
            await commit.Run<OutboxPump, Done>(Actor.System("outbox"), async unit =>
            {
                await new OutboxTicket(message).PutOff(unit, why);
                return default(Done);
            }, CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The store itself is in trouble; without a pause the same message would be taken again at once.
            log.LogError("Work {Topic} could not be put off: {Fault}", message.Topic, fault.GetType().Name);
            await Task.Delay(Idle, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
