namespace ReviewConsole.Platform;

/// <summary>For work that takes a whole processor or much memory: so much of it at once, the rest waits for its turn.</summary>
/// <param name="atOnce">How many work in one moment.</param>
public sealed class Turns(int atOnce) : IDisposable
{
    private readonly SemaphoreSlim free = new(atOnce);

    /// <summary>Does the work when it is its turn.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="cancel">Cancels the waiting.</param>
    public async Task<T> Take<T>(Func<Task<T>> work, CancellationToken cancel = default)
    {
        await free.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}
