using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Tests.Support;

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
