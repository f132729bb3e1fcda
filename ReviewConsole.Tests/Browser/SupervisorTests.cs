using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;

namespace ReviewConsole.Tests.Browser;

/// <summary>A supervisor's way in a real browser: sees what presses, gives it to somebody, takes the list along; axe finds nothing in either theme.</summary>
public sealed class SupervisorTests(ConsoleHost host, Support.Browser browser) : IClassFixture<ConsoleHost>, IClassFixture<Support.Browser>
{
    [BrowserFact]
    public async Task A_supervisor_sees_gives_and_takes_along()
    {
        var worker = await host.Services.AddStaffMember("worker", Roles.Reviewer);
        await host.Services.AddStaffMember("chief", Roles.Supervisor);
        await host.Receive(Applicants.Application(), Applicants.Application());
        List<string> faults = [];
        var page = await browser.OpenAs(host, "chief", faults);
        await page.IsAt("/dashboard");
        await page.WaitUntilInteractive();
        await Assertions.Expect(page.GetByTestId("kpi-overdue")).ToContainTextAsync("在办共 2 件");

        await page.SelectOptionAsync(".pick", "Open");
        await page.IsAt("/dashboard?show=Open");
        await page.Locator(".worklist tbody input").First.CheckAsync();
        await Choose(page, "t");
        await page.GetByTestId("act-person").SelectOptionAsync($"{worker.Staff}");
        await page.GetByTestId("act-preview").ClickAsync();
        await page.GetByTestId("act-confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("act-summary")).ToContainTextAsync("已办 1 件");
        await page.GetByTestId("act-close").ClickAsync();
        await Assertions.Expect(page.Locator(".worklist tbody tr").First).ToContainTextAsync("worker（待接手）");
        await using (var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync())
            Assert.Equal(1, await db.Cases.CountAsync(c => c.Holder == worker.Reviewer && c.Prefetched));
        Assert.Null((await host.Get<ClaimNext>().Handle(worker, Queues.ELicence)).Refusal);

        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(".exports a[href*='.csv']"));
        var csv = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Equal(3, csv.Length);
        file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(".exports a[href*='.xlsx']"));
        await using (var zip = await ZipFile.OpenReadAsync(await file.PathAsync()))
            Assert.Contains(zip.Entries, entry => entry.FullName == "xl/worksheets/sheet1.xml");
        await using (var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync())
            Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.Kind == nameof(ListExported)));

        await page.GetByTestId("reasoning-toggle").ClickAsync();
        await page.ClickAsync(".as-table summary");
        await page.Locator(".worklist tbody input").Last.CheckAsync();
        await Choose(page, "u");
        await page.GetByTestId("act-summary").WaitForAsync();
        await page.NoFindings();

        var mine = await browser.OpenAs(host, "worker", faults, "/my-day");
        await mine.NoFindings();
        Assert.Empty(faults);
    }

    /// <summary>Presses the key of an action once the page knows what is chosen.</summary>
    private static async Task Choose(IPage page, string key)
    {
        await Assertions.Expect(page.Locator($"[data-key=Key{key.ToUpperInvariant()}]")).ToBeEnabledAsync();
        await page.Keyboard.PressAsync(key);
    }
}
