using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Shell;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Data;

/// <summary>A store that was in use before supervision and calendars were is brought up to date with its cases in every state.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private const string Before = "Spine";
    private readonly TestStore store = new();
    private Casework work = null!;

    [Fact]
    public async Task Open_cases_of_an_older_store_keep_their_due_times_and_are_warned_of_once()
    {
        var closed = await work.Application();
        await work.Decide(closed, new(Outcome.Rejected, ["PHOTO_BLUR"]));
        await work.Settle();
        var overdue = await work.Application();
        var (late, paused, withdrawn) = (await work.Application(), await work.Application(), await work.Submission());
        store.Time.Advance(TimeSpan.FromHours(2));
        await work.Ask(paused);
        await work.Withdraw(withdrawn);
        store.Time.SetUtcNow(new(2026, 11, 23, 22, 0, 0, TimeSpan.FromHours(8)));
        var pressing = await work.Application();
        store.Time.SetUtcNow(new(2026, 11, 24, 3, 0, 0, TimeSpan.FromHours(8)));
        var half = await work.Submission();
        store.Time.SetUtcNow(new(2026, 11, 24, 19, 0, 0, TimeSpan.FromHours(8)));
        // Returned when it was overdue already: its clock does not pause.
        await work.Ask(late);
        var (fresh, claimed, held) = (await work.Application(), await work.Application(), await work.Application());
        await work.Open(claimed);
        await work.Claim(claimed);
        await work.Decide(held);
        var expected = await Clocks();
        Assert.Equal(10, expected.Count);

        await Migrate(Before);
        Assert.Empty((await Columns("Cases")).Intersect(["WarnAt", "Warned", "Took", "InHandSince", "Overturned"]));
        // Its numbers were counted by rules of then.
        await Sql("""update "Rollups" set "Count" = "Count" + 1 where "Metric" = 0; delete from "Rollups" where "Metric" > 5; pragma user_version = 0""");
        await ReviewConsoleApp.Prepare(store.Services, CancellationToken.None);

        // What stood in a column of its own was found again from what is older: the warnings not yet given, and how long a case took.
        Assert.Equal(expected, await Clocks());
        foreach (var id in new[] { overdue, late, pressing, half, fresh, claimed })
        {
            var found = await work.Case(id);
            Assert.Equal(found.DueAt, store.Get<ReviewConsole.Data.Clocks>().Of(found).Due(found.Ledger));
            Assert.Equal(found.HalfAt, found.WarnAt);
        }

        await using (var db = await store.Open())
            Assert.Equal(["PHOTO_BLUR"], await db.CaseReasons.Where(r => r.Case == closed).Select(r => r.Reason).ToListAsync());
        Assert.Equal(0, await Differing());
        Assert.Equal(3 + 3 + 2 + 1, (await store.Get<RaiseWarnings>().Handle()).Value);
        Assert.Equal(0, (await store.Get<RaiseWarnings>().Handle()).Value);
        var reader = await store.Services.AddStaffMember("reader", Roles.Reviewer);
        Assert.Equivalent(new[] { overdue, late, pressing, half }, (await store.Get<MessagesQuery>().Handle(reader)).Value.Single().Cases.Select(told => told.Id), strict: true);

        // What rested then is planned for when it runs on.
        await work.Resubmit(paused);
        await work.Undo(held);
        foreach (var id in new[] { paused, held })
        {
            var found = await work.Case(id);
            Assert.Equal(found.HalfAt, found.WarnAt);
        }

        store.Time.Advance(TimeSpan.FromHours(60));
        // Each of the nine that run has three to tell in all.
        Assert.Equal((3 * 8) - 9, (await store.Get<RaiseWarnings>().Handle()).Value);
        Assert.Equal(0, await Differing());
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        work = new(store);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task Migrate(string migration)
    {
        await using var db = await store.Open();
        await db.GetService<IMigrator>().MigrateAsync(migration);
    }

    private async Task Sql(string text)
    {
        await using var db = await store.Open();
        await db.Database.ExecuteSqlRawAsync(text);
    }

    private async Task<List<string>> Columns(string table)
    {
        await using var db = await store.Open();
        return await db.Database.SqlQuery<string>($"select name as Value from pragma_table_info({table})").ToListAsync();
    }

    /// <summary>How the clock of every case stands.</summary>
    private async Task<List<string>> Clocks()
    {
        await using var db = await store.Open();
        var cases = await db.Cases.AsNoTracking().OrderBy(c => c.Id).ToListAsync();
        return [.. cases.Select(c => string.Create(
            CultureInfo.InvariantCulture, $"{c.ReceiptNumber} {c.State} half {c.HalfAt:O} pressing {c.PressingAt:O} due {c.DueAt:O} warn {c.WarnAt:O} {c.Warned} paused {c.Paused} took {c.Took} ledger {c.Ledger.Count}"))];
    }

    private async Task<int> Differing() =>
        (await store.Get<RebuildRollups>().Handle(Actor.System("test") with { Permissions = [Permission.Administer] }, mend: false)).Value.Differing;
}
