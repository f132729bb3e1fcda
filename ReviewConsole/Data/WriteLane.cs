namespace ReviewConsole.Data;

/// <summary>One writer at a time, first come first served. SQLite has one writer anyway: waiting in line is fairer and faster than racing for its lock.</summary>
public sealed class WriteLane : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Waits for the turn; dispose the result to leave the lane.</summary>
    public async ValueTask<IDisposable> Enter(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        return new Turn(turn);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                turn.Release();
        }
    }
}
