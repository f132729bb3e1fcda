using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class DecisionPanelTests() : UiContext(services => services.AddSingleton(Authorities.Standard).AddSingleton(Reasons.Standard).AddSingleton(new ColleaguesQuery(null!, null!)))
{
    private static readonly Draft Rejecting = Draft.Empty with { Mode = DraftMode.Rejecting };

    [Theory]
    [InlineData(DraftMode.Rejecting)]
    [InlineData(DraftMode.Asking)]
    [InlineData(DraftMode.Referring)]
    public void Only_reasons_of_the_queue_that_fit_are_offered_and_each_once(DraftMode mode)
    {
        var expected = Reasons.Standard.All.Where(reason => reason.QueueId == Queues.IdPhoto && mode switch
        {
            DraftMode.Asking => reason.NextStep == NextStep.Retry,
            DraftMode.Referring => reason.NextStep == NextStep.Refer,
            _ => true,
        });
        var shown = Show(Draft.Empty with { Mode = mode }, subject: MeasurementsTests.Card);
        Assert.Equal(expected.Select(reason => reason.LabelZh), shown.FindAll("label > span:not(.chip)").Select(span => span.TextContent));
    }

    [Fact]
    public void A_reason_says_what_is_particular_about_it()
    {
        var shown = Show(Rejecting, "PHOTO_HAT");
        Assert.Equal(["机器提示"], Chips("PHOTO_HAT"));
        Assert.Equal(["须复核", "到窗口办理"], Chips("PHOTO_NOT_APPLICANT"));
        Assert.Equal(["变更后再申请"], Chips("LICENCE_EXPIRED"));
        Assert.Empty(Chips("PHOTO_BLUR"));

        IEnumerable<string> Chips(string code) => shown.Find($"[data-testid=reason-{code}]").ParentElement!.QuerySelectorAll(".chip").Select(chip => chip.TextContent);
    }

    [Fact]
    public void Ticking_adds_in_the_order_of_ticking_and_unticking_takes_away()
    {
        var draft = Rejecting with { Reasons = ["PHOTO_HAT"] };
        var shown = Render<DecisionPanel>(p => p.Add(x => x.View, FactsTests.View(MeasurementsTests.Licence)).Add(x => x.Draft, draft).Add(x => x.DraftChanged, changed => draft = changed));
        shown.Find("[data-testid=reason-PHOTO_BLUR]").Change(true);
        Assert.Equal(["PHOTO_HAT", "PHOTO_BLUR"], draft.Reasons);
        shown.Render(p => p.Add(x => x.Draft, draft));
        shown.Find("[data-testid=reason-PHOTO_HAT]").Change(false);
        Assert.Equal(["PHOTO_BLUR"], draft.Reasons);
    }

    [Theory]
    [InlineData(DraftMode.Rejecting, "确认驳回")]
    [InlineData(DraftMode.Asking, "发送")]
    [InlineData(DraftMode.Referring, "确认移交")]
    public void Sending_needs_a_reason_and_says_what_it_does(DraftMode mode, string words)
    {
        var draft = Draft.Empty with { Mode = mode };
        var send = Show(draft).Find("[data-testid=send]");
        Assert.StartsWith(words, send.TextContent.Trim(), StringComparison.Ordinal);
        Assert.True(send.HasAttribute("disabled"));
        Assert.False(Show(draft with { Reasons = ["PHOTO_HAT"] }).Find("[data-testid=send]").HasAttribute("disabled"));
    }

    [Fact]
    public void Nothing_is_sent_twice()
    {
        var shown = Render<DecisionPanel>(p => p
            .Add(x => x.View, FactsTests.View(MeasurementsTests.Licence)).Add(x => x.Draft, Rejecting with { Reasons = ["PHOTO_HAT"] }).Add(x => x.Busy, true));
        Assert.True(shown.Find("[data-testid=send]").HasAttribute("disabled"));
    }

    [Fact]
    public void The_preview_is_the_short_message_with_its_length_and_the_words_in_the_app()
    {
        var shown = Render<DecisionPanel>(p => p
            .Add(x => x.View, FactsTests.View(MeasurementsTests.Licence)).Add(x => x.Draft, Rejecting with { Reasons = ["PHOTO_HAT"] }).Add(x => x.Preview, new NoticeWords("请脱帽", "未通过", "一\n二")));
        Assert.Equal("短信 12 字，1 条： 【交管12123】请脱帽", shown.Find(".sms").TextContent);
        Assert.Equal("应用内 3 字：", shown.Find(".app .muted").TextContent);
        Assert.Equal(("未通过", "一\n二"), (shown.Find(".app strong").TextContent, shown.Find(".app .lines").TextContent));
    }

    [Fact]
    public void Why_the_last_try_was_refused_is_said()
    {
        var shown = Render<DecisionPanel>(p => p.Add(x => x.View, FactsTests.View(MeasurementsTests.Licence)).Add(x => x.Draft, Rejecting).Add(x => x.Problem, Refusals.ClaimLost));
        Assert.StartsWith("领取已失效", shown.Find(".problem[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(Show(Rejecting).FindAll(".problem"));
    }

    [Fact]
    public void Only_a_decision_has_room_for_a_note_to_colleagues()
    {
        Assert.Contains("内部备注", Show(Rejecting).Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("内部备注", Show(Draft.Empty with { Mode = DraftMode.Asking }).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_that_ends_the_request_and_one_that_may_be_tried_again_are_told_apart()
    {
        var shown = Show(Rejecting);
        Assert.Equal("可重提", shown.Find("[data-testid=reason-PHOTO_BLUR]").ParentElement!.QuerySelector("small")!.TextContent);
        Assert.Null(shown.Find("[data-testid=reason-PHOTO_NOT_APPLICANT]").ParentElement!.QuerySelector("small"));
    }

    [Fact]
    public void Nine_reasons_at_a_time_have_a_number_and_nought_goes_on_to_the_next_until_it_is_the_first_again()
    {
        var shown = Show(Rejecting);
        var all = Reasons.Standard.For(Queues.ELicence).Select(r => r.Code).ToList();
        for (var first = 0; first < all.Count; first += DecisionPanel.Caps)
        {
            Assert.Equal(all.Skip(first).Take(9).Select((code, i) => ($"reason-{code}", $"Digit{i + 1}", $"{i + 1}")), Numbered());
            shown.Find("[data-key=Digit0]").Click();
        }

        Assert.Equal("reason-PHOTO_UNREADABLE", Numbered().First().Item1);

        IEnumerable<(string, string, string)> Numbered() => shown.FindAll("label input[data-key]")
            .Select(box => (box.GetAttribute("data-testid")!, box.GetAttribute("data-key")!, box.ParentElement!.QuerySelector("kbd")!.TextContent));
    }

    [Fact]
    public void Few_reasons_need_no_further_ones() => Assert.Empty(Show(Draft.Empty with { Mode = DraftMode.Referring }).FindAll("[data-key=Digit0]"));

    [Fact]
    public void Initials_find_a_reason_and_Enter_ticks_it()
    {
        var (draft, sent) = (Rejecting, 0);
        var shown = Live(() => draft, changed => draft = changed, () => sent++);
        Find(shown).Input("bjbs");
        Assert.Equal("背景不是白色或不均匀", shown.Find("label.on span").TextContent);
        Assert.Equal("Digit1", shown.Find("label.on input").GetAttribute("data-key"));
        Find(shown).KeyDown("Enter");
        Assert.Equal("PHOTO_BACKGROUND", Assert.Single(draft.Reasons));
        Assert.Equal(0, sent);
        Assert.Equal("", Find(shown).GetAttribute("value"));
        Assert.Empty(shown.FindAll("label.on"));
    }

    [Fact]
    public void Arrows_move_the_mark_among_what_was_found_and_stop_at_its_ends()
    {
        var draft = Rejecting;
        var shown = Live(() => draft, changed => draft = changed, () => { });
        Find(shown).Input("tb");
        string[] found = [.. shown.FindAll("label input").Select(box => box.GetAttribute("data-testid")!)];
        Assert.Equal(["reason-PHOTO_HEAD_LENGTH", "reason-PHOTO_HEAD_WIDTH", "reason-PHOTO_HEAD_POSITION"], found[..3]);
        Find(shown).KeyDown("ArrowDown");
        Assert.Equal(found[1], Marked());
        Find(shown).KeyDown("ArrowUp");
        Find(shown).KeyDown("ArrowUp");
        Assert.Equal(found[0], Marked());
        // With nothing typed, too.
        Find(shown).Input("");
        Find(shown).KeyDown("ArrowUp");
        Assert.Equal("reason-PHOTO_REPLACED_TOO_SOON", Marked());
        Find(shown).KeyDown("Enter");
        Assert.Equal(["PHOTO_REPLACED_TOO_SOON"], draft.Reasons);

        string? Marked() => shown.Find("label.on input").GetAttribute("data-testid");
    }

    [Fact]
    public void Enter_with_nothing_typed_sends_but_not_by_the_bounce_of_the_one_that_ticked()
    {
        var (draft, sent) = (Rejecting, 0);
        var shown = Live(() => draft, changed => draft = changed, () => sent++);
        Find(shown).KeyDown("Enter");
        Assert.Equal(0, sent);
        Find(shown).Input("wmg");
        Find(shown).KeyDown("Enter");
        shown.Render(p => p.Add(x => x.Draft, draft));
        Find(shown).KeyDown("Enter");
        Assert.Equal(0, sent);
        Time.Advance(TimeSpan.FromMilliseconds(300));
        Find(shown).KeyDown(new KeyboardEventArgs { Key = "Enter", Repeat = true });
        Find(shown).KeyDown(new KeyboardEventArgs { Key = "Enter", CtrlKey = true });
        Assert.Equal(0, sent);
        Find(shown).KeyDown("Enter");
        Assert.Equal(1, sent);
    }

    [Fact]
    public void What_an_input_method_composes_ticks_and_sends_nothing_and_what_is_not_found_says_so()
    {
        var (draft, sent) = (Rejecting with { Reasons = ["PHOTO_HAT"] }, 0);
        var shown = Live(() => draft, changed => draft = changed, () => sent++);
        Find(shown).Input("b'j");
        Find(shown).KeyDown(new KeyboardEventArgs { Key = "Enter", IsComposing = true });
        Find(shown).KeyDown(new KeyboardEventArgs { Key = "Process" });
        Assert.Equal(["PHOTO_HAT"], draft.Reasons);
        Find(shown).Input("没有的");
        Assert.StartsWith("没有这样的原因", shown.Find(".none").TextContent, StringComparison.Ordinal);
        Find(shown).KeyDown("ArrowDown");
        Find(shown).KeyDown("Enter");
        Assert.Equal("PHOTO_HAT", Assert.Single(draft.Reasons));
        Assert.Equal(0, sent);
    }

    private static AngleSharp.Dom.IElement Find(IRenderedComponent<DecisionPanel> shown) => shown.Find("[data-testid=find]");

    private IRenderedComponent<DecisionPanel> Live(Func<Draft> draft, Action<Draft> change, Action send) => Render<DecisionPanel>(p => p
        .Add(x => x.View, FactsTests.View(MeasurementsTests.Licence)).Add(x => x.Draft, draft()).Add(x => x.DraftChanged, change).Add(x => x.OnSend, send));

    private IRenderedComponent<DecisionPanel> Show(Draft draft, string? suggested = null, SubjectFacts? subject = null) => Render<DecisionPanel>(p => p
        .Add(x => x.View, FactsTests.View(subject ?? MeasurementsTests.Licence, null, suggested is null ? [] : [suggested])).Add(x => x.Draft, draft));
}
