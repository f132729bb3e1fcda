using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ReviewConsole.Data.Keys;

namespace ReviewConsole.Data.Sqlite;

/// <summary>The store on SQLite.</summary>
public sealed class SqliteReviewDb(DbContextOptions<SqliteReviewDb> options, FieldCipher cipher) : ReviewDb(options, cipher)
{
    /// <summary>Sets up the provider: one file, write-ahead log, every commit on the disk before it is acknowledged.</summary>
    public static void Configure(DbContextOptionsBuilder options, string file) =>
        options.UseSqlite($"Data Source={file}").AddInterceptors(new Pragmas());

    private sealed class Pragmas : DbConnectionInterceptor
    {
        private const string Settings = "pragma busy_timeout=10000; pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            await command.ExecuteNonQueryAsync(cancellationToken);
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
