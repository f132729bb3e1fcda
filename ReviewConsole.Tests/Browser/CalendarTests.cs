using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;
using ReviewConsole.Ui;

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
        foreach (var path in new[] { "/calendar", "/calendar?tab=policies", "/calendar?tab=history", "/calendar?scope=粤" })
        {
            await page.GotoAsync(path);
            await page.WaitUntilInteractive();
            await page.NoFindings();
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
        await page.NoFindings();
        await page.GetByTestId("apply").ClickAsync();
        await page.GetByTestId("told").WaitForAsync();
        Assert.False(host.Get<Clocks>().Current.IsBusinessDay(new(year, 5, 3)));
        Assert.True(host.Get<Clocks>().Current.HasYear(year));
        await Assertions.Expect(page.GetByTestId("revisions")).ToContainTextAsync("已完成");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task What_clocks_say_is_all_to_be_seen_and_axe_finds_nothing()
    {
        var boss = await host.Services.AddStaffMember("clock", Roles.Supervisor | Roles.Administrator);
        var now = TimeProvider.System.GetUtcNow();
        // So long that it lies in a year whose notice nobody has, whenever the test runs.
        Assert.Null((await host.Get<ChangePolicy>().Handle(boss, Queues.ELicence, "business-days/300", Shanghai.DateOf(now))).Refusal);
        var id = (await host.Receive(Applicants.Application())).Single();
        await using (var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync())
        {
            db.ClockWarnings.Add(new() { Case = new(id), Level = SlaState.DueSoon, Queue = Queues.ELicence, Authority = "粤B", TellAt = now.AddMinutes(-1) });
            await db.SaveChangesAsync();
        }

        List<string> faults = [];
        var page = await browser.OpenAs(host, "clock", faults);
        await page.GotoAsync("/messages");
        await page.WaitUntilInteractive();
        await Assertions.Expect(page.Locator(".digest")).ToContainTextAsync("过半 1");
        await Assertions.Expect(page.Locator(".banner")).ToContainTextAsync("放假安排");
        await page.NoFindings();

        await page.GotoAsync($"/cases/{id}");
        await page.WaitUntilInteractive();
        await page.GetByTestId("why").ClickAsync();
        await Assertions.Expect(page.Locator("#why li[data-step=Skip]").First).ToContainTextAsync("不计");
        await Assertions.Expect(page.Locator("#why li[data-step=Due]")).ToHaveCountAsync(1);
        Assert.Equal(0, await page.EvaluateAsync<int>("""
            () => {
                const all = document.querySelector('#why ol').getBoundingClientRect();
                return [...document.querySelectorAll('#why li')].map(li => li.getBoundingClientRect()).filter(li => li.height < 10 || li.top < all.top - 1 || li.bottom > all.bottom + 1).length;
            }
            """));
        await page.NoFindings();

        await page.GotoAsync("/calendar?scope=粤");
        await page.WaitUntilInteractive();
        await page.FillAsync("#day-date", Times.Date(Shanghai.DateOf(now).AddDays(1)));
        await page.Locator("input[value=Off]").CheckAsync();
        await page.FillAsync("#day-name", "台风停工");
        await page.GetByRole(AriaRole.Button, new() { Name = "写入草稿" }).ClickAsync();
        await page.GetByTestId("draft").WaitForAsync();
        // Loaded anew, it is there again.
        await page.ReloadAsync();
        await page.WaitUntilInteractive();
        await page.GetByTestId("preview").ClickAsync();
        await page.GetByTestId("previewed").WaitForAsync();
        await page.NoFindings();
        await page.GotoAsync("/calendar");
        await page.WaitUntilInteractive();
        await Assertions.Expect(page.GetByTestId("other-drafts")).ToContainTextAsync("粤");
        await page.NoFindings();
        await page.ClickAsync("[data-testid=other-drafts] a");
        await page.GetByRole(AriaRole.Button, new() { Name = "放弃草稿" }).ClickAsync();
        await page.GetByTestId("draft").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Empty(faults);
    }

    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}
