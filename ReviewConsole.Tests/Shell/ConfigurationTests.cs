using System.Collections.Concurrent;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Shell;

/// <summary>A configuration that cannot work is refused before anything is served, in words and without a stack.</summary>
public sealed class ConfigurationTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> said = [];
    private readonly ConsoleProcess console;

    public ConfigurationTests() => console = new(said.Enqueue);

    [Theory]
    [InlineData("Notify:Sms:Url", "http://127.0.0.1:9", "Notify:Sms")]
    [InlineData("Review:HoldSeconds", "-1", "HoldSeconds")]
    [InlineData("Keys:BlindIndex", "", "Keys:BlindIndex")]
    [InlineData("Review:SecondLooks:Dissent", "1.5", "Dissent")]
    [InlineData("Review:SecondLooks:ShareOf:id-photo", "-1", "id-photo")]
    public async Task A_setting_that_cannot_work_is_named(string setting, string value, string named)
    {
        console.Settings[setting] = value;

        Assert.Equal(2, await console.Verb());

        Assert.Contains(said, line => line.Contains(named, StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(console.Data, "review.db")));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await console.DisposeAsync();
}
