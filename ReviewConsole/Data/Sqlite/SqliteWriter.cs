using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Keys;

namespace ReviewConsole.Data.Sqlite;

/// <summary>
/// The store of whoever has the turn in the write lane: always the same one, over the same connection. What SQLite keeps in memory of the file is good
/// until another connection writes, so the one that writes finds its pages there.
/// </summary>
public sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteReviewDb db;

    /// <summary>Opens nothing yet.</summary>
    public SqliteWriter(string file, FieldCipher cipher)
    {
        connection = new($"Data Source={file};Pooling=False");
        DbContextOptionsBuilder<SqliteReviewDb> options = new();
        SqliteReviewDb.Configure(options, connection);
        db = new(options.Options, cipher);
        // What is to be undone in part is the lane's to say.
        db.Database.AutoSavepointsEnabled = false;
    }

    /// <summary>The store. Only for the lane.</summary>
    public async Task<ReviewDb> Open()
    {
        await db.Database.OpenConnectionAsync();
        return db;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        db.Dispose();
        connection.Dispose();
    }
}
