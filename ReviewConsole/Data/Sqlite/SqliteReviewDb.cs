using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using ReviewConsole.Data.Keys;

namespace ReviewConsole.Data.Sqlite;

/// <summary>The store on SQLite.</summary>
public sealed class SqliteReviewDb(DbContextOptions<SqliteReviewDb> options, FieldCipher cipher) : ReviewDb(options, cipher)
{
    /// <summary>Sets up the provider: one file, write-ahead log, every commit on the disk before it is acknowledged.</summary>
    public static void Configure(DbContextOptionsBuilder options, string file) => Configure(options.UseSqlite($"Data Source={file}"));

    /// <summary>The same over one connection, which the store neither opens nor closes once it is open.</summary>
    public static void Configure(DbContextOptionsBuilder options, SqliteConnection connection) => Configure(options.UseSqlite(connection));

    private static void Configure(DbContextOptionsBuilder options) =>
        // What belongs to one row is a handful, read in one statement; a count that ends at a bound needs no order.
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.MultipleCollectionIncludeWarning, CoreEventId.RowLimitingOperationWithoutOrderByWarning))
            .AddInterceptors(Once).ReplaceService<IModelCacheKeyFactory, CipherModelKey>().EnableThreadSafetyChecks(false);

    private static readonly Pragmas Once = new();

    private sealed class Pragmas : DbConnectionInterceptor
    {
        private const string Settings = "pragma busy_timeout=10000; pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;";

        // A connection that comes from the pool still has them: the native handle is the same.
        private readonly ConditionalWeakTable<SafeHandle, object> known = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (((SqliteConnection)connection).Handle is not { } handle || !known.TryAdd(handle, Settings))
                return;
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        // SQLite has nothing to wait for: its asynchronous methods are the synchronous ones.
        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}

/// <summary>For the migration tool: a model with a key of its own, no data.</summary>
internal sealed class SqliteReviewDbDesign : IDesignTimeDbContextFactory<SqliteReviewDb>
{
    public SqliteReviewDb CreateDbContext(string[] args)
    {
        DbContextOptionsBuilder<SqliteReviewDb> options = new();
        SqliteReviewDb.Configure(options, "design.db");
        KeyOptions keys = new() { Current = "d", BlindIndex = KeyRing.NewKey(), Encryption = { ["d"] = KeyRing.NewKey() } };
        return new(options.Options, new FieldCipher(new KeyRing(keys)));
    }
}
