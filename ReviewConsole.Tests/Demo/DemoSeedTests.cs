using Microsoft.EntityFrameworkCore;
using ReviewConsole.Demo;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Shell;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Demo;

public sealed class DemoSeedTests : IAsyncLifetime
{
    private readonly TestStore store = new();

    [Fact]
    public async Task A_demo_is_made_by_the_use_cases_of_everybody_and_none_of_them_refuses()
    {
        const int Requests = 40;
        string[] settings = [.. EmptyStore.Keys.Select(pair => $"--{pair.Key}={pair.Value}"), $"--Data:Folder={store.Folder}", "--Review:SecondLooks:Share=1", "--environment=Development"];

        await DemoSeed.Run(settings, ReviewConsoleApp.AddServices, TestStore.Beginning, TextWriter.Null, CancellationToken.None, Requests);

        await using var db = await store.Open();
        Assert.Equal(DemoSeed.Accounts.Select(account => account.User).Order(StringComparer.Ordinal), (await db.Users.Select(u => u.UserName!).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(Requests, await db.Cases.CountAsync(c => c.Original == null));
        Assert.False(await db.Cases.AnyAsync(c => c.State == CaseState.Received));
        Assert.Equal(6, await db.Cases.CountAsync(c => c.Original != null && c.State == CaseState.Closed));
        Assert.False(await db.Outbox.AnyAsync(m => m.Failures > 0));
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();
}
