using System.Net;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Tests.Features.Supervise;

/// <summary>The exports over HTTP: who gets them, what is recorded, and what is not there.</summary>
public sealed class ExportTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Fact]
    public async Task A_supervisor_gets_each_list_as_a_file_and_that_is_recorded_before()
    {
        await host.Services.AddStaffMember("exporter", Roles.Supervisor);
        using var client = await host.BrowseAs("exporter");
        foreach (var address in new[] { "queue.csv?queue=e-licence&show=Closed", "work.csv?show=Open&authority=粤", "reviewers.csv?days=30", "sla.csv?month=2026-11", "sla.xlsx", "second-looks.csv?show=All", "notices.csv?state=Dead", "search.csv?from=2026-01-01" })
        {
            using var answer = await client.GetAsync($"/exports/{address}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            if (address.Contains(".csv", StringComparison.Ordinal))
                Assert.Contains(',', (await answer.Content.ReadAsStringAsync()).Split("\r\n")[0]);
        }

        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        var who = $"staff:{await db.Users.Where(u => u.UserName == "exporter").Select(u => u.Id).SingleAsync()}";
        var recorded = await db.AuditEntries.Where(e => e.Kind == nameof(ListExported) && e.Actor == who).OrderBy(e => e.Id).Select(e => e.Payload).ToListAsync();
        Assert.Equal(8, recorded.Count);
        Assert.Contains("\"queue\"", recorded[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such.csv")]
    [InlineData("work.pdf")]
    [InlineData("work.csv?authority=川A")]
    [InlineData("queue.csv")]
    [InlineData("audit.csv")]
    [InlineData("users.csv")]
    [InlineData("clients.csv")]
    [InlineData("search.csv")]
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
    public async Task An_auditor_gets_the_log_whole_page_after_page_and_what_supervisors_act_on_not()
    {
        await host.Services.AddStaffMember("auditor", Roles.Auditor);
        for (var i = 0; i < ExportTable.RowsAtOnce + 10; i++)
            await host.Get<RecordExport>().Handle(Actor.System("test") with { Permissions = [Permission.Export] }, "work", "csv", null, "粤B", CancellationToken.None);
        using var client = await host.BrowseAs("auditor");
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/exports/work.csv")).StatusCode);
        Assert.Contains("\r\nauditor,auditor,启用,审计员,", await client.GetStringAsync("/exports/users.csv?role=Auditor"), StringComparison.Ordinal);

        var lines = (await client.GetStringAsync("/exports/audit.csv?who=system&kind=ListExported")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("行,时间,操作人,事项,内容,对象,事件流,校验码", lines[0].TrimStart('\uFEFF'));
        Assert.Equal(ExportTable.RowsAtOnce + 10, lines.Length - 1);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        var newest = await db.AuditEntries.Where(e => e.Kind == nameof(ListExported) && e.Actor == "system:test").OrderByDescending(e => e.Id).FirstAsync();
        Assert.StartsWith($"{newest.Id},", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($",system:exports,{newest.Hash}", lines[1], StringComparison.Ordinal);
        Assert.Contains("粤B", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_gets_the_api_clients_without_anything_of_their_keys()
    {
        await host.Services.AddStaffMember("keeper", Roles.Administrator);
        var key = await host.Services.NewKey();
        using var client = await host.BrowseAs("keeper");

        var lines = (await client.GetStringAsync("/exports/clients.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("名称,状态,权限,每分钟上限,最近使用,创建时间", lines[0].TrimStart('\uFEFF'));
        Assert.Contains(lines.Skip(1), line => line.Contains(",启用,", StringComparison.Ordinal));
        Assert.All(key.Split('_').Where(part => part.Length > 8), part => Assert.All(lines, line => Assert.DoesNotContain(part, line, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/exports/clients.xlsx")).StatusCode);
    }

    [Fact]
    public async Task What_was_found_by_a_text_comes_by_a_form_and_the_text_stands_in_no_address_and_no_log()
    {
        await host.Services.AddStaffMember("seeker", Roles.Supervisor | Roles.Administrator, ["浙"]);
        var ids = await host.Receive(Applicants.Application("浙A"), Applicants.Application("浙A"));
        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        var receipt = await db.Cases.Where(c => c.Id == new CaseId(ids[0])).Select(c => c.ReceiptNumber).SingleAsync();
        using var client = await host.BrowseAs("seeker");

        Assert.StartsWith($"{receipt},", Assert.Single(await Rows("/search", "/exports/search.csv", receipt)), StringComparison.Ordinal);
        Assert.StartsWith("seeker,", Assert.Single(await Rows("/users", "/exports/users.csv?state=Open", "eeke")), StringComparison.Ordinal);

        using (var forged = await client.PostAsync("/exports/search.csv", new FormUrlEncodedContent(new Dictionary<string, string> { ["text"] = receipt })))
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using (var addressed = await client.GetAsync($"/exports/search.csv?text={receipt}"))
            Assert.Equal(HttpStatusCode.NotFound, addressed.StatusCode);
        Assert.False(await db.AuditEntries.AnyAsync(e => e.Kind == nameof(ListExported) && (e.Payload.Contains(receipt) || e.Payload.Contains("eeke"))));

        async Task<string[]> Rows(string page, string export, string text)
        {
            using var answer = await client.Submit(page, "export", new() { ["text"] = text }, export);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
        }
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
