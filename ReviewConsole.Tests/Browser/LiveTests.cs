using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;
using static Microsoft.Playwright.Assertions;

namespace ReviewConsole.Tests.Browser;

/// <summary>What others do is seen without a reload, calmly; and a page outlives the server that it was loaded from.</summary>
public sealed class LiveTests(ConsoleHost host, Support.Browser browser) : IClassFixture<ConsoleHost>, IClassFixture<Support.Browser>
{
    private const string Queue = "/queues/e-licence";
    private readonly List<string> faults = [];

    [BrowserFact]
    public async Task Two_people_see_what_the_other_does_without_a_reload()
    {
        await host.Services.AddStaffMember("watcher", Roles.Supervisor);
        await host.Services.AddStaffMember("worker", Roles.Reviewer);
        var cases = await host.Receive(Applicants.Application(), Applicants.Application());
        var watcher = await browser.OpenAs(host, "watcher", faults, Queue);
        var onCase = await watcher.Context.NewPageAsync();
        var worker = await browser.OpenAs(host, "worker", faults, Queue);
        var (waiting, counted) = (watcher.Locator(".page-header .chip").Last, watcher.Locator($"nav a[href='{Queue}']"));
        await Expect(watcher.Locator(".queue-list tbody tr")).ToHaveCountAsync(2);
        await Expect(waiting).ToHaveTextAsync("待审 2");
        await Expect(counted).ToContainTextAsync("2");

        // A claim: in the list, and on the page of the case that somebody else looks at.
        var claim = await Claim(worker);
        var row = watcher.Locator(".queue-list tbody tr", new() { Has = watcher.Locator($"a[href='/cases/{claim}']") });
        await Expect(row).ToContainTextAsync("worker");
        await onCase.GotoAsync($"/cases/{claim}");
        await onCase.WaitUntilInteractive();
        await Expect(onCase.Locator(".page-header")).ToContainTextAsync("worker");

        // A release and another claim, seen by the one who looks at the case.
        await worker.GetByTestId("release").ClickAsync();
        await Expect(onCase.Locator(".page-header")).Not.ToContainTextAsync("worker");
        await Expect(row).Not.ToContainTextAsync("worker");
        await worker.IsAt(Queue);
        // What somebody put back is not next for that person today: it is claimed by name.
        await worker.GotoAsync($"/cases/{claim}");
        await worker.WaitUntilInteractive();
        await worker.GetByTestId("claim").ClickAsync();
        await Expect(worker.GetByTestId("approve")).ToBeEnabledAsync();
        await Task.Delay(400);
        await Expect(row).ToContainTextAsync("worker");
        await Expect(onCase.Locator(".page-header")).ToContainTextAsync("worker");

        // A decision: at once as one that is held, and after the hold out of the counts.
        await worker.DecideBy("a");
        await Expect(onCase.Locator(".case-banner")).ToContainTextAsync("通过");
        await Expect(row).Not.ToContainTextAsync("worker");
        await using (var db = await Store(host.Services))
        {
            var closing = (await db.Cases.AsNoTracking().SingleAsync(c => c.Id == new CaseId(claim))).HeldUntil!.Value;
            await Task.Delay(closing - TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(300));
        }

        await Expect(waiting).ToHaveTextAsync("待审 1");
        await Expect(row).ToHaveCountAsync(0);
        await Expect(counted).ToContainTextAsync("1");
        Assert.Contains(claim, cases);
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_burst_of_changes_makes_at_most_four_updates_a_second_of_a_list()
    {
        // The other test counts what it sees: these people are elsewhere.
        const int Commits = 200;
        await host.Services.AddStaffMember("calm", Roles.Supervisor, ["浙"]);
        var busy = await host.Services.AddStaffMember("busy", Roles.Reviewer, ["浙"]);
        var id = new CaseId((await host.Receive(Applicants.Application("浙A"))).Single());
        var page = await browser.OpenAs(host, "calm", faults, Queue);
        var cell = page.Locator(".queue-list tbody tr", new() { Has = page.Locator($"a[href='/cases/{id}']") }).Locator("td").Last;
        await Expect(cell).ToBeVisibleAsync();
        await page.EvaluateAsync("""
            () => {
              window.updates = [];
              new MutationObserver(() => window.updates.push(performance.now())).observe(document.querySelector('.queue-list'), { subtree: true, childList: true, characterData: true });
            }
            """);

        // As quickly as the store takes them, at most a hundred a second; every list in between has another state to show.
        var started = Stopwatch.StartNew();
        for (var i = 0; i < Commits / 2; i++)
        {
            var claim = await host.Get<ClaimCase>().Handle(busy, id);
            Assert.Null((await host.Get<ReleaseCase>().Handle(busy, claim.Value)).Refusal);
            if (TimeSpan.FromMilliseconds(20 * i) - started.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early);
        }

        var last = await host.Get<ClaimCase>().Handle(busy, id);
        await Expect(cell).ToContainTextAsync("busy");
        await Task.Delay(1000);
        await host.Get<ReleaseCase>().Handle(busy, last.Value);

        var updates = await page.EvaluateAsync<double[]>("() => window.updates");
        Assert.InRange(updates.Length, 1, int.MaxValue);
        for (var i = 0; i < updates.Length; i++)
            Assert.InRange(updates.Skip(i).TakeWhile(at => at < updates[i] + 1000).Count(), 1, 4);
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_page_outlives_its_server_with_the_case_in_hand_and_every_word_that_was_typed()
    {
        await using ConsoleProcess console = new();
        await console.StartAndServe();
        var id = (await console.InStore(async services =>
        {
            await services.AddStaffMember("keeper", Roles.Reviewer);
            return await services.Receive(console.Address, Applicants.Application());
        })).Single();
        var page = await browser.OpenAs(console.Address, "keeper", path: Queue);
        Assert.Equal(id, await Claim(page));
        await page.Keyboard.PressAsync("r");
        await page.GetByTestId("reason-PHOTO_GLASSES").ClickAsync();
        await Expect(page.GetByTestId("preview")).ToContainTextAsync("墨镜");
        var (text, note) = (page.GetByTestId("text"), page.Locator(".decision input[type=text]"));
        await text.FillAsync("请到窗边");
        await Expect(page.GetByTestId("preview")).ToContainTextAsync("请到窗边");

        // Some words arrive no more: those of the last moment before, and those that are typed while nobody listens.
        await text.PressSequentiallyAsync("自然光");
        await console.Kill();
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await text.PressSequentiallyAsync("下重拍");
        await note.FillAsync("第二次");
        var before = await page.EvaluateAsync<double>("() => performance.timeOrigin");
        await console.StartAndServe();

        await page.WaitForFunctionAsync("before => performance.timeOrigin > before", before, new() { Timeout = 30_000 });
        await page.WaitUntilInteractive();
        await Expect(page.GetByTestId("lease")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("reason-PHOTO_GLASSES")).ToBeCheckedAsync();
        await Expect(text).ToHaveValueAsync("请到窗边自然光下重拍");
        await Expect(note).ToHaveValueAsync("第二次");
        // They are not only in the fields: the server has them again, and keeps them.
        await Expect(page.GetByTestId("preview")).ToContainTextAsync("请到窗边自然光下重拍");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => sessionStorage.length"));
        await page.ReloadAsync();
        await page.WaitUntilInteractive();
        await Expect(text).ToHaveValueAsync("请到窗边自然光下重拍");
        await Expect(note).ToHaveValueAsync("第二次");
        await page.DecideBy("Enter");
        await page.IsAt(Queue);
    }

    [BrowserFact]
    public async Task Two_tabs_of_one_person_agree_and_a_paused_page_goes_on_where_it_was()
    {
        await host.Services.AddStaffMember("double", Roles.Reviewer, ["川"]);
        await host.Receive(Applicants.Application("川A"));
        var one = await browser.OpenAs(host, "double", faults, Queue);
        await Claim(one);
        var two = await one.Context.NewPageAsync();
        await two.GotoAsync(one.Url);
        await two.WaitUntilInteractive();
        await Expect(one.GetByTestId("looking")).ToContainTextAsync("另一标签页");
        await one.Keyboard.PressAsync("r");
        await one.GetByTestId("reason-PHOTO_GLASSES").ClickAsync();
        await one.GetByTestId("text").FillAsync("请摘下墨镜");
        await Expect(two.GetByTestId("text")).ToHaveValueAsync("请摘下墨镜");

        // The circuit is gone, the page is not.
        var before = await two.EvaluateAsync<double>("() => performance.timeOrigin");
        await two.EvaluateAsync("() => Blazor.pauseCircuit()");
        await one.GetByTestId("text").FillAsync("请摘下墨镜后重拍");
        await Expect(one.GetByTestId("preview")).ToContainTextAsync("请摘下墨镜后重拍");
        await two.EvaluateAsync("() => Blazor.resumeCircuit()");
        await Expect(two.GetByTestId("text")).ToHaveValueAsync("请摘下墨镜后重拍");
        await Expect(two.GetByTestId("lease")).ToBeVisibleAsync();
        Assert.Equal(before, await two.EvaluateAsync<double>("() => performance.timeOrigin"));

        await one.GetByTestId("text").FocusAsync();
        await one.DecideBy("Control+Enter");
        await Expect(two.GetByTestId("decided-elsewhere")).ToBeVisibleAsync();
        await Expect(two.GetByTestId("approve")).ToHaveCountAsync(0);
        Assert.Empty(faults);
    }

    private static Task<ReviewDb> Store(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();

    private static async Task<Guid> Claim(IPage page)
    {
        await page.PressNext();
        await page.IsAt("/cases/*");
        await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
        // As long as nobody could have looked at it, a case takes no decision.
        await Task.Delay(400);
        return Guid.Parse(page.Url.AsSpan(page.Url.LastIndexOf('/') + 1));
    }
}
