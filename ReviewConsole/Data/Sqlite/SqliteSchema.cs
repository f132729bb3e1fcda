using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ReviewConsole.Data.Sqlite;

/// <summary>Brings the schema of the store up to date.</summary>
/// <remarks>
/// EF keeps its lock against a second migration as a row of the store: a process that is killed leaves it behind, and every later start would
/// wait for it without end. So the lock that counts is one on a file beside the store, which the system takes back from a dead process; whoever
/// has that one knows that a row is nobody's.
/// </remarks>
public static class SqliteSchema
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Does it, where anything is to be done.</summary>
    public static async Task BringUpToDate(ReviewDb db, CancellationToken cancel)
    {
        await using var alone = await Lock(db, cancel);
        // Migrating compares the whole model even where nothing is to be done, which would be a third of every start.
        if (!(await db.Database.GetPendingMigrationsAsync(cancel)).Any())
            return;
        await db.Database.ExecuteSqlRawAsync("""drop table if exists "__EFMigrationsLock" """, cancel);
        await db.Database.MigrateAsync(cancel);
    }

    private static async Task<FileStream> Lock(ReviewDb db, CancellationToken cancel)
    {
        var path = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource + ".migrating";
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Patience, cancel);
            }
        }
    }
}
