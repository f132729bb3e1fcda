using System.Runtime.CompilerServices;

namespace ReviewConsole.Tests.Support;

/// <summary>Waits for what is so a moment later, as long as a busy machine may need; what never comes fails by name.</summary>
internal static class InTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task Holds(Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Longest, $"After {Longest.TotalSeconds} s this did not hold: {what}");
            await Task.Delay(20);
        }
    }

    public static Task Holds(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string what = "") => Holds(() => Task.FromResult(holds()), what);
}
