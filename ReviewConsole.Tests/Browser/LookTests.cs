using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;

namespace ReviewConsole.Tests.Browser;

/// <summary>Every page and dialog in a real browser: they work, the console stays quiet, and axe finds nothing in either theme.</summary>
public sealed class LookTests(ConsoleHost host, Support.Browser browser) : IClassFixture<ConsoleHost>, IClassFixture<Support.Browser>
{
    // Pages that show what they have as they are opened, or after what is done with them below; what second looks and corrections show is under axe in SecondLookTests.
    private static readonly string[] Pages =
    [
        "/dashboard", "/people", "/reports", "/my-day", "/messages", "/calendar", "/status", "/mailbox", "/audit", "/denied", "/not-found",
        "/users", "/clients", "/search", "/second-looks", "/second-looks/{Id:guid}", "/corrections/{Id:guid}", "/queues/{QueueId}", "/cases/{Id:guid}", "/", "/sign-in", "/fault", "/account/preferences", "/account/password",
    ];

    [Fact]
    public void No_page_is_left_out() =>
        Assert.Equivalent(Pages, typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template), strict: true);

    [BrowserFact]
    public async Task Outside_the_console_axe_finds_nothing_and_the_looks_are_those_of_the_system()
    {
        await host.Services.AddStaffMember("plain", Roles.Administrator, queues: []);
        List<string> faults = [];
        var page = await browser.Open(host.Address, faults, ColorScheme.Dark);
        await page.GotoAsync("/sign-in");
        Assert.Equal("dark", await page.GetAttributeAsync("html", "data-theme"));
        await page.NoFindings();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await page.GotoAsync("/fault");
        await page.NoFindings();

        page = await browser.OpenAs(host, "plain", faults);
        await page.NoFindings();
        // Who wants no motion sees none.
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('*')].filter((e) => [getComputedStyle(e).transitionDuration, getComputedStyle(e).animationDuration].some((d) => d.split(',').some((one) => parseFloat(one) > 0.001))).map((e) => e.outerHTML.slice(0, 80))
            """));
        await page.GotoAsync("/account/password");
        await page.NoFindings();
        await page.GotoAsync("/account/preferences");
        await page.SelectOptionAsync("#density", "compact");
        await page.SelectOptionAsync("#theme", "dark");
        await page.ClickAsync(".form button");
        await page.WaitForSelectorAsync(".note.ok");
        Assert.Equal(("dark", "compact"), (await page.GetAttributeAsync("html", "data-theme"), await page.GetAttributeAsync("html", "data-density")));
        await page.NoFindings();
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_on_any_page_or_dialog()
    {
        await host.Services.AddOmnipotent("looker");
        await host.Services.AddStaffMember("heidi", Roles.Reviewer);
        await host.Receive(Applicants.Application(), Applicants.Card());
        var delivery = await GiveUpADelivery();
        List<string> faults = [];
        // One connection for all of them: what a page costs is the page, not a circuit.
        var page = await browser.OpenAs(host, "looker", faults, "/dashboard");
        await page.GetByTestId("kpi-overdue").WaitForAsync();
        await page.NoFindings();
        foreach (var path in new[] { "/people", "/reports", "/my-day", "/messages", "/calendar", "/status", "/audit", "/users", "/search?from=2026-01-01", "/second-looks", "/denied", "/not-found", $"/queues/{Queues.Second}" })
        {
            await page.GoWithin(path);
            await page.NoFindings();
        }

        await page.GoWithin("/users?user=new");
        await page.FillAsync("#user-name", "han.meimei");
        await page.FillAsync("#user-display", "韩梅梅");
        await page.ClickAsync(".user input[value=Reviewer]");
        await page.ClickAsync(".user input[value=id-photo]");
        await page.ClickAsync(".user summary");
        await page.ClickAsync(".user input[value=粤A]");
        await page.ClickAsync(".user button[type=submit]");
        await page.WaitForSelectorAsync("#user-password");
        await page.ClickAsync(".user .btn.no");
        await page.WaitForSelectorAsync(".user .note.bad");
        await page.NoFindings();

        await page.GoWithin("/clients");
        await page.ClickAsync(".page-header button");
        await page.FillAsync("#client-name", "app");
        await page.ClickAsync(".client button[type=submit]");
        await page.WaitForSelectorAsync("#client-key");
        await page.ClickAsync(".client .btn.no");
        await page.NoFindings();

        await page.GoWithin($"/mailbox?state=Dead&delivery={delivery}");
        await page.GetByTestId("history").WaitForAsync();
        await page.GetByTestId("resend-all").ClickAsync();
        await page.GetByTestId("confirm").WaitForAsync();
        await page.NoFindings();
        await page.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("resending")).ToContainTextAsync("已重新排队 1 条");

        foreach (var queue in new[] { Queues.ELicence, Queues.IdPhoto })
        {
            await page.GoWithin($"/queues/{queue}");
            await page.NoFindings();
            await page.PressNext();
            await page.IsAt("/cases/*");
            await page.GetByTestId("release").WaitForAsync();
            await page.NoFindings();
            await page.Keyboard.PressAsync("b");
            await page.GetByTestId("recusing").WaitForAsync();
            await page.NoFindings();
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("r");
            await Assertions.Expect(page.GetByTestId("find")).ToBeFocusedAsync();
            await page.GetByTestId("note").FillAsync("@h");
            await page.Locator("[role=option]").First.WaitForAsync();
            await page.NoFindings();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByTestId("note")).ToHaveValueAsync("@heidi ");
            await page.Keyboard.PressAsync("Escape");
            await page.GetByTestId("decision").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await page.Keyboard.PressAsync("s");
            await page.IsAt($"/queues/{queue}");
            await page.GetByTestId("claim-next").WaitForAsync();
        }

        // The sheets: a view is saved and opened by keyboard alone.
        await Opens(page, "?", "#keys");
        await page.NoFindings();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Opens(page, "v", "#views");
        await page.Keyboard.TypeAsync("身份证");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#views th a").WaitForAsync();
        await page.NoFindings();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await page.GoWithin("/messages");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Opens(page, "v", "#views");
        await page.Locator("#views[open] th a").PressAsync("Enter");
        await page.IsAt($"/queues/{Queues.IdPhoto}");
        await Assertions.Expect(page.Locator("#views[open]")).ToHaveCountAsync(0);
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task In_the_longer_language_too_bars_keep_to_one_line_and_no_page_is_wider_than_the_window()
    {
        await host.Services.AddStaffMember("longer", Roles.Reviewer | Roles.Supervisor | Roles.Administrator, ["川"]);
        await host.Receive(Applicants.Application("川A"));
        var page = await browser.OpenAs(host, "longer");
        await page.GotoAsync("/account/preferences");
        await page.SelectOptionAsync("#language", "en");
        await page.ClickAsync(".form button");
        await page.WaitForSelectorAsync("html[lang=en] .note.ok");
        foreach (var path in new[] { "/dashboard", "/people", "/reports", "/my-day", "/messages", "/calendar", "/status", "/mailbox", "/users", "/clients", "/search", "/second-looks", $"/queues/{Queues.ELicence}" })
        {
            await page.GotoAsync(path);
            await page.WaitUntilInteractive();
            await Fits(path);
        }

        await page.PressNext();
        await page.IsAt("/cases/*");
        await page.GetByTestId("lease").WaitForAsync();
        await Fits("a case in hand");
        // And in a window in which they just have room.
        var end = await page.EvaluateAsync<double>("() => Math.max(...[...document.querySelector('.page-header').children].map((e) => e.getBoundingClientRect().right))");
        await page.SetViewportSizeAsync((int)Math.Ceiling(end) + 17, 800);
        await Fits("a case in hand, in a window just wide enough");

        async Task Fits(string what)
        {
            Assert.Equal((what, 0), (what, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")));
            // Nothing in the header stands lower than its first row, and the link about duty does not break.
            Assert.Equal((what, 0), (what, await page.EvaluateAsync<int>("""
                () => { const boxes = [...document.querySelector('.page-header').children].map((e) => e.getBoundingClientRect()); return boxes.filter((b) => b.top > boxes[0].bottom).length; }
                """)));
            Assert.InRange(await page.Locator(".nav .duty").EvaluateAsync<double>("bar => bar.getBoundingClientRect().height"), 20, 36);
        }
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

    private Task<ReviewDb> Store() => host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();

    // Now and then, two browsers at once, one key is not heard: it is pressed again, as a person would. Where that does not help, what the page heard says why.
    private static async Task Opens(IPage page, string key, string sheet)
    {
        await page.EvaluateAsync("""
            () => {
              window.heard = [];
              const note = (event) => window.heard.push([event.type, event.code ?? event.target.dataset?.testid ?? event.target.id, event.target.tagName, event.repeat, event.isComposing, event.defaultPrevented,
                document.querySelectorAll('dialog[open], .mud-popover-open').length, Math.round(event.timeStamp)].join(' '));
              for (const type of ['keydown', 'click', 'close']) document.addEventListener(type, note, true);
            }
            """);
        for (var tries = 1; ; tries++)
        {
            await page.Keyboard.PressAsync(key);
            try
            {
                await page.Locator($"{sheet}[open]").WaitForAsync(new() { Timeout = 10_000 });
                return;
            }
            catch (TimeoutException late) when (tries == 3)
            {
                var state = await page.EvaluateAsync<string>("() => [document.activeElement, ...document.querySelectorAll('[data-key], dialog, .mud-popover-open')].map(e => e.cloneNode().outerHTML).concat(window.heard).join('\n')");
                throw new TimeoutException($"'{key}' opened no {sheet}: {state}", late);
            }
            catch (TimeoutException)
            {
                // Once more.
            }
        }
    }
}
