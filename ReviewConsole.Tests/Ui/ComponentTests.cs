using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Ui;

public sealed class ComponentTests : UiContext
{
    private static PhotoReport Report(params CheckResult[] results) =>
        new(440, 640, 1, null, null, null, null, null, "t", [.. results.Select((r, i) => new CheckOutcome($"c{i}", r, null, null, null, null, null, null))]);

    [Theory]
    [InlineData("zh-CN", "合格", "请看 2", "不合格 1", "未测", "检测中")]
    [InlineData("en", "Pass", "Look 2", "Fail 1", "Unmeasured", "Measuring")]
    public void A_check_chip_says_what_most_wants_attention(string language, string pass, string look, string fail, string unmeasured, string pending)
    {
        SpeakLanguage(language);
        Assert.Equal(pass, Check(Report(CheckResult.Pass, CheckResult.Pass)));
        Assert.Equal(look, Check(Report(CheckResult.Look, CheckResult.Pass, CheckResult.Look)));
        Assert.Equal(fail, Check(Report(CheckResult.Look, CheckResult.Fail)));
        Assert.Equal(unmeasured, Check(Report(CheckResult.Unmeasured, CheckResult.Pass)));
        Assert.Equal(pending, Check(null));

        string Check(PhotoReport? report) => Render<CheckChip>(chip => chip.Add(c => c.Report, report)).Find(".chip").TextContent;
    }

    [Theory]
    [InlineData(CaseState.Claimed, null, "审核中", "chip ")]
    [InlineData(CaseState.Returned, null, "待补充材料", "chip look")]
    [InlineData(CaseState.Decided, Outcome.Rejected, "已决定", "chip ")]
    [InlineData(CaseState.Closed, Outcome.Approved, "通过", "chip ok")]
    [InlineData(CaseState.Closed, Outcome.Rejected, "驳回", "chip bad")]
    public void A_state_chip_shows_the_outcome_only_once_the_case_is_closed(CaseState state, Outcome? outcome, string words, string look)
    {
        var chip = Render<StateChip>(c => c.Add(x => x.State, state).Add(x => x.Outcome, outcome)).Find("span");
        Assert.Equal(words, chip.TextContent);
        Assert.Equal(look, chip.ClassName);
    }

    [Fact]
    public void Every_state_and_outcome_has_words_in_both_languages()
    {
        foreach (var language in new[] { "zh-CN", "en" })
        {
            SpeakLanguage(language);
            foreach (var state in Enum.GetValues<CaseState>())
                Assert.DoesNotContain("_", Render<StateChip>(c => c.Add(x => x.State, state)).Markup, StringComparison.Ordinal);
            foreach (var outcome in Enum.GetValues<Outcome>())
                Assert.DoesNotContain("_", Render<StateChip>(c => c.Add(x => x.State, CaseState.Closed).Add(x => x.Outcome, outcome)).Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Masked_text_asks_once_however_often_it_is_clicked()
    {
        TaskCompletionSource revealed = new();
        var asked = 0;
        var masked = Render<MaskedText>(m => m.Add(x => x.Label, "姓名").Add(x => x.Masked, "王**").Add(x => x.OnReveal, () =>
        {
            asked++;
            return revealed.Task;
        }));
        Assert.Equal("王**", masked.Find(".masked > span").TextContent);
        Assert.Equal("显示姓名（会记录）", masked.Find("button").GetAttribute("aria-label"));
        var button = masked.Find("button");
        _ = button.ClickAsync(new MouseEventArgs());
        _ = button.ClickAsync(new MouseEventArgs());
        Assert.Equal(1, asked);
        masked.Render(m => m.Add(x => x.Clear, "王小明"));
        Assert.Equal("王小明", masked.Find(".masked").TextContent.Trim());
        Assert.Empty(masked.FindAll("button"));
        revealed.SetResult();
    }

    [Fact]
    public void Masked_text_offers_nothing_to_people_who_may_not_reveal() =>
        Assert.Empty(Render<MaskedText>(m => m.Add(x => x.Label, "姓名").Add(x => x.Masked, "王**")).FindAll("button"));

    [Fact]
    public void An_error_says_why_and_can_be_tried_again()
    {
        var tries = 0;
        var error = Render<ErrorState>(e => e.Add(x => x.Refusal, Refusals.ClaimLost).Add(x => x.OnRetry, () => tries++));
        Assert.Contains("领取已失效", error.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        error.Find("button").Click();
        Assert.Equal(1, tries);
        Assert.Empty(Render<ErrorState>(e => e.Add(x => x.Body, "…")).FindAll("button"));
    }

    [Fact]
    public void Empty_and_loading_states_say_what_is_going_on()
    {
        var empty = Render<EmptyState>(e => e.Add(x => x.Title, "没有待审").Add(x => x.Body, "新件到达后会出现在这里。").AddChildContent("<a href='/'>x</a>"));
        Assert.Equal("没有待审", empty.Find(".state-title").TextContent);
        Assert.NotNull(empty.Find("a"));
        Assert.Equal("正在载入…", Render<LoadingState>().Find("[role=status]").TextContent);
    }

    [Fact]
    public void A_page_header_has_the_page_s_one_heading_and_its_actions()
    {
        var header = Render<PageHeader>(h => h.Add(x => x.Title, "SQ2026112000481").AddChildContent("<span class=chip>x</span>").Add(x => x.Actions, (RenderFragment)(b => b.AddMarkupContent(0, "<button>y</button>"))));
        Assert.Equal("SQ2026112000481", header.Find("header h1").TextContent);
        Assert.Single(header.FindAll("header .chip"));
        Assert.Single(header.FindAll("header button"));
    }

    [Fact]
    public void A_key_cap_shows_its_key() => Assert.Equal("A", Render<KeyCap>(k => k.Add(x => x.Key, "A")).Find("kbd").TextContent);

    [Fact]
    public void A_refusal_is_said_with_its_details_and_an_unknown_code_is_named()
    {
        var words = Services.GetRequiredService<RefusalWords>();
        Assert.Equal("姓名最多 50 个字符。", words.Of(new Refusal("NAME_TOO_LONG", "50")));
        Assert.Equal("没有办成（SOMETHING_NEW）。请联系管理员。", words.Of(new Refusal("SOMETHING_NEW", "1", "2")));
        SpeakLanguage("en");
        Assert.Equal("The name may have at most 50 characters.", words.Of(new Refusal("NAME_TOO_LONG", "50")));
    }

    [Fact]
    public void Times_are_Shanghai_times_whatever_offset_they_come_in()
    {
        DateTimeOffset at = new(2026, 11, 20, 7, 12, 8, TimeSpan.Zero);
        Assert.Equal("11-20 15:12", Times.Short(at));
        Assert.Equal("11-20 15:12 周五", Times.WithDay(at));
        Assert.Equal("2026-11-20 15:12:08", Times.Exact(at));
        Assert.Equal("2026-11-20T15:12:08+08:00", Times.Machine(at));
        SpeakLanguage("en");
        Assert.Equal("11-20 15:12 Fri", Times.WithDay(at));
    }
}
