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
    public void The_lines_are_drawn_with_what_was_measured_unless_they_are_put_away()
    {
        var picture = MeasurementsTests.Picture(Check("head-length", CheckResult.Pass, 20.6, "mm", 19, 22, 0.4));
        var frame = Show(picture);
        Assert.Equal(["20.6 ± 0.4 mm", "15.1 mm"], frame.FindAll("text").Select(label => label.TextContent));
        Assert.Equal("人像照片，头部长度 20.6 mm，头部宽度 15.1 mm", frame.Find("svg").GetAttribute("aria-label"));
        var crown = frame.Find("[data-testid=head-lines] line");
        Assert.Equal(("60", "60"), (crown.GetAttribute("y1"), crown.GetAttribute("y2")));
        Assert.Equal($"{picture.Id}", frame.Find("image").GetAttribute("data-picture"));

        Shown.Switch(Overlay.Lines);
        Assert.Empty(Show(picture).FindAll("line, text"));
    }

    [Fact]
    public void A_picture_without_lines_needs_no_room_beside_it_but_to_be_as_large_as_another()
    {
        var picture = MeasurementsTests.Picture();
        var (plain, lined) = (picture with { Report = null }, Show(picture));
        Assert.Equal("0 0 440 640", Show(plain).Find("svg").GetAttribute("viewBox"));
        var beside = Render<PictureFrame>(f => f.Add(x => x.Picture, plain).Add(x => x.Roomy, true));
        Assert.Equal(lined.Find("svg").GetAttribute("viewBox"), beside.Find("svg").GetAttribute("viewBox"));
    }

    [Fact]
    public void A_picture_turns_by_quarters()
    {
        Assert.Equal(
            ["", "translate(640 0) rotate(90)", "translate(440 640) rotate(180)", "translate(0 440) rotate(270)"],
            Enumerable.Range(0, 4).Select(quarters => Show(quarters: quarters).Find("[data-view] > g").GetAttribute("transform")));
        Assert.Equal("270", Show(quarters: 3).Find("svg").GetAttribute("data-turn"));
    }

    [Fact]
    public void Its_stage_says_how_it_is_moved_and_tells_when_somebody_goes_there()
    {
        var touched = 0;
        var frame = Render<PictureFrame>(f => f.Add(x => x.Picture, MeasurementsTests.Picture()).Add(x => x.OnTouched, () => touched++).Add(x => x.Current, true));
        var stage = frame.Find("[data-stage][data-current]");
        Assert.Equal(("0", "人像照片，滚轮缩放，拖动或方向键移动"), (stage.GetAttribute("tabindex"), stage.GetAttribute("aria-label")));
        stage.FocusIn();
        Assert.Equal(1, touched);
        Assert.Empty(Show().FindAll("[data-current]"));
    }

    [Fact]
    public void What_was_replaced_says_so_with_its_day() =>
        Assert.Equal("人像照片 · 上次提交 11-23 13:26", Show(MeasurementsTests.Picture() with { Superseded = true, StoredAt = Time.GetUtcNow() }).Find("figcaption").TextContent);

    [Fact]
    public void The_ruler_is_drawn_on_demand_where_millimetres_are_known()
    {
        var picture = MeasurementsTests.Picture(Check("aspect", CheckResult.Pass));
        Assert.Empty(Show(picture).FindAll("[data-measure]"));
        Shown.Switch(Overlay.Ruler);
        Shown.Switch(Overlay.Lines);
        var frame = Show(picture);
        Assert.Equal(["10", "20", "10", "20", "30"], frame.FindAll("text").Select(number => number.TextContent));
        Assert.Equal(9, frame.Find("[data-measure]").GetAttribute("data-measure")!.Split(' ').Length);
        Assert.Empty(Show(MeasurementsTests.Picture(Check("aspect", CheckResult.Fail))).FindAll("[data-measure], [data-testid=ruler]"));
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
        var frame = Show(picture with { Report = picture.Report! with { Lines = head } }, quarters);
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
    public void The_face_and_the_outline_of_a_card_are_drawn_where_they_are()
    {
        var picture = MeasurementsTests.Picture() with { Kind = PictureKind.CardPortraitSide };
        picture = picture with { Report = picture.Report! with { Lines = null, Face = new(10, 20, 30, 40), Card = new(new(-5, 6), new(300, 7), new(301, 200), new(4, 201)) } };
        Assert.Equal("M-5 6L300 7L301 200L4 201z", Show(picture).Find("[data-testid=card-outline]").GetAttribute("d"));
        Assert.Empty(Show(picture).FindAll("[data-testid=face-box]"));

        Shown.Switch(Overlay.Face);
        Shown.Switch(Overlay.Card);
        var frame = Show(picture);
        var box = frame.Find("[data-testid=face-box]");
        Assert.Equal(("10", "20", "30", "40"), (box.GetAttribute("x"), box.GetAttribute("y"), box.GetAttribute("width"), box.GetAttribute("height")));
        Assert.Empty(frame.FindAll("[data-testid=card-outline]"));
    }

    [Fact]
    public void The_lines_of_the_check_that_was_chosen_stand_out()
    {
        var frame = Render<PictureFrame>(f => f.Add(x => x.Picture, MeasurementsTests.Picture()).Add(x => x.Focus, "head-width"));
        Assert.NotNull(frame.Find("g.width.on"));
        Assert.Empty(frame.FindAll("g.length.on"));
    }

    [Fact]
    public void The_background_is_shown_on_demand_where_it_offends()
    {
        var picture = MeasurementsTests.Picture();
        picture = picture with { Report = picture.Report! with { Background = new(2, 2, Convert.ToBase64String([0b0000_0010])) } };
        Assert.Empty(Show(picture).FindAll("[data-testid=offending]"));
        Shown.Switch(Overlay.Background);
        Assert.Equal("M220 0h220v320h-220z", Show(picture).Find("[data-testid=offending]").GetAttribute("d"));
        Assert.DoesNotContain(Overlay.Background, Overlays.Of(picture with { Report = picture.Report with { Background = new(2, 2, Convert.ToBase64String([0])) } }));
    }

    [Fact]
    public void A_picture_that_others_sent_too_says_so() =>
        Assert.Equal("另有 2 名申请人使用同一张照片", Show(MeasurementsTests.Picture() with { SharedWith = 2 }).Find(".shared").TextContent);

    private Overlays Shown => Services.GetRequiredService<Overlays>();

    private IRenderedComponent<PictureFrame> Show(PictureFactsView? picture = null, int quarters = 0) =>
        Render<PictureFrame>(f => f.Add(x => x.Picture, picture ?? MeasurementsTests.Picture()).Add(x => x.Turn, quarters * 90));

    private static double Of(IElement element, string attribute) => Number(element.GetAttribute(attribute)!);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
