using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Features.Intake;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;

namespace ReviewConsole.Tests.Browser;

/// <summary>The pages that everybody sees, in a real browser: they work, the console stays quiet, and axe finds nothing in either theme.</summary>
public sealed class LookTests(ConsoleHost host, Support.Browser browser) : IClassFixture<ConsoleHost>, IClassFixture<Support.Browser>
{
    [BrowserFact]
    public async Task Somebody_signs_in_and_axe_finds_nothing_in_either_theme()
    {
        await host.Services.AddStaffMember("looker", Roles.Supervisor | Roles.Administrator);
        // Who audits is nothing else.
        await host.Services.AddStaffMember("auditor", Roles.Auditor);
        List<string> faults = [];
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var outside = await browser.Open(host.Address, faults, scheme);
            await outside.GotoAsync("/sign-in");
            Assert.Equal(scheme == ColorScheme.Dark ? "dark" : "light", await outside.GetAttributeAsync("html", "data-theme"));
            await NoFindings(outside);
        }

        var page = await browser.OpenAs(host, "looker", faults);
        var audit = await browser.OpenAs(host, "auditor", faults);
        foreach (var theme in new[] { "light", "dark" })
        {
            await Prefer(page, theme);
            await NoFindings(page);
            await Prefer(audit, theme);
            foreach (var (looker, path) in new[] { (page, "/"), (page, "/status"), (audit, "/audit"), (audit, "/users") })
            {
                await looker.GotoAsync(path);
                await looker.WaitUntilInteractive();
                Assert.Equal(theme, await looker.GetAttributeAsync("html", "data-theme"));
                await NoFindings(looker);
            }

            await page.GotoAsync("/users?user=new");
            await page.WaitUntilInteractive();
            await page.FillAsync("#user-name", $"han.{theme}");
            await page.FillAsync("#user-display", "韩梅梅");
            await page.ClickAsync(".user input[value=Reviewer]");
            await page.ClickAsync(".user input[value=id-photo]");
            await page.ClickAsync(".user summary");
            await page.ClickAsync(".user input[value=粤A]");
            await page.ClickAsync(".user button[type=submit]");
            await page.WaitForSelectorAsync("#user-password");
            await page.ClickAsync(".user .btn.no");
            await page.WaitForSelectorAsync(".user .note.bad");
            await NoFindings(page);
            await page.GotoAsync("/clients");
            await page.WaitUntilInteractive();
            await page.ClickAsync(".page-header button");
            await page.FillAsync("#client-name", $"app-{theme}");
            await page.ClickAsync(".client button[type=submit]");
            await page.WaitForSelectorAsync("#client-key");
            await page.ClickAsync(".client .btn.no");
            await NoFindings(page);
        }

        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_on_the_desk_in_either_theme()
    {
        await host.Services.AddStaffMember("desk", Roles.Reviewer | Roles.Administrator);
        using var api = new HttpClient { BaseAddress = host.Address };
        await Receive(api, Applicants.Application(), Applicants.Card());
        List<string> faults = [];
        var page = await browser.OpenAs(host, "desk", faults);
        foreach (var theme in new[] { "light", "dark" })
        {
            await Prefer(page, theme);
            foreach (var queue in new[] { Queues.ELicence, Queues.IdPhoto })
            {
                await page.GotoAsync($"/queues/{queue}");
                await page.WaitUntilInteractive();
                await NoFindings(page);
                await page.Keyboard.PressAsync("n");
                await page.WaitForURLAsync("**/cases/*");
                await page.GetByTestId("release").WaitForAsync();
                await NoFindings(page);
                await page.Keyboard.PressAsync("b");
                await page.GetByTestId("recusing").WaitForAsync();
                await NoFindings(page);
                await page.Keyboard.PressAsync("Escape");
                await page.Keyboard.PressAsync("r");
                await page.GetByTestId("decision").WaitForAsync();
                await NoFindings(page);
                // A key that comes again at once is a bounce.
                await Task.Delay(400);
                await page.Keyboard.PressAsync("Escape");
                await page.GetByTestId("decision").WaitForAsync(new() { State = WaitForSelectorState.Detached });
                await page.Keyboard.PressAsync("s");
                await page.WaitForURLAsync($"**/queues/{queue}");
            }
        }

        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_among_the_notices_with_a_history_and_a_proposal_open()
    {
        await host.Services.AddStaffMember("postman", Roles.Administrator);
        var delivery = await GiveUpADelivery();
        List<string> faults = [];
        var page = await browser.OpenAs(host, "postman", faults);
        foreach (var theme in new[] { "light", "dark" })
        {
            await Prefer(page, theme);
            await page.GotoAsync($"/mailbox?state=Dead&delivery={delivery}");
            await page.WaitUntilInteractive();
            await page.GetByTestId("history").WaitForAsync();
            await NoFindings(page);
            await page.GetByTestId("resend-all").ClickAsync();
            await page.GetByTestId("confirm").WaitForAsync();
            await NoFindings(page);
            await page.Keyboard.PressAsync("Escape");
            await page.GetByTestId("confirm").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await page.GetByTestId("resend-all").ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("resending")).ToContainTextAsync("已重新排队 1 条");
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_lost_connection_is_said_calmly_and_found_again()
    {
        await host.Services.AddStaffMember("loser", Roles.Reviewer);
        var page = await browser.OpenAs(host, "loser");
        var banner = page.Locator("#components-reconnect-modal");
        Assert.False(await banner.IsVisibleAsync());
        await page.EvaluateAsync("() => document.getElementById('components-reconnect-modal').classList.add('components-reconnect-show')");
        Assert.Equal("连接中断，正在重试。草稿已保留。", (await banner.InnerTextAsync()).Trim());
        Assert.False(await banner.GetByRole(AriaRole.Button).IsVisibleAsync());
        await page.EvaluateAsync("() => document.getElementById('components-reconnect-modal').className = 'components-reconnect-rejected'");
        await banner.GetByRole(AriaRole.Button).ClickAsync();
        await page.WaitUntilInteractive();
        Assert.False(await banner.IsVisibleAsync());
    }

    private async Task<Guid> GiveUpADelivery()
    {
        await using var db = await Store();
        Notice notice = new(Guid.NewGuid(), null, Guid.NewGuid(), "lapsed", new("短信", "标题", "正文"), "13812345678", TimeProvider.System.GetUtcNow());
        Delivery delivery = new(Guid.NewGuid(), notice.Id, Channel.Sms, notice.WrittenAt);
        delivery.Fail("HTTP 400", 0);
        db.AddRange(notice, delivery);
        await db.SaveChangesAsync();
        return delivery.Id;
    }

    private async Task Receive(HttpClient api, params Posting[] postings)
    {
        var key = await host.Get<CreateApiClient>().Handle(Actor.System("test") with { Permissions = [Permission.Administer] }, "look", [Permission.Intake], CancellationToken.None);
        api.DefaultRequestHeaders.Authorization = new("Bearer", key.Value);
        Applicants applicants = new(api);
        foreach (var posting in postings)
            Assert.True(await applicants.Send(posting), string.Join('\n', applicants.Odd));
        await using var db = await Store();
        for (var i = 0; i < 150 && await db.Cases.CountAsync(c => c.State == CaseState.Received) > 0; i++)
            await Task.Delay(200);
    }

    private Task<ReviewDb> Store() => host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();

    private static async Task Prefer(IPage page, string theme)
    {
        await page.GotoAsync("/account/preferences");
        await page.SelectOptionAsync("#theme", theme);
        await page.ClickAsync(".form button");
        await page.WaitForSelectorAsync(".note.ok");
    }

    private static async Task NoFindings(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(v => $"{page.Url} {v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
    }
}
