using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Data;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Data;

public sealed class SchemaTests
{
    [Fact]
    public async Task A_start_that_was_killed_while_it_made_the_store_does_not_keep_the_next_one_waiting()
    {
        await using ConsoleProcess console = new();
        Directory.CreateDirectory(console.Data);
        await using (SqliteConnection left = new($"Data Source={Path.Combine(console.Data, "review.db")}"))
        {
            await left.OpenAsync();
            await using var command = left.CreateCommand();
            command.CommandText = """
                create table "__EFMigrationsLock" ("Id" integer not null primary key, "Timestamp" text not null);
                insert into "__EFMigrationsLock" values (1, '2026-11-23 05:26:00')
                """;
            await command.ExecuteNonQueryAsync();
        }

        // Two that start at once: one makes the schema, the other finds it made.
        var cases = await Task.WhenAll(Cases(), Cases()).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([0, 0], cases);

        Task<int> Cases() => Task.Run(() => console.InStore(async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
            return await db.Cases.CountAsync();
        }));
    }
}
