using Bunit;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using static ReviewConsole.Tests.Features.Desk.DeskContext;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class MeasurementsTests : UiContext
{
    public static SubjectFacts Licence { get; } = new ELicenceFacts(
        ApplicationKind.First, PhotoSource.Camera, null, new("A", "C1", new(2020, 1, 1), new(2030, 1, 1), "粤B", null, default, new([], default, false)), []);

    public static SubjectFacts Card
    {
        get
        {
            Assert.True(CardValidity.TryCreate(new(2020, 1, 1), new(2040, 1, 1), out var validity, out _));
            return new IdPhotoFacts(validity, [], 0.41, 4, []);
        }
    }

    [Fact]
    public void What_wants_attention_comes_first_and_nothing_is_said_of_a_picture_that_can_be_read()
    {
        var shown = Show(
            Check("readable", CheckResult.Pass), Check("pose", CheckResult.Pass), Check("head-width", CheckResult.Unmeasured), Check("eyes", CheckResult.Look), Check("head-length", CheckResult.Fail),
            Check("background", CheckResult.Fail));
        Assert.Equal(
            ["头部长度 不合格", "背景 不合格", "眼睛 请看", "头部宽度 未测", "姿态 合格"],
            shown.FindAll("tr[data-testid]").Select(row => $"{row.QuerySelector("th")!.TextContent.Trim()} {row.QuerySelector(".chip")!.TextContent}"));
        Assert.Equal("合格 2 · 请看 1 · 不合格 2 · 未测 1", shown.Find(".summary").TextContent);
    }

    [Fact]
    public void One_key_goes_through_the_measurements_in_their_order_and_ends_behind_the_last()
    {
        string? focus = null;
        var shown = Show(Check("pose", CheckResult.Pass), Check("eyes", CheckResult.Look));
        shown.Render(m => m.Add(x => x.FocusChanged, chosen => focus = chosen));
        List<string?> gone = [];
        for (var i = 0; i < 4; i++)
        {
            Assert.Single(shown.FindAll("[data-key=KeyJ]")).Click();
            gone.Add(focus);
            shown.Render(m => m.Add(x => x.Focus, focus));
        }

        Assert.Equal(["eyes", "pose", null, "eyes"], gone);
        Assert.Equal("J", shown.Find(".panel-head kbd").TextContent);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_said() =>
        Assert.Equal("照片无法读取。", Show(Check("readable", CheckResult.Fail, reason: "NOT_READABLE")).Find(".why").TextContent);

    [Theory]
    [InlineData(20.64, "mm", "20.6 mm")]
    [InlineData(440.0, "px", "440 px")]
    [InlineData(-3.4, "deg", "-3°")]
    [InlineData(97.6, "%", "98 %")]
    [InlineData(93.26, "L*", "L* 93.3")]
    [InlineData(0.686, null, "0.69")]
    [InlineData(12.34, null, "12.3")]
    [InlineData(123.4, null, "123")]
    [InlineData(1.0, null, "1")]
    public void A_value_stands_with_its_unit_in_the_precision_it_has(double value, string? unit, string words) =>
        Assert.Equal(words, Show(Check("pose", CheckResult.Pass, value, unit)).Find(".value").TextContent);

    [Fact]
    public void Numbers_are_written_the_same_in_every_language()
    {
        SpeakLanguage("de");
        Assert.Equal("20.6 mm", Show(Check("head-length", CheckResult.Pass, 20.64, "mm")).Find(".value").TextContent);
    }

    [Fact]
    public void What_could_not_be_measured_has_no_value_and_no_range_but_a_reason_in_words()
    {
        var shown = Show(Check("head-width", CheckResult.Unmeasured, min: 14, max: 16, reason: "HAIR_COVERS_EARS"));
        Assert.Equal("", shown.Find(".value").TextContent);
        Assert.Empty(shown.FindAll("svg"));
        Assert.Equal("头发遮住耳朵，无法测量头部宽度。", shown.Find(".why").TextContent);
    }

    [Fact]
    public void A_value_without_limits_has_no_range() =>
        Assert.Empty(Show(Check("pose", CheckResult.Pass, 1)).FindAll("svg"));

    [Fact]
    public void Choosing_a_check_chooses_it_for_the_picture_and_again_lets_it_go()
    {
        List<string?> chosen = [];
        var shown = Render<Measurements>(m => m.Add(x => x.Subject, Licence).Add(x => x.Pictures, [Picture(Check("pose", CheckResult.Pass))]).Add(x => x.FocusChanged, chosen.Add));
        shown.Find("th button").Click();
        shown.Render(m => m.Add(x => x.Focus, "pose"));
        Assert.NotNull(shown.Find("tr.on"));
        shown.Find("th button").Click();
        Assert.Equal(["pose", null], chosen);
    }

    [Fact]
    public void Under_each_picture_of_a_card_stands_what_was_measured_on_it()
    {
        var shown = Render<Measurements>(m => m.Add(x => x.Subject, Card).Add(x => x.Pictures,
        [
            Picture(Check("card-glare", CheckResult.Pass), Check("card-crop", CheckResult.Fail)) with { Kind = PictureKind.CardPortraitSide },
            Picture(Check("card-side", CheckResult.Pass)) with { Kind = PictureKind.CardEmblemSide },
            Picture(Check("readable", CheckResult.Pass)) with { Kind = PictureKind.PhotoOnFile },
            Picture(Check("single-face", CheckResult.Fail)) with { Kind = PictureKind.LiveFrame },
        ]));
        Assert.Equal(["人像面", "边角", "反光", "国徽面", "正反面", "活体抓拍", "单人"], shown.FindAll("th").Select(th => th.TextContent.Trim()));
    }

    [Fact]
    public void What_several_could_not_be_measured_for_is_said_once()
    {
        var shown = Show(
            Check("card-glare", CheckResult.Unmeasured, reason: "CARD_NOT_FOUND"), Check("card-crop", CheckResult.Unmeasured, reason: "CARD_NOT_FOUND"),
            Check("card-side", CheckResult.Unmeasured, reason: "CARD_SIDE_UNCLEAR"), Check("pose", CheckResult.Fail, reason: "HEAD_TURNED"), Check("eyes", CheckResult.Fail, reason: "HEAD_TURNED"));
        Assert.Equal(
            ["头部向一侧偏转，未正对镜头。", "头部向一侧偏转，未正对镜头。", "未找到证件边框，无法测量，请目测。", "证件模糊、反光或不完整，无法判断正反面。"], shown.FindAll(".why").Select(why => why.TextContent));
    }

    [Theory]
    [InlineData("card-sharpness", 0.236, "mm", "0.24 mm")]
    [InlineData("card-glare", 1.78, "%", "1.8 %")]
    [InlineData("card-glare", 0.0, "%", "0 %")]
    [InlineData("card-readable", 706.4, "px", "706 px")]
    [InlineData("card-crop", 1.583, null, "1.58")]
    public void The_measures_of_a_card_stand_in_the_precision_they_have(string id, double value, string? unit, string words) =>
        Assert.Equal(words, Show(Check(id, CheckResult.Pass, value, unit)).Find(".value").TextContent);

    [Fact]
    public void Where_nothing_was_measured_the_reviewer_is_told_to_look()
    {
        var shown = Render<Measurements>(m => m.Add(x => x.Subject, Licence).Add(x => x.Pictures, [Picture() with { Report = null }]));
        Assert.Contains("没有测量结果", shown.Find(".none").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_questions_that_only_a_person_can_answer_depend_on_what_is_reviewed()
    {
        Assert.Contains("近六个月内照片", Render<Measurements>(m => m.Add(x => x.Subject, Licence)).Find(".judge").TextContent, StringComparison.Ordinal);
        var card = Render<Measurements>(m => m.Add(x => x.Subject, Card)).Find(".judge").TextContent;
        Assert.Contains("证件人像与活体抓拍为同一人", card, StringComparison.Ordinal);
        Assert.DoesNotContain("近六个月内照片", card, StringComparison.Ordinal);
    }

    /// <summary>A portrait with the given outcomes.</summary>
    public static PictureFactsView Picture(params CheckOutcome[] checks) =>
        new(Guid.NewGuid(), PictureKind.Portrait, 440, 640, null, default, Report(checks), 0);

    private IRenderedComponent<Measurements> Show(params CheckOutcome[] checks) =>
        Render<Measurements>(m => m.Add(x => x.Subject, Licence).Add(x => x.Pictures, [Picture(checks)]));
}
