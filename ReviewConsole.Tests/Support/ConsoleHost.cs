using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ReviewConsole.Tests.Support;

/// <summary>The real application on a real loopback port, with a store of its own in a temporary folder and without demo data.</summary>
public sealed class ConsoleHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("review-host-").FullName;

    /// <summary>Settings that a test changes before the first use, for instance <c>Review:HoldSeconds</c>.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Changes the services before the first use.</summary>
    public Action<IServiceCollection>? Change { get; set; }

    /// <summary>Address of the running application.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        await EmptyStore.Put(folder);
        UseKestrel(0);
        StartServer();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        SqliteConnection.ClearAllPools();
        // A page that nobody closed may read once more meanwhile, which makes files again.
        await InTime.Holds(Deleted);
    }

    private bool Deleted()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Data:Folder", folder);
        foreach (var (key, value) in EmptyStore.Keys)
            builder.UseSetting(key, value);
        // All tests come from one address.
        builder.UseSetting("Rates:SignInsPerMinute", "100000");
        builder.UseSetting("Rates:WrongKeysPerMinute", "100000");
        // What is drawn depends on a key that is new each time.
        builder.UseSetting("Review:SecondLooks:AtMost", "0");
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => Change?.Invoke(services));
    }
}
