using ReviewConsole.Domain;
using ReviewConsole.Platform;

namespace ReviewConsole.Ui;

/// <summary>
/// Renews a page when something that concerns it was committed, four times a second at most, and every half minute: what falls due does so without
/// anybody doing anything. What fails is noted and tried again.
/// </summary>
/// <remarks>Made before the page reads for the first time (<c>OnInitialized</c>, where it is interactive): what is committed between the reading and the moment at which the browser has the page would be missed otherwise.</remarks>
public sealed class Renewal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly TimeSpan calm;
    private readonly IDisposable listening;
    private readonly ITimer ticking;
    private readonly ITimer burst;
    private int changed;
    private int renewing;
    private volatile bool left;

    /// <summary>Begins to listen.</summary>
    /// <param name="feed">Tells what was committed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="concerns">Whether an event concerns the page.</param>
    /// <param name="renew">Renews it, in its own context. That the page is left meanwhile harms nobody.</param>
    /// <param name="coalesce">How long after the first of several changes it is renewed with all of them; a quarter of a second where it is not said.</param>
    /// <param name="tick">How often it is renewed where nothing happens; every half minute where it is not said.</param>
    public Renewal(ChangeFeed feed, TimeProvider time, Func<DomainEvent, bool> concerns, Func<Task> renew, TimeSpan? coalesce = null, TimeSpan? tick = null)
    {
        calm = coalesce ?? TimeSpan.FromMilliseconds(250);
        var every = tick ?? TimeSpan.FromSeconds(30);
        // Changes come in bursts: one renewal answers all of them.
        burst = time.CreateTimer(_ => Renew(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ticking = time.CreateTimer(_ => _ = UnlessLeft(), null, every, every);
        listening = feed.Listen(happened =>
        {
            if (happened.Any(concerns))
                Soon();
        });

        void Renew()
        {
            Interlocked.Exchange(ref changed, 0);
            _ = UnlessLeft();
        }

        async Task UnlessLeft()
        {
            if (left)
                return;
            // One after the other: of two readings the older could end last, and where reading is slow more of them would only make it slower.
            if (Interlocked.Exchange(ref renewing, 1) == 1)
            {
                Soon();
                return;
            }

            try
            {
                await renew();
            }
            catch (Exception fault) when (left || fault is ObjectDisposedException)
            {
                // The page was left meanwhile, or the application ends: nobody looks.
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // What is shown would stay as it was, and nobody would know.
                feed.Failed(fault);
                Soon(Patience);
            }
            finally
            {
                Interlocked.Exchange(ref renewing, 0);
            }
        }
    }

    /// <summary>Renews the page with what comes in the next moments.</summary>
    public void Soon() => Soon(calm);

    /// <inheritdoc/>
    public void Dispose()
    {
        left = true;
        listening.Dispose();
        ticking.Dispose();
        burst.Dispose();
    }

    private void Soon(TimeSpan after)
    {
        if (!left && Interlocked.Exchange(ref changed, 1) == 0)
            burst.Change(after, Timeout.InfiniteTimeSpan);
    }
}
