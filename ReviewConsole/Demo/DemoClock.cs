namespace ReviewConsole.Demo;

/// <summary>A clock that the seed turns, so that the demo's requests came in, were decided and fell due at times of their own.</summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Goes on to a moment; it never goes back.</summary>
    public void GoTo(DateTimeOffset moment) => now = moment > now ? moment : now;
}
