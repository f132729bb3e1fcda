using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Keys;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Data.Sqlite;

namespace ReviewConsole.Data;

/// <summary>Where the data is, section <c>Data</c>.</summary>
public sealed class DataSettings
{
    /// <summary>Folder of database, pictures and, in Development, keys. Relative to the folder that the program is started in; <c>data</c>.</summary>
    public string Folder { get; set; } = "data";
}

/// <summary>Puts the store together.</summary>
public static class DataServices
{
    /// <summary>Adds database, keys, picture store, the two doors and the outbox.</summary>
    /// <exception cref="KeysMissingException">Outside Development, without keys in the configuration.</exception>
    public static IServiceCollection AddStore(this IServiceCollection services, IConfiguration configuration, bool development)
    {
        var folder = Path.GetFullPath((configuration.GetSection("Data").Get<DataSettings>() ?? new()).Folder);
        Directory.CreateDirectory(folder);
        var database = Path.Combine(folder, "review.db");
        var keys = configuration.GetSection("Keys").Get<KeyOptions>() ?? new();
        if (development && keys.Encryption.Count == 0)
            keys = KeyRing.DevelopmentFile(Path.Combine(folder, "keys.json"));
        FieldCipher cipher = new(new KeyRing(keys));

        services.AddSingleton(cipher);
        services.AddSingleton(new StoreFiles(folder));
        services.AddSingleton(new PictureStore(Path.Combine(folder, "pictures"), cipher));
        services.AddPooledDbContextFactory<SqliteReviewDb>(options => SqliteReviewDb.Configure(options, database));
        services.AddSingleton<IDbContextFactory<ReviewDb>, AnyReviewDb>();
        services.AddScoped<ReviewDb>(provider => provider.GetRequiredService<IDbContextFactory<SqliteReviewDb>>().CreateDbContext());
        services.AddSingleton<WriteLane>();
        services.AddSingleton(_ => new SqliteWriter(database, cipher));
        services.AddSingleton<Commit>();
        services.AddSingleton<Reads>();
        services.AddSingleton<RebuildRollups>();
        services.AddSingleton<VerifyAudit>();
        services.AddSingleton<Clocks>();
        services.AddSingleton<ApprovalBar>();
        services.AddSingleton<StaffActors>();
        services.AddSingleton<OutboxPump>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxPump>());
        services.AddHostedService<PictureSweep>();
        return services;
    }

    private sealed class AnyReviewDb(IDbContextFactory<SqliteReviewDb> stores) : IDbContextFactory<ReviewDb>
    {
        public ReviewDb CreateDbContext() => stores.CreateDbContext();

        public async Task<ReviewDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await stores.CreateDbContextAsync(cancellationToken);
    }
}
