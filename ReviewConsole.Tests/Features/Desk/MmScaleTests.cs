using System.Globalization;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using static ReviewConsole.Tests.Features.Desk.DeskContext;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class MmScaleTests
{
    private static readonly CardOutline Tilted = new(new(120, 90), new(700, 60), new(760, 470), new(80, 430));

    [Fact]
    public void A_portrait_is_32_mm_high_where_its_proportions_are_those_of_the_print()
    {
        Assert.Null(MmScale.Of(Report()));
        Assert.Null(MmScale.Of(Report(Check("aspect", CheckResult.Fail))));
        Assert.Equal(20, Distance(MmScale.Of(Portrait)!, (0, 100), (0, 500)), 9);
        Assert.Equal(22, Distance(MmScale.Of(Portrait)!, (0, 7), (440, 7)), 9);
    }

    [Fact]
    public void The_print_is_as_high_as_the_report_was_made_for()
    {
        var taller = Portrait with { MadeWith = new("x", new Dictionary<string, double> { [nameof(PhotoSettings.PrintHeightMm)] = 48 }, new Dictionary<string, string>()) };
        Assert.Equal(30, Distance(MmScale.Of(taller)!, (0, 100), (0, 500)), 9);
    }

    [Fact]
    public void A_card_is_85_6_by_54_mm_between_its_corners_however_it_lies()
    {
        var scale = MmScale.Of(Report() with { Card = Tilted })!;
        var (one, two, three, four) = ((120.0, 90.0), (700.0, 60.0), (760.0, 470.0), (80.0, 430.0));
        Assert.Equal([85.6, 54, 85.6, 54], [Distance(scale, one, two), Distance(scale, two, three), Distance(scale, three, four), Distance(scale, four, one)], new Near());
        Assert.Equal(Math.Sqrt((85.6 * 85.6) + (54 * 54)), Distance(scale, one, three), 6);
    }

    [Fact]
    public void Corners_in_one_line_give_no_scale() =>
        Assert.Null(MmScale.Of(Report() with { Card = new(new(0, 0), new(100, 0), new(200, 0), new(300, 0)) }));

    [Fact]
    public void The_marks_stand_at_whole_millimetres()
    {
        var scale = MmScale.Of(Portrait)!;
        // 20 pixels a millimetre: every fifth along both edges, longer at the tenth.
        Assert.StartsWith("M100 0L100 28M200 0L200 40M300 0L300 28", scale.Marks, StringComparison.Ordinal);
        Assert.Equal(4 + 6, scale.Marks.Count(c => c == 'M'));
        Assert.Equal(21 + 31 - 10, scale.FineMarks.Count(c => c == 'M'));
        Assert.Equal([(200.0, 64.0, "10"), (400.0, 64.0, "20")], scale.Numbers.Take(2));
    }

    private static PhotoReport Portrait => Report(Check("aspect", CheckResult.Pass));

    private static double Distance(MmScale scale, (double X, double Y) from, (double X, double Y) to)
    {
        var plane = scale.Plane.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var ((fromX, fromY), (toX, toY)) = (Mm(from), Mm(to));
        return Math.Sqrt(((fromX - toX) * (fromX - toX)) + ((fromY - toY) * (fromY - toY)));

        (double X, double Y) Mm((double X, double Y) at)
        {
            var w = (plane[6] * at.X) + (plane[7] * at.Y) + plane[8];
            return (((plane[0] * at.X) + (plane[1] * at.Y) + plane[2]) / w, ((plane[3] * at.X) + (plane[4] * at.Y) + plane[5]) / w);
        }
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-6;

        public int GetHashCode(double obj) => 0;
    }
}
