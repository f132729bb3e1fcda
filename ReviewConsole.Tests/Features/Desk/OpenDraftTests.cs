using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>What was ticked and typed on a case is never lost, and two tabs of one person agree on it.</summary>
public sealed class OpenDraftTests(DeskStore desk) : CasePageContext(desk), IClassFixture<DeskStore>
{
    [Fact]
    public async Task What_is_being_typed_stays_when_the_layout_is_drawn_anew()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=reject]");
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find("[data-testid=decision]")));
        // The clock stands, so that nothing of it is kept in the store yet.
        _ = page.InputOn("textarea[data-testid=text]", "请露出额头");
        await page.WaitForAssertionAsync(() => Assert.Equal("请露出额头", page.Find("textarea[data-testid=text]").GetAttribute("value") ?? page.Find("textarea[data-testid=text]").TextContent));

        page.Render(p => p.Add(x => x.Id, id.Value));

        Assert.Equal("请露出额头", page.Find("textarea[data-testid=text]").GetAttribute("value") ?? page.Find("textarea[data-testid=text]").TextContent);
    }

    [Fact]
    public async Task Cancelling_keeps_what_was_ticked()
    {
        var (_, page) = await InHand();
        await page.ClickOn("[data-testid=reject]");
        await page.ChangeOn("[data-testid=reason-PHOTO_HAT]", true);
        await page.ClickOn("[data-key=Escape]");
        Assert.Empty(page.FindAll("[data-testid=decision]"));
        await page.ClickOn("[data-testid=reject]");
        Assert.Equal(["reason-PHOTO_HAT"], Ticked(page));
        await page.ChangeOn("[data-testid=reason-PHOTO_HAT]", false);
        Assert.Empty(Ticked(page));
    }

    [Fact]
    public async Task Two_tabs_of_one_person_show_the_same_draft()
    {
        var (id, one) = await InHand();
        var two = Show(id);
        Assert.Equal("也在查看：您的另一标签页", two.Find("[data-testid=looking]").TextContent);

        await one.ClickOn("[data-testid=reject]");
        await one.ChangeOn("[data-testid=reason-PHOTO_BLUR]", true);
        HandsRest();
        await two.WaitForAssertionAsync(() => Assert.Equal(["reason-PHOTO_BLUR"], Ticked(two)));
        await two.ChangeOn("[data-testid=reason-PHOTO_GLASSES]", true);
        HandsRest();
        await one.WaitForAssertionAsync(() => Assert.Equal(["reason-PHOTO_GLASSES", "reason-PHOTO_BLUR"], Ticked(one).Order().Reverse()));
        Assert.Empty(one.FindAll("[data-testid=draft-elsewhere]"));
        Assert.Empty(two.FindAll("[data-testid=draft-elsewhere]"));
    }

    [Theory]
    [InlineData("take-other", "PHOTO_POSE")]
    [InlineData("keep-this", "PHOTO_BLUR")]
    public async Task Where_two_drafts_differ_neither_is_lost_until_the_person_says_which_counts(string choice, string kept)
    {
        var (id, page) = await InHand();
        // Another tab's words, of which this page has not heard.
        await Store.Get<SaveDraft>().Handle(Actor, id, Draft.Empty, new(DraftMode.Rejecting, ["PHOTO_POSE"], "", ""));

        await page.ClickOn("[data-testid=reject]");
        await page.ChangeOn("[data-testid=reason-PHOTO_BLUR]", true);
        HandsRest();

        await page.WaitForAssertionAsync(() => Assert.Equal("另一标签页中改了此件的草稿，与这里的不同。", page.Find("[data-testid=draft-elsewhere] strong").TextContent));
        Assert.Equal(["reason-PHOTO_BLUR"], Ticked(page));
        Assert.Equal(["PHOTO_POSE"], (await Kept(id)).Reasons);
        await page.ClickOn($"[data-testid={choice}]");
        Assert.Empty(page.FindAll("[data-testid=draft-elsewhere]"));
        Assert.Equal([$"reason-{kept}"], Ticked(page));
        Assert.Equal([kept], (await Kept(id)).Reasons);
    }

    [Fact]
    public async Task Who_leaves_before_the_hands_rested_loses_nothing()
    {
        var (id, page) = await InHand();
        var other = await Sample.ELicence();
        await page.ClickOn("[data-testid=reject]");
        await page.ChangeOn("[data-testid=reason-PHOTO_BLUR]", true);
        Assert.Equal(Draft.Empty, await Kept(id));

        page.Render(p => p.Add(x => x.Id, other.Value));
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[data-testid=decision]")));
        Assert.Equal(["PHOTO_BLUR"], (await Kept(id)).Reasons);

        page.Render(p => p.Add(x => x.Id, id.Value));
        await page.WaitForAssertionAsync(() => Assert.Equal(["reason-PHOTO_BLUR"], Ticked(page)));
        await page.ChangeOn("[data-testid=reason-PHOTO_HAT]", true);
        await DisposeComponentsAsync();
        Assert.Equal(["PHOTO_BLUR", "PHOTO_HAT"], (await Kept(id)).Reasons);
    }

    [Fact]
    public async Task Who_decides_at_once_leaves_no_draft()
    {
        var (id, page) = await InHand();
        await page.ClickOn("[data-testid=reject]");
        await page.ChangeOn("[data-testid=reason-PHOTO_BLUR]", true);
        await page.ClickOn("[data-testid=send]");
        Assert.Equal(CaseState.Decided, (await Case(id)).State);
        HandsRest();
        await DisposeComponentsAsync();
        await using var db = await Store.Open();
        Assert.DoesNotContain(await db.Drafts.ToListAsync(), kept => kept.Case == id);
    }
}
