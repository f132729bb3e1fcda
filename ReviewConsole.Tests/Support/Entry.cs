using ReviewConsole.Tests.Photos;
using ReviewConsole.Tests.Ratios.Counter;

namespace ReviewConsole.Tests.Support;

/// <summary>The test assembly's own entry, for what runs in a process of its own; the test runner does not use it.</summary>
public static class Entry
{
    /// <summary>Serves the counter, or breaks pictures.</summary>
    public static int Main(string[] words)
    {
        if (words is not [CounterHost.Word, .. var settings])
            return MutatedPictures.Do(words);
        CounterHost.Serve(settings);
        return 0;
    }
}
