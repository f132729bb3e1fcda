using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Features.Audit;
using ReviewConsole.Shell;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Audit;

/// <summary>The verb that verifies the log, over a store of its own.</summary>
public sealed class VerifyAuditCommandTests : IAsyncLifetime
{
    private readonly TestStore store = new();

    [Fact]
    public async Task A_log_that_holds_is_counted_and_one_that_does_not_names_its_first_bad_row()
    {
        var id = await new Sample(store).ELicence();
        Assert.Equal((0, "5 rows in 3 streams hold"), await Run(store.Services));

        await using var db = await store.Open();
        await db.Database.ExecuteSqlAsync($"update AuditEntries set Actor = 'nobody' where Kind = 'CaseOpened'");
        var row = await db.AuditEntries.SingleAsync(e => e.Kind == "CaseOpened");
        Assert.Equal((1, $"first bad row: stream case:{id}, sequence {row.Sequence}, row {row.Id}: changed"), await Run(store.Services));
    }

    [Fact]
    public async Task It_only_reads_and_runs_while_a_writer_is_at_work()
    {
        await new Sample(store).ELicence();
        await using var db = await store.Open();
        await using var writing = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"update AuditEntries set Actor = 'nobody'");
        Assert.Equal((0, "5 rows in 3 streams hold"), await Run(store.Services));
    }

    [Fact]
    public async Task A_store_that_was_never_made_holds_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("review-empty-").FullName;
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
            builder.Configuration["Data:Folder"] = folder;
            ReviewConsoleApp.AddServices(builder);
            await using var app = builder.Build();
            Assert.Equal((0, "0 rows in 0 streams hold"), await Run(app.Services));
            Assert.False(File.Exists(Path.Combine(folder, "review.db")));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private static async Task<(int Code, string Output)> Run(IServiceProvider services)
    {
        RootCommand root = new() { VerifyAuditCommand.Make((verb, cancel) => verb(services, cancel)) };
        InvocationConfiguration console = new() { Output = new StringWriter(), Error = new StringWriter() };
        var code = await root.Parse("verify-audit").InvokeAsync(console);
        return (code, console.Output.ToString()!.TrimEnd());
    }
}
