using System.Net;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Supervise;

/// <summary>The exports over HTTP: who gets them, what is recorded, and what is not there.</summary>
public sealed class ExportTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Fact]
    public async Task A_supervisor_gets_each_list_as_a_file_and_that_is_recorded_before()
    {
        await host.Services.AddStaffMember("exporter", Roles.Supervisor);
        using var client = await host.BrowseAs("exporter");
        foreach (var address in new[] { "queue.csv?queue=e-licence&show=Closed", "work.csv?show=Open&authority=粤", "reviewers.csv?days=30", "sla.csv?month=2026-11", "sla.xlsx" })
        {
            using var answer = await client.GetAsync($"/exports/{address}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            if (address.Contains(".csv", StringComparison.Ordinal))
                Assert.Contains(',', (await answer.Content.ReadAsStringAsync()).Split("\r\n")[0]);
        }

        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        var recorded = await db.AuditEntries.Where(e => e.Kind == nameof(ListExported)).OrderBy(e => e.Id).Select(e => e.Payload).ToListAsync();
        Assert.Equal(5, recorded.Count);
        Assert.Contains("\"queue\"", recorded[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such.csv")]
    [InlineData("work.pdf")]
    [InlineData("work.csv?authority=川A")]
    [InlineData("queue.csv")]
    public async Task What_is_not_there_or_out_of_reach_is_not_found(string address)
    {
        await host.Services.AddStaffMember($"finder{Guid.NewGuid():N}"[..20], Roles.Supervisor);
        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        var name = await db.Users.Where(u => u.UserName!.StartsWith("finder")).OrderByDescending(u => u.Id).Select(u => u.UserName).FirstAsync();
        using var client = await host.BrowseAs(name!);
        using var answer = await client.GetAsync($"/exports/{address}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_reviewer_gets_none()
    {
        await host.Services.AddStaffMember("taker", Roles.Reviewer);
        using var client = await host.BrowseAs("taker");
        using var answer = await client.GetAsync("/exports/queue.csv?queue=e-licence");
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }
}
