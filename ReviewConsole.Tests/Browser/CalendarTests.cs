using System.Globalization;
using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Browser;

/// <summary>The administrator's way through a calendar in a real browser: upload, preview, apply.</summary>
public sealed class CalendarTests(ConsoleHost host, Support.Browser browser) : IClassFixture<ConsoleHost>, IClassFixture<Support.Browser>
{
    [BrowserFact]
    public async Task An_administrator_uploads_a_notice_sees_what_it_does_and_applies_it()
    {
        await host.Services.AddStaffMember("calendar", Roles.Administrator);
        List<string> faults = [];
        var page = await browser.OpenAs(host, "calendar", faults, "/calendar");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var path in new[] { "/calendar", "/calendar?tab=policies", "/calendar?tab=history", "/calendar?scope=粤" })
            {
                await page.GotoAsync(path);
                await page.WaitUntilInteractive();
                await NoFindings(page);
            }
        }

        // The host's clock is the machine's: the year after next is never loaded.
        var year = Shanghai.DateOf(TimeProvider.System.GetUtcNow()).Year + 2;
        var day = string.Create(CultureInfo.InvariantCulture, $"{year}-05-03");
        await page.GotoAsync($"/calendar?year={year}");
        await page.WaitUntilInteractive();
        await page.SetInputFilesAsync("#calendar-file", File("bad.csv", $"date,type,name\n{day},no,劳动节\n"));
        await Assertions.Expect(page.GetByTestId("problems")).ToContainTextAsync("第 2 行");
        await page.SetInputFilesAsync("#calendar-file", File("good.csv", $"date,type,name\n{day},off,劳动节\n"));
        await page.GetByTestId("preview").ClickAsync();
        await page.GetByTestId("previewed").WaitForAsync();
        await NoFindings(page);
        await page.GetByTestId("apply").ClickAsync();
        await page.GetByTestId("told").WaitForAsync();
        Assert.False(host.Get<Clocks>().Current.IsBusinessDay(new(year, 5, 3)));
        Assert.True(host.Get<Clocks>().Current.HasYear(year));
        await Assertions.Expect(page.GetByTestId("revisions")).ToContainTextAsync("已完成");
        Assert.Empty(faults);
    }

    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static async Task NoFindings(IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{page.Url} {v.Id}: {string.Join("; ", v.Nodes.Select(n => n.Html))}")));
    }
}
