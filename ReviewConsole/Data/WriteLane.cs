using System.Collections.Concurrent;
using ReviewConsole.Data.Sqlite;

namespace ReviewConsole.Data;

/// <summary>
/// One writer at a time, first come first served: SQLite has one anyway, and waiting in line is fairer and faster than racing for its lock. Those who stand in
/// line together share one trip to the disk, and none of them is told anything before it is made.
/// </summary>
public sealed class WriteLane(SqliteWriter writer) : IDisposable
{
    /// <summary>So many changes share a trip at most: nobody waits for more than these.</summary>
    private const int Most = 16;
    private const string Turn = "turn";
    private readonly ConcurrentQueue<Change> line = new();
    private int moving;
    private volatile bool closed;

    /// <summary>Writes in turn. What it gives is on the disk when this returns; what is not to be kept, or throws, leaves no trace and harms nobody else in line.</summary>
    /// <param name="change">Works on the store inside the transaction, and says whether to keep what it did.</param>
    /// <param name="cancel">Cancels the change before its turn, or within.</param>
    /// <exception cref="ObjectDisposedException">The application ends; nothing was written.</exception>
    public Task<T> Write<T>(Func<ReviewDb, Task<(T Result, bool Keep)>> change, CancellationToken cancel)
    {
        Change<T> mine = new(change, cancel);
        line.Enqueue(mine);
        if (Interlocked.Exchange(ref moving, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(lane => _ = lane.Move(), this, preferLocal: false);
        if (closed)
            TurnAway();
        return mine.Done;
    }

    /// <summary>Ends it, before the store goes: who is under way gets there, who comes later is turned away.</summary>
    public void Dispose()
    {
        if (closed)
            return;
        closed = true;
        SpinWait.SpinUntil(() => Interlocked.Exchange(ref moving, 1) == 0);
        TurnAway();
    }

    private void TurnAway()
    {
        while (line.TryDequeue(out var late))
            late.Fail(new ObjectDisposedException(nameof(WriteLane)));
    }

    private async Task Move()
    {
        do
        {
            while (!line.IsEmpty)
                await Trip();
            Volatile.Write(ref moving, 0);
        }
        while (!line.IsEmpty && Interlocked.Exchange(ref moving, 1) == 0);
    }

    private async Task Trip()
    {
        List<Change> aboard = [];
        try
        {
            var db = await writer.Open();
            await using var transaction = await db.Database.BeginTransactionAsync();
            while (aboard.Count < Most && line.TryDequeue(out var next))
            {
                aboard.Add(next);
                db.ChangeTracker.Clear();
                db.ChangeTracker.AutoDetectChangesEnabled = true;
                await transaction.CreateSavepointAsync(Turn);
                if (!await next.Do(db))
                    await transaction.RollbackToSavepointAsync(Turn);
            }

            await transaction.CommitAsync();
        }
        catch (Exception failed)
        {
            // A full disk, for instance, undoes the whole transaction: then nothing of it is there for anybody. Where not even the store opens, the first in line is told so.
            if (aboard.Count == 0 && line.TryDequeue(out var first))
                aboard.Add(first);
            foreach (var change in aboard)
                change.Fail(failed);
        }

        // Also what is refused is told now: it may be so because of what another did in the same trip.
        foreach (var change in aboard)
            change.Tell();
    }

    /// <summary>A change that stands in line.</summary>
    private abstract class Change
    {
        /// <summary>Does it; false where nothing of it is to be kept.</summary>
        public abstract Task<bool> Do(ReviewDb db);

        public abstract void Fail(Exception failed);

        public abstract void Tell();
    }

    private sealed class Change<T>(Func<ReviewDb, Task<(T Result, bool Keep)>> work, CancellationToken cancel) : Change
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ExecutionContext? here = ExecutionContext.Capture();
        private T result = default!;

        public Task<T> Done => done.Task;

        public override async Task<bool> Do(ReviewDb db)
        {
            try
            {
                cancel.ThrowIfCancellationRequested();
                (result, var keep) = await AsWhoAsked(db);
                return keep;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                done.TrySetCanceled(cancel);
            }
            catch (Exception failed)
            {
                done.TrySetException(failed);
            }

            return false;
        }

        public override void Fail(Exception failed) => done.TrySetException(failed);

        public override void Tell() => done.TrySetResult(result);

        // Language and scopes of the log are those of who stands in line, not of who moves it.
        private Task<(T Result, bool Keep)> AsWhoAsked(ReviewDb db)
        {
            if (here is null)
                return work(db);
            Task<(T, bool)>? doing = null;
            ExecutionContext.Run(here, _ => doing = work(db), null);
            return doing!;
        }
    }
}
