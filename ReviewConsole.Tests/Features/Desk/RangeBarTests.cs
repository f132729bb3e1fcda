using System.Globalization;
using Bunit;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using static ReviewConsole.Tests.Features.Desk.DeskContext;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class RangeBarTests : UiContext
{
    private const double Width = 100;

    [Theory]
    [InlineData(20.5, 50)]
    [InlineData(19, 33.3)]
    [InlineData(22, 66.7)]
    [InlineData(17.5, 16.7)]
    [InlineData(3, 4.5)]
    [InlineData(90, Width - 4.5)]
    public void The_marker_stands_where_the_value_lies_and_sticks_to_the_edge_beyond(double value, double x) =>
        Assert.Equal(x, Number(Show(value, 19, 22), "circle", "cx"), 1);

    [Theory]
    [InlineData(19.0, 22.0)]
    [InlineData(60.0, null)]
    [InlineData(null, 8.0)]
    public void A_value_within_the_limits_lies_in_the_band_and_one_outside_beside_it(double? min, double? max)
    {
        var limit = min ?? max!.Value;
        var inwards = min is null ? -1 : 1;
        Assert.True(Inside(limit + (inwards * limit * 0.02)));
        Assert.False(Inside(limit - (inwards * limit * 0.02)));

        bool Inside(double value)
        {
            var bar = Show(value, min, max);
            var (left, x) = (Number(bar, "rect[opacity]", "x"), Number(bar, "circle", "cx"));
            return x > left && x < left + Number(bar, "rect[opacity]", "width");
        }
    }

    [Fact]
    public void The_uncertainty_is_drawn_to_both_sides_where_there_is_one()
    {
        var bar = Show(20.5, 19, 22, 0.6);
        Assert.Equal((43.3, 56.7), (Number(bar, "line", "x1"), Number(bar, "line", "x2")));
        Assert.Empty(Show(20.5, 19, 22).FindAll("line"));
        Assert.Empty(Show(20.5, 19, 22, 0).FindAll("line"));
    }

    [Theory]
    [InlineData(19.0, 22.0, "允许 19 到 22")]
    [InlineData(60.0, null, "至少 60")]
    [InlineData(null, 8.0, "至多 8")]
    public void Who_cannot_see_the_band_hears_its_limits(double? min, double? max, string words) =>
        Assert.Equal(words, Show(20.5, min, max).Find("svg[role=img]").GetAttribute("aria-label"));

    [Theory]
    [InlineData(CheckResult.Pass, "var(--ok)")]
    [InlineData(CheckResult.Look, "var(--look)")]
    [InlineData(CheckResult.Fail, "var(--bad)")]
    public void The_marker_has_the_colour_of_the_result(CheckResult result, string colour) =>
        Assert.Equal(colour, Render<RangeBar>(b => b.Add(x => x.Outcome, Check("pose", result, 1, min: 0, max: 2))).Find("circle").GetAttribute("fill"));

    private IRenderedComponent<RangeBar> Show(double value, double? min, double? max, double? uncertainty = null) =>
        Render<RangeBar>(b => b.Add(x => x.Outcome, Check("head-length", CheckResult.Pass, value, "mm", min, max, uncertainty)));

    private static double Number(IRenderedComponent<RangeBar> bar, string what, string attribute) =>
        double.Parse(bar.Find(what).GetAttribute(attribute)!, CultureInfo.InvariantCulture);
}
