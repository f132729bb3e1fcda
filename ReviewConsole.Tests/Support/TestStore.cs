using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Shell;

namespace ReviewConsole.Tests.Support;

/// <summary>The product's services over a store of their own in a temporary folder, with a clock that the test turns. Nothing runs in the background.</summary>
public sealed class TestStore : IAsyncLifetime
{
    private string folder = "";
    private IHost host = null!;

    /// <summary>Monday 2026-11-23 13:26 in Shanghai, the moment of the reference screens.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 11, 23, 13, 26, 0, TimeSpan.FromHours(8));

    /// <summary>The clock, from <see cref="Beginning"/>.</summary>
    public FakeTimeProvider Time { get; } = new(Beginning);

    /// <summary>True where the test measures what a disk takes; otherwise the store stands in memory where there is room.</summary>
    public bool OnDisk { get; init; }

    /// <summary>Changes settings and services before the host is built.</summary>
    public Action<WebApplicationBuilder>? Setup { get; init; }

    // What these tests ask is not whether a disk keeps its word: in memory the suite takes a fraction of the time.
    private static string Temporary { get; } = RoomyMemory("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public IServiceProvider Services => host.Services;

    public string Folder => folder;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public Task<ReviewDb> Open() => Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();

    /// <summary>Does everything that is due in the outbox.</summary>
    public Task Drain() => Get<OutboxPump>().Drain(CancellationToken.None);

    public async Task InitializeAsync()
    {
        folder = Directory.CreateDirectory(Path.Combine(OnDisk ? Path.GetTempPath() : Temporary, $"review-test-{Guid.NewGuid():N}")).FullName;
        await EmptyStore.Put(folder);
        var builder = EmptyStore.Application(folder, Time);
        // What is drawn depends on a key that is new each time: only tests of second looks want it.
        builder.Configuration["Review:SecondLooks:AtMost"] = "0";
        Setup?.Invoke(builder);
        host = builder.Build();
        await ReviewConsoleApp.Prepare(host.Services, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        host.Dispose();
        SqliteConnection.ClearAllPools();
        await Task.Yield();
        Directory.Delete(folder, recursive: true);
    }

    private static bool RoomyMemory(string path) => Directory.Exists(path) && new DriveInfo(path).AvailableFreeSpace > 1_000_000_000;
}
