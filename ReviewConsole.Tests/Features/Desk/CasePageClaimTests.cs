using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>The case page and the claim: whose the case is, how long, and in how many tabs.</summary>
public sealed class CasePageClaimTests(DeskStore desk) : CasePageContext(desk), IClassFixture<DeskStore>
{
    [Fact]
    public async Task A_case_that_is_free_can_only_be_claimed()
    {
        var id = await Sample.ELicence();
        var page = Show(id);
        var claim = Assert.Single(page.FindAll(Actions));
        Assert.Equal(("claim", "KeyC"), (claim.GetAttribute("data-testid"), claim.GetAttribute("data-key")));

        await page.ClickOn("[data-testid=claim]");

        Assert.NotNull(page.Find("[data-testid=approve]"));
        Assert.Equal(Actor.Reviewer, (await Case(id)).Holder);
    }

    [Fact]
    public async Task A_case_in_other_hands_names_them_and_offers_nothing()
    {
        var id = await Sample.ELicence();
        await Store.Get<ClaimCase>().Handle(await Sample.Staff(Roles.Reviewer, "审核员03"), id);
        var page = Show(id);
        Assert.Empty(page.FindAll(Actions));
        Assert.Contains("审核员03 正在审核", page.Find(".page-header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_claim_is_said_and_what_was_filled_in_comes_back_with_the_claim()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=reject]");
        await page.ChangeOn("[data-testid=reason-PHOTO_HAT]", true);
        await Services.GetRequiredService<ClientConnection>().OnConnectionDownAsync(null!, default);
        Store.Time.Advance(TimeSpan.FromMinutes(3));

        await page.ClickOn("[data-testid=send]");

        Assert.Contains("领取已失效", page.Find("[data-testid=claim-lost]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=approve]"));
        Assert.True(page.Find("[data-testid=send]").HasAttribute("disabled"));
        Assert.Null((await Case(id)).Verdict);
        await page.ClickOn("[data-testid=claim-lost] button");
        Assert.Empty(page.FindAll("[data-testid=claim-lost]"));
        Assert.Equal(["reason-PHOTO_HAT"], Ticked(page));
        Assert.Equal(["reason-PHOTO_HAT"], Ticked(Show(id)));
    }

    [Fact]
    public async Task A_claim_that_somebody_else_took_over_cannot_be_had_back()
    {
        var (id, page) = await InHand();
        await Services.GetRequiredService<ClientConnection>().OnConnectionDownAsync(null!, default);
        Store.Time.Advance(TimeSpan.FromMinutes(3));
        await Store.Get<ClaimCase>().Handle(await Sample.Staff(Roles.Reviewer, "审核员03"), id);

        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find("[data-testid=claim-lost]")));
        Assert.Empty(page.FindAll("[data-testid=claim-lost] button"));
        Assert.Empty(page.FindAll(Actions));
    }

    [Fact]
    public async Task The_claim_is_kept_while_the_reviewer_works_and_let_go_after_minutes_of_nothing()
    {
        var (id, page) = await InHand();
        await TimePasses(page, id, 100);
        Assert.Equal(CaseState.Claimed, (await Case(id)).State);
        await page.WaitForAssertionAsync(() => Assert.Equal("领取剩余 1 分", page.Find("[data-testid=lease]").TextContent));
        await page.ClickOn("[data-testid=reject]");
        await TimePasses(page, id, 100);
        Assert.Equal(CaseState.Claimed, (await Case(id)).State);
        await TimePasses(page, id, 60);
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find("[data-testid=claim-lost]")));
        Assert.Equal(CaseState.Open, (await Case(id)).State);
    }

    [Fact]
    public async Task A_decision_in_one_tab_is_seen_in_the_other_at_once_and_cannot_be_made_twice()
    {
        var (id, one) = await InHand();
        var two = Show(id);

        await one.ClickOn("[data-testid=approve]");

        await two.WaitForAssertionAsync(() => Assert.Equal("您已在另一标签页中对此件作出决定。", two.Find("[data-testid=decided-elsewhere]").TextContent.Trim()));
        Assert.Empty(two.FindAll("[data-testid=claim-lost]"));
        Assert.Empty(two.FindAll("[data-testid=approve], [data-testid=reject], [data-testid=claim]"));
        await two.ClickOn("[data-testid=undo]");
        Assert.Equal(CaseState.Claimed, (await Case(id)).State);
        await two.WaitForAssertionAsync(() => Assert.NotNull(two.Find("[data-testid=approve]")));
        Assert.Empty(two.FindAll("[data-testid=decided-elsewhere]"));
    }

    [Fact]
    public async Task A_tab_at_rest_does_not_let_go_what_another_works_on()
    {
        var (id, one) = await InHand();
        var two = Show(id);
        await one.ClickOn("[data-testid=reject]");
        for (var minute = 0; minute < 3; minute++)
        {
            await one.ChangeOn("[data-testid=reason-PHOTO_BLUR]", minute != 1);
            await TimePasses(one, id, 60);
        }

        Assert.Equal((CaseState.Claimed, Actor.Reviewer), ((await Case(id)).State, (await Case(id)).Holder));
        Assert.Empty(two.FindAll("[data-testid=claim-lost]"));
    }

    [Fact]
    public async Task A_colleague_who_looks_is_named_while_looking()
    {
        var id = await Sample.ELicence();
        var page = Show(id);
        Assert.Empty(page.FindAll("[data-testid=looking]"));
        var colleague = Store.Get<OpenCases>().Open(id, await Sample.Staff(Roles.Reviewer, "审核员03"), _ => { });
        await page.WaitForAssertionAsync(() => Assert.Equal("也在查看：审核员03", page.Find("[data-testid=looking]").TextContent));
        colleague.Dispose();
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[data-testid=looking]")));
    }

    [Fact]
    public async Task Who_is_off_duty_comes_on_duty_with_the_claim_and_the_button_says_so()
    {
        var id = await Sample.ELicence();
        Assert.Null((await Store.Get<ChangeDuty>().Handle(Actor, onDuty: false)).Refusal);
        Actor = Actor with { OnDuty = false };
        using var duty = Store.Get<ChangeFeed>().Listen(happened => Actor = Actor with { OnDuty = Actor.OnDuty || happened.OfType<CameOnDuty>().Any() });
        var page = Show(id);
        Assert.StartsWith("上岗并领取", page.Find("[data-testid=claim]").TextContent.Trim(), StringComparison.Ordinal);

        await page.ClickOn("[data-testid=claim]");

        Assert.NotNull(page.Find("[data-testid=approve]"));
        Assert.Equal(Actor.Reviewer, (await Case(id)).Holder);
    }

    // Second by second, as pages tick. A claim lasts two minutes and is kept every 40 s: the clock does not go on before a beat that is due was heard.
    private async Task TimePasses(IRenderedComponent<CasePage> page, CaseId id, int seconds)
    {
        for (var passed = 0; passed < seconds; passed++)
        {
            Store.Time.Advance(TimeSpan.FromSeconds(1));
            await page.InvokeAsync(() => { });
            if (passed % 10 == 0)
                await InTime.Holds(async () => await Case(id) is var now && (now.State != CaseState.Claimed || now.LeaseUntil - Store.Time.GetUtcNow() >= TimeSpan.FromSeconds(70)));
        }
    }
}
