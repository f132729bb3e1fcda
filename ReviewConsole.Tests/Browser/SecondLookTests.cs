using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;
using static Microsoft.Playwright.Assertions;

namespace ReviewConsole.Tests.Browser;

/// <summary>The way of a second look, by keyboard, from the sample to the applicant's notice; axe finds nothing on its pages in either theme.</summary>
public sealed class SecondLookTests(Support.Browser browser) : IClassFixture<Support.Browser>, IAsyncLifetime
{
    private readonly ConsoleHost host = new() { Settings = { ["Review:SecondLooks:AtMost"] = "1", ["Review:SecondLooks:Share"] = "1", ["Review:HoldSeconds"] = "0" } };
    private readonly List<string> faults = [];

    [BrowserFact]
    public async Task Looked_at_again_blind_it_differs_is_talked_over_overturned_and_told()
    {
        var reviewer = await host.Services.AddStaffMember("reviewer", Roles.Reviewer);
        await host.Services.AddStaffMember("senior", Roles.Senior);
        await host.Services.AddStaffMember("supervisor", Roles.Supervisor);
        var (first, receipt) = await Approved(reviewer);

        // Blind: the first case is closed to the senior, and the second look shows its evidence alone.
        var senior = await browser.OpenAs(host, "senior", faults, $"/cases/{first}");
        await Expect(senior.GetByRole(AriaRole.Alert)).ToContainTextAsync("本件正在抽查");
        await senior.GotoAsync($"/queues/{Queues.ELicenceLook}");
        await senior.WaitUntilInteractive();
        await senior.PressNext();
        await Expect(senior.GetByTestId("look")).ToBeVisibleAsync();
        await Expect(senior.GetByTestId("picture-Portrait")).ToContainTextAsync(" mm");
        Assert.DoesNotContain(receipt, await senior.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("reviewer", await senior.InnerTextAsync("main"), StringComparison.Ordinal);
        await senior.NoFindings();
        await senior.Keyboard.PressAsync("r");
        await senior.GetByTestId("find").FillAsync("PHOTO_HAT");
        await senior.Keyboard.PressAsync("Enter");
        await Expect(senior.GetByTestId("reason-PHOTO_HAT")).ToBeCheckedAsync();
        await Task.Delay(400);
        await senior.Keyboard.PressAsync("Enter");
        await senior.GetByTestId("dissent").Or(senior.Locator(".queue")).First.WaitForAsync();
        if (await senior.GetByTestId("dissent").IsVisibleAsync())
            await senior.Keyboard.PressAsync("1");
        await senior.IsAt($"/queues/{Queues.ELicenceLook}");

        // Different: the link in the navigation calls, and both have a say.
        await senior.GotoAsync("/second-looks");
        await senior.WaitUntilInteractive();
        await Expect(senior.GetByTestId("looks")).ToContainTextAsync(receipt);
        await senior.NoFindings();
        await senior.GetByRole(AriaRole.Link, new() { Name = receipt }).ClickAsync();
        await Expect(senior.GetByTestId("first")).ToContainTextAsync("通过");
        // A page that was opened by a link takes the focus to its title.
        await Expect(senior.Locator("h1")).ToBeFocusedAsync();
        await senior.Keyboard.PressAsync("w");
        await Expect(senior.GetByTestId("remark")).ToBeFocusedAsync();
        await senior.Keyboard.TypeAsync("帽檐遮住了额头");
        await senior.Keyboard.PressAsync("Control+Enter");
        await Expect(senior.GetByTestId("remarks")).ToContainTextAsync("帽檐遮住了额头");
        await Expect(senior.GetByTestId("overturn")).ToHaveCountAsync(0);

        // The supervisor overturns: one correction, with the applicant's words before it.
        var supervisor = await browser.OpenAs(host, "supervisor", faults, new Uri(senior.Url).AbsolutePath);
        await Expect(supervisor.GetByTestId("remarks")).ToContainTextAsync("帽檐遮住了额头");
        await supervisor.Keyboard.PressAsync("u");
        await supervisor.GetByTestId("upholding").WaitForAsync();
        await supervisor.NoFindings();
        await supervisor.Keyboard.PressAsync("Escape");
        await supervisor.GetByTestId("upholding").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await supervisor.Keyboard.PressAsync("e");
        await supervisor.IsAt("/corrections/*");
        await Expect(supervisor.GetByTestId("told")).ToContainTextAsync("请脱帽后重拍");
        await Expect(supervisor.Locator("h1")).ToBeFocusedAsync();
        await supervisor.NoFindings();
        await supervisor.Keyboard.PressAsync("w");
        await Expect(supervisor.GetByTestId("why")).ToBeFocusedAsync();
        await supervisor.Keyboard.TypeAsync("抽查意见成立");
        await Expect(supervisor.GetByTestId("send")).ToBeEnabledAsync();
        await supervisor.Keyboard.PressAsync("Control+Enter");
        await supervisor.IsAt("/second-looks/*");
        await Expect(supervisor.GetByTestId("state")).ToHaveTextAsync("已推翻");
        await supervisor.NoFindings();
        await supervisor.GotoAsync("/people");
        await Expect(supervisor.GetByTestId("looks")).ToContainTextAsync("100 %");
        await supervisor.NoFindings();
        await supervisor.GotoAsync("/mailbox");
        await Expect(supervisor.Locator("main")).ToContainTextAsync("电子驾驶证已停止使用");
        Assert.Empty(faults);
    }

    public Task InitializeAsync() => ((IAsyncLifetime)host).InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)host).DisposeAsync();

    private async Task<(CaseId Case, string Receipt)> Approved(Actor reviewer)
    {
        await host.Receive(Applicants.Application());
        await using var db = await Store();
        var first = await db.Cases.AsNoTracking().SingleAsync();
        var claim = (await host.Get<ClaimCase>().Handle(reviewer, first.Id)).Value;
        Assert.Null((await host.Get<Decide>().Handle(reviewer, claim, Outcome.Approved, [], null, null)).Refusal);
        await InTime.Holds(() => db.SecondLooks.AnyAsync());
        return (first.Id, first.ReceiptNumber);
    }

    private Task<ReviewDb> Store() => host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
}
