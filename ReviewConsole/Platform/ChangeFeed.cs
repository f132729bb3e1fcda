using ReviewConsole.Domain;

namespace ReviewConsole.Platform;

/// <summary>Tells the pages and workers of this process what was committed, after it was.</summary>
/// <remarks>A listener that fails or is slow must not hold up the writer: it gets the events on its own time by keeping them short and posting on.</remarks>
public sealed class ChangeFeed(ILogger<ChangeFeed> log)
{
    private readonly Lock gate = new();
    private Action<IReadOnlyList<DomainEvent>>[] listeners = [];

    /// <summary>Listens until the result is disposed.</summary>
    public IDisposable Listen(Action<IReadOnlyList<DomainEvent>> heard)
    {
        var listener = Listener.AtHome(heard);
        lock (gate)
            listeners = [.. listeners, listener];
        return new Listening(this, listener);
    }

    /// <summary>Tells everybody.</summary>
    public void Tell(IReadOnlyList<DomainEvent> happened)
    {
        if (happened.Count == 0)
            return;
        foreach (var listener in Volatile.Read(ref listeners))
        {
            try
            {
                listener(happened);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Failed(fault);
            }
        }
    }

    /// <summary>Notes that somebody could not do what was to follow from what was told.</summary>
    public void Failed(Exception fault) => log.LogWarning(fault, "A listener of the change feed failed");

    private sealed class Listening(ChangeFeed feed, Action<IReadOnlyList<DomainEvent>> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (feed.gate)
                feed.listeners = [.. feed.listeners.Where(other => other != listener)];
        }
    }
}
