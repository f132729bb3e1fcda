using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using static ReviewConsole.Tests.Features.Desk.DeskContext;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class PictureFrameTests : UiContext
{
    [Fact]
    public void The_lines_are_drawn_at_first_with_what_was_measured_and_can_be_put_away()
    {
        var frame = Show(MeasurementsTests.Picture(Check("head-length", CheckResult.Pass, 20.6, "mm", 19, 22, 0.4)));
        Assert.Equal(["20.6 ± 0.4 mm", "15.1 mm"], frame.FindAll("text").Select(label => label.TextContent));
        Assert.Equal("人像照片，头部长度 20.6 mm，头部宽度 15.1 mm", frame.Find("svg").GetAttribute("aria-label"));
        var crown = frame.Find("[data-testid=head-lines] line");
        Assert.Equal(("60", "60"), (crown.GetAttribute("y1"), crown.GetAttribute("y2")));

        Tool(frame, "KeyL").Click();
        Assert.Empty(frame.FindAll("line, text"));
        Assert.Equal("false", Tool(frame, "KeyL").GetAttribute("aria-pressed"));
        Tool(frame, "KeyL").Click();
        Assert.NotEmpty(frame.FindAll("line"));
    }

    [Fact]
    public void Without_lines_there_is_no_switch_for_them()
    {
        var picture = MeasurementsTests.Picture();
        var frame = Show(picture with { Report = picture.Report! with { Lines = null } });
        Assert.Empty(frame.FindAll("line, [data-key=KeyL]"));
        Assert.Equal("0 0 440 640", frame.Find("svg").GetAttribute("viewBox"));
    }

    [Fact]
    public void Larger_and_smaller_stop_at_eightfold_and_at_the_whole_picture()
    {
        var frame = Show();
        Assert.Equal("width:100%;height:100%", Style());
        Tool(frame, "Minus").Click();
        Assert.Equal("width:100%;height:100%", Style());
        Tool(frame, "Equal").Click();
        Assert.Equal("width:125%;height:125%", Style());
        for (var i = 0; i < 20; i++)
            Tool(frame, "Equal").Click();
        Assert.Equal("width:800%;height:800%", Style());
        Tool(frame, "Digit0").Click();
        Assert.Equal("width:100%;height:100%", Style());

        string? Style() => frame.Find("svg").GetAttribute("style");
    }

    [Fact]
    public void A_picture_turns_by_quarters_back_to_where_it_was_and_fits_again()
    {
        var frame = Show();
        List<string?> turns = [];
        for (var i = 0; i < 4; i++)
        {
            Tool(frame, "KeyT").Click();
            turns.Add(frame.Find("svg > g").GetAttribute("transform"));
        }

        Assert.Equal(["translate(640 0) rotate(90)", "translate(440 640) rotate(180)", "translate(0 440) rotate(270)", ""], turns);
        Tool(frame, "KeyT").Click();
        Tool(frame, "Digit0").Click();
        Assert.Equal("", frame.Find("svg > g").GetAttribute("transform"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Picture_lines_and_labels_stay_in_sight_however_it_is_turned(int quarters)
    {
        var frame = Show();
        for (var i = 0; i < quarters; i++)
            Tool(frame, "KeyT").Click();
        var box = frame.Find("svg").GetAttribute("viewBox")!.Split(' ').Select(Number).ToArray();
        var points = frame.FindAll("line").SelectMany(line => new[] { (Of(line, "x1"), Of(line, "y1")), (Of(line, "x2"), Of(line, "y2")) })
            .Concat(frame.FindAll("text").Select(label => (Of(label, "x"), Of(label, "y")))).Concat([(0.0, 0.0), (440.0, 640.0)]);
        Assert.All(points.Select(Turned), at =>
        {
            Assert.InRange(at.X, box[0], box[0] + box[2]);
            Assert.InRange(at.Y, box[1], box[1] + box[3]);
        });

        (double X, double Y) Turned((double X, double Y) at) => quarters switch
        {
            1 => (640 - at.Y, at.X),
            2 => (440 - at.X, 640 - at.Y),
            3 => (at.Y, 440 - at.X),
            _ => at,
        };
    }

    [Fact]
    public void The_lines_of_the_check_that_was_chosen_stand_out()
    {
        var frame = Render<PictureFrame>(f => f.Add(x => x.Picture, MeasurementsTests.Picture()).Add(x => x.Main, true).Add(x => x.Focus, "head-width"));
        Assert.NotNull(frame.Find("g.width.on"));
        Assert.Empty(frame.FindAll("g.length.on"));
    }

    [Fact]
    public void Only_the_main_picture_has_keys()
    {
        var second = Render<PictureFrame>(f => f.Add(x => x.Picture, MeasurementsTests.Picture()));
        Assert.Empty(second.FindAll("[data-key], kbd"));
        Assert.Equal(5, second.FindAll("button").Count);
    }

    [Fact]
    public void The_background_is_shown_on_demand_where_it_offends()
    {
        var picture = MeasurementsTests.Picture();
        var cells = Convert.ToBase64String([0b0000_0010]);
        var frame = Show(picture with { Report = picture.Report! with { Background = new(2, 2, cells) } });
        Assert.Empty(frame.FindAll("[data-testid=offending]"));
        Tool(frame, "KeyB").Click();
        Assert.Equal("M220 0h220v320h-220z", frame.Find("[data-testid=offending]").GetAttribute("d"));
        Assert.Empty(Show(picture with { Report = picture.Report with { Background = new(2, 2, Convert.ToBase64String([0])) } }).FindAll("[data-key=KeyB]"));
    }

    [Fact]
    public void A_picture_that_others_sent_too_says_so() =>
        Assert.Equal("另有 2 名申请人使用同一张照片", Show(MeasurementsTests.Picture() with { SharedWith = 2 }).Find(".shared").TextContent);

    private IRenderedComponent<PictureFrame> Show(PictureFactsView? picture = null) =>
        Render<PictureFrame>(f => f.Add(x => x.Picture, picture ?? MeasurementsTests.Picture()).Add(x => x.Main, true));

    private static IElement Tool(IRenderedComponent<PictureFrame> frame, string key) => frame.Find($"[data-key={key}]");

    private static double Of(IElement element, string attribute) => Number(element.GetAttribute(attribute)!);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
