namespace ReviewConsole.Platform;

/// <summary>Whoever listens hears in their own context: the culture of whoever tells something is not that of whoever looks on.</summary>
public static class Listener
{
    /// <summary>The listener, to be called from anywhere.</summary>
    public static Action<T> AtHome<T>(Action<T> heard)
    {
        var home = ExecutionContext.Capture();
        return told =>
        {
            if (home is null)
                heard(told);
            else
                ExecutionContext.Run(home, _ => heard(told), null);
        };
    }
}
