using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ReviewConsole.Data.Keys;
using ReviewConsole.Shell;

namespace ReviewConsole.Tests.Support;

/// <summary>A store that is up to date and empty. It is made once a run and copied, and all have the same keys: making tables, models and queries takes longer than most tests.</summary>
internal static class EmptyStore
{
    private static readonly Lazy<Task<byte[]>> Made = new(Make);

    /// <summary>The keys of every store, as settings.</summary>
    public static IReadOnlyDictionary<string, string?> Keys { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Keys:Current"] = "t",
        ["Keys:Encryption:t"] = KeyRing.NewKey(),
        ["Keys:BlindIndex"] = KeyRing.NewKey(),
    };

    /// <summary>Puts one into a folder.</summary>
    public static async Task Put(string folder) => await File.WriteAllBytesAsync(Path.Combine(folder, "review.db"), await Made.Value);

    /// <summary>The application over a folder, silent, with the keys that all have and a clock of the test's.</summary>
    public static WebApplicationBuilder Application(string folder, TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["Data:Folder"] = folder;
        foreach (var (key, value) in Keys)
            builder.Configuration[key] = value;
        builder.Logging.ClearProviders();
        ReviewConsoleApp.AddServices(builder);
        builder.Services.AddSingleton(time);
        return builder;
    }

    private static async Task<byte[]> Make()
    {
        var folder = Directory.CreateTempSubdirectory("review-empty-");
        try
        {
            await using (var host = Application(folder.FullName, new FakeTimeProvider(TestStore.Beginning)).Build())
                await ReviewConsoleApp.Prepare(host.Services, CancellationToken.None);
            SqliteConnection.ClearAllPools();
            return await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "review.db"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
