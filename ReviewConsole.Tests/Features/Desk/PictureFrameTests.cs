using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using static ReviewConsole.Tests.Features.Desk.DeskContext;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class PictureFrameTests : UiContext
{
    public PictureFrameTests()
        : base(services => services.AddScoped<Overlays>())
    {
    }

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
    [InlineData(0, 0.5)]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.5)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void Lines_and_whole_labels_stay_in_sight_upright_and_apart_however_it_is_turned(int quarters, double place)
    {
        // A head anywhere: in the middle, or in a corner.
        var picture = MeasurementsTests.Picture(Check("head-length", CheckResult.Pass, 20.6, "mm", 19, 22, 0.4), Check("head-width", CheckResult.Pass, 15.1, "mm", 14, 16, 0.4));
        var head = new HeadLines(540 * place, (540 * place) + 100, 340 * place, (340 * place) + 100);
        var frame = Show(picture with { Report = picture.Report! with { Lines = head } });
        for (var i = 0; i < quarters; i++)
            Tool(frame, "KeyT").Click();
        var box = frame.Find("svg").GetAttribute("viewBox")!.Split(' ').Select(Number).ToArray();
        var points = frame.FindAll("line").SelectMany(line => new[] { (Of(line, "x1"), Of(line, "y1")), (Of(line, "x2"), Of(line, "y2")) }).Select(Turned);
        var labels = frame.FindAll("text").Select(Room).ToList();
        Assert.Equal(2, labels.Count);
        Assert.All(points.Concat(labels.SelectMany(l => new[] { (l.Left, l.Top), (l.Right, l.Bottom) })).Concat([Turned((0, 0)), Turned((440, 640))]), at =>
        {
            Assert.InRange(at.Item1, box[0], box[0] + box[2]);
            Assert.InRange(at.Item2, box[1], box[1] + box[3]);
        });
        Assert.True(labels[0].Right < labels[1].Left || labels[1].Right < labels[0].Left || labels[0].Bottom < labels[1].Top || labels[1].Bottom < labels[0].Top);
        // Beside the picture, not over it.
        var (width, height) = quarters % 2 == 0 ? (440, 640) : (640, 440);
        Assert.All(labels, l => Assert.True(l.Right <= 0 || l.Bottom <= 0 || l.Left >= width || l.Top >= height, l.ToString()));

        (double Left, double Top, double Right, double Bottom) Room(IElement label)
        {
            var (x, y, size) = (Of(label, "x"), Of(label, "y"), Of(label, "font-size"));
            var (along, across) = (label.TextContent.Length * size * 0.29, size / 2);
            // Upright, or read downwards; never upside down.
            return label.GetAttribute("transform") is { } transform && Starts(transform) ? (x - across, y - along, x + across, y + along) : (x - along, y - across, x + along, y + across);
        }

        static bool Starts(string transform)
        {
            Assert.StartsWith("rotate(90 ", transform, StringComparison.Ordinal);
            return true;
        }

        (double X, double Y) Turned((double X, double Y) at) => quarters switch
        {
            1 => (640 - at.Y, at.X),
            2 => (440 - at.X, 640 - at.Y),
            3 => (at.Y, 440 - at.X),
            _ => at,
        };
    }

    [Fact]
    public void The_face_and_the_outline_of_a_card_have_switches_of_their_own()
    {
        var picture = MeasurementsTests.Picture() with { Kind = PictureKind.CardPortraitSide };
        var frame = Show(picture with { Report = picture.Report! with { Lines = null, Face = new(10, 20, 30, 40), Card = new(new(-5, 6), new(300, 7), new(301, 200), new(4, 201)) } });
        Assert.Equal(["KeyF", "KeyO"], frame.FindAll(".switches button").Select(button => button.GetAttribute("data-key")));
        Assert.Equal("M-5 6L300 7L301 200L4 201z", frame.Find("[data-testid=card-outline]").GetAttribute("d"));
        Assert.Empty(frame.FindAll("[data-testid=face-box]"));
        Assert.Equal("false", Tool(frame, "KeyF").GetAttribute("aria-pressed"));

        Tool(frame, "KeyF").Click();
        Tool(frame, "KeyO").Click();
        var box = frame.Find("[data-testid=face-box]");
        Assert.Equal(("10", "20", "30", "40"), (box.GetAttribute("x"), box.GetAttribute("y"), box.GetAttribute("width"), box.GetAttribute("height")));
        Assert.Empty(frame.FindAll("[data-testid=card-outline]"));
        Assert.Equal(("true", "false"), (Tool(frame, "KeyF").GetAttribute("aria-pressed"), Tool(frame, "KeyO").GetAttribute("aria-pressed")));
    }

    [Fact]
    public void One_switch_is_for_all_pictures_and_for_the_next_case()
    {
        var picture = MeasurementsTests.Picture();
        picture = picture with { Report = picture.Report! with { Face = new(10, 20, 30, 40) } };
        var (main, other) = (Show(picture), Render<PictureFrame>(f => f.Add(x => x.Picture, picture)));
        Tool(main, "KeyF").Click();
        Assert.NotEmpty(other.FindAll("[data-testid=face-box]"));
        Assert.Equal("true", Tool(Show(picture), "KeyF").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void The_main_picture_has_the_switches_of_all()
    {
        var plain = MeasurementsTests.Picture() with { Report = null };
        var live = MeasurementsTests.Picture();
        live = live with { Kind = PictureKind.LiveFrame, Report = live.Report! with { Lines = null, Face = new(10, 20, 30, 40) } };
        var evidence = Render<ReviewConsole.Features.Desk.Evidence>(e => e.Add(x => x.Pictures, [plain, live]));
        Assert.Equal(["KeyF"], evidence.FindAll(".switches button").Select(button => button.GetAttribute("data-key")));
        evidence.Find("[data-key=KeyF]").Click();
        Assert.NotNull(evidence.Find("[data-testid=picture-LiveFrame] [data-testid=face-box]"));
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
        Assert.Equal(4, second.FindAll("button").Count);
    }

    [Fact]
    public void The_background_is_shown_on_demand_where_it_offends()
    {
        var picture = MeasurementsTests.Picture();
        var cells = Convert.ToBase64String([0b0000_0010]);
        var frame = Show(picture with { Report = picture.Report! with { Background = new(2, 2, cells) } });
        Assert.Empty(frame.FindAll("[data-testid=offending]"));
        Tool(frame, "KeyG").Click();
        Assert.Equal("M220 0h220v320h-220z", frame.Find("[data-testid=offending]").GetAttribute("d"));
        Assert.Empty(Show(picture with { Report = picture.Report with { Background = new(2, 2, Convert.ToBase64String([0])) } }).FindAll("[data-key=KeyG]"));
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
