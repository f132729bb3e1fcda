using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class DecisionPanelTests() : UiContext(services => services.AddSingleton(Authorities.Standard).AddSingleton(Reasons.Standard))
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
        Assert.Equal(expected.Select(reason => reason.LabelZh), shown.FindAll("label > span:first-of-type").Select(span => span.TextContent));
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
        Assert.Equal("短信 3 字： 请脱帽", shown.Find(".sms").TextContent);
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

    private IRenderedComponent<DecisionPanel> Show(Draft draft, string? suggested = null, SubjectFacts? subject = null) => Render<DecisionPanel>(p => p
        .Add(x => x.View, FactsTests.View(subject ?? MeasurementsTests.Licence, null, suggested is null ? [] : [suggested])).Add(x => x.Draft, draft));
}
