using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReviewConsole.Photos;

/// <summary>
/// Finds the four sides of an identity card in a picture: straight edges by a Hough transform on a picture of about 250 px, of which the four are taken that an edge
/// follows all along, that enclose much, and that have the card's proportions; then each side is fitted again at full size.
/// </summary>
/// <remarks>
/// One side may lie beyond the picture: then the picture's border stands for it, and its place follows from the card's proportions. A side counts only where the edge
/// runs along it, so print, patterns and shadows on the table, which have shorter edges, lose against the card.
/// </remarks>
internal sealed class CardFinder
{
    /// <summary>Width ÷ height of a card of ISO/IEC 7810 ID-1: 85.6 mm by 54 mm.</summary>
    public const double Aspect = 85.6 / 54;

    /// <summary>Half the range of directions, in degrees, in which a pixel votes: about the error of a 3 × 3 gradient on a faint edge.</summary>
    private const int Spread = 4;

    private const int Angles = 180;
    private const int MostLines = 32;

    /// <summary>Opposite and adjacent sides may be this many degrees off parallel and square: what a tilt of 45° does at arm's length.</summary>
    private const int MostSkew = 24;

    /// <summary>Share of the picture that a card covers at least: of a smaller one the print cannot be read.</summary>
    private const double LeastArea = 0.1;

    /// <summary>Share of every side along which there must be an edge; a finger may cover the rest.</summary>
    private const double LeastSupport = 0.6;

    /// <summary>The same as the mean of the sides.</summary>
    private const double LeastMeanSupport = 0.75;

    /// <summary>Where there is less to go by, one side being out of the picture or the card small in it, the edges have to be so much the better.</summary>
    private const double StrongSupport = 0.88;

    /// <summary>A card below this share of the picture is small.</summary>
    private const double SmallArea = 0.2;

    /// <summary>Standard deviation of the logarithm of width ÷ height: a sheet of paper (1.41) loses against a card that is somewhat tilted.</summary>
    private const double AspectSpread = 0.16;

    /// <summary>A card with a side out of the picture has to be clearly better than a whole one.</summary>
    private const double CutFactor = 0.8;

    private readonly int width;
    private readonly int height;
    private readonly float[] strength;
    private readonly short[] angle;
    private readonly float threshold;

    private CardFinder(Raster small)
    {
        (width, height) = (small.Width, small.Height);
        (strength, angle) = (new float[width * height], new short[width * height]);
        threshold = Gradients(small);
    }

    /// <summary>The card's corners in pixels of <paramref name="picture"/>, clockwise, the first two the ends of a long side; null where no card is found.</summary>
    public static Point[]? Find(Raster picture)
    {
        var small = Math.Max(picture.Width, picture.Height) switch { < 320 => picture, < 640 => picture.Half, _ => picture.Half.Half };
        if (small.Width < 48 || small.Height < 48)
        {
            return null;
        }

        var finder = new CardFinder(small);
        if (finder.Best(finder.Lines()) is not { } best)
        {
            return null;
        }

        var scale = (double)picture.Width / small.Width;
        var sides = new Line[4];
        for (var i = 0; i < 4; i++)
        {
            sides[i] = Refined(picture, best.Sides[i], best.Corners[i], best.Corners[(i + 1) % 4], scale);
        }

        var corners = new Point[4];
        for (var i = 0; i < 4; i++)
        {
            if (sides[(i + 3) % 4].Cross(sides[i]) is not { } corner)
            {
                return null;
            }

            corners[i] = corner;
        }

        return LongSideFirst(Completed(corners, Array.FindIndex(sides, side => side.Border)));
    }

    /// <summary>Strength 0…255 and direction of the strongest channel's gradient; gives the strength from which an edge stands out of the picture's own noise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Gradients(Raster small)
    {
        var counts = new int[256];
        for (var y = 1; y < height - 1; y++)
        {
            Span<byte> above = small.Row(y - 1), here = small.Row(y), below = small.Row(y + 1);
            for (var x = 1; x < width - 1; x++)
            {
                int bestX = 0, bestY = 0, most = -1;
                for (var at = 4 * x; at < (4 * x) + 3; at++)
                {
                    var gx = above[at + 4] + (2 * here[at + 4]) + below[at + 4] - above[at - 4] - (2 * here[at - 4]) - below[at - 4];
                    var gy = below[at - 4] + (2 * below[at]) + below[at + 4] - above[at - 4] - (2 * above[at]) - above[at + 4];
                    var size = (gx * gx) + (gy * gy);
                    if (size > most)
                    {
                        (bestX, bestY, most) = (gx, gy, size);
                    }
                }

                var length = MathF.Sqrt(most) / 4;
                var i = (y * width) + x;
                strength[i] = length;
                counts[Math.Min(255, (int)length)]++;
                if (length >= 2)
                {
                    angle[i] = (short)((int)Math.Round((Math.Atan2(bestY, bestX) * Angles / Math.PI) + (2 * Angles)) % (2 * Angles));
                }
            }
        }

        int median = 0, seen = counts[0];
        while (2 * seen < (width - 2) * (height - 2) && median < 255)
        {
            seen += counts[++median];
        }

        return Math.Clamp(2.2f * (median + 0.5f), 3, 40);
    }

    private static int Apart(int one, int other)
    {
        var difference = Math.Abs(one - other) % Angles;
        return Math.Min(difference, Angles - difference);
    }

    /// <summary>The longest straight edges, each fitted to its pixels and with the places along it where there is an edge.</summary>
    private List<Line> Lines()
    {
        var reach = (int)Math.Ceiling(Math.Sqrt((width * width) + (height * height)) / 2) + 2;
        var span = (2 * reach) + 1;
        var votes = Votes(reach, span);
        var least = Math.Max(12, (int)(0.16 * Math.Min(width, height) * Spread / 2));
        var peaks = new List<(int Votes, int Angle, int Distance)>();
        for (var a = 0; a < Angles; a++)
        {
            for (var d = 2; d < span - 2; d++)
            {
                var here = votes[(a * span) + d];
                if (here >= least && here >= votes[(a * span) + d - 1] && here > votes[(a * span) + d + 1] && here >= votes[(a * span) + d - 2] && here > votes[(a * span) + d + 2])
                {
                    peaks.Add((here, a, d - reach));
                }
            }
        }

        peaks.Sort((one, other) => other.Votes.CompareTo(one.Votes));
        var lines = new List<Line>();
        foreach (var peak in peaks)
        {
            var line = Fitted(Line.Of(peak.Angle * Math.PI / Angles, peak.Distance, width, height));
            if (!lines.Exists(other => other.Same(line, width, height)))
            {
                var (lighter, darker) = Along(line, reach);
                lines.Add(line with { Lighter = lighter, Darker = darker });
            }

            if (lines.Count == MostLines)
            {
                break;
            }
        }

        lines.Add(new Line(-1, 0, 0, Border: true));
        lines.Add(new Line(1, 0, width, Border: true));
        lines.Add(new Line(0, -1, 0, Border: true));
        lines.Add(new Line(0, 1, height, Border: true));
        return lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Votes(int reach, int span)
    {
        var votes = new int[Angles * span];
        Span<float> cos = stackalloc float[Angles], sin = stackalloc float[Angles];
        for (var a = 0; a < Angles; a++)
        {
            (cos[a], sin[a]) = ((float)Math.Cos(a * Math.PI / Angles), (float)Math.Sin(a * Math.PI / Angles));
        }

        for (var y = 2; y < height - 2; y++)
        {
            for (var x = 2; x < width - 2; x++)
            {
                var i = (y * width) + x;
                if (strength[i] < threshold || !Ridge(i))
                {
                    continue;
                }

                float fromX = x + 0.5f - (width / 2f), fromY = y + 0.5f - (height / 2f);
                for (var k = -Spread; k <= Spread; k++)
                {
                    var a = (angle[i] + k + Angles) % Angles;
                    // The direction turns over at 180°, and the distance's sign with it: both are the same line.
                    var d = (int)MathF.Round((fromX * cos[a]) + (fromY * sin[a]));
                    votes[(a * span) + d + reach] += 1 + Spread - Math.Abs(k);
                }
            }
        }

        return votes;
    }

    /// <summary>Whether an edge is strongest here across its direction, so that a broad edge votes once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Ridge(int i)
    {
        var step = (angle[i] % Angles) switch { < 23 or >= 158 => 1, < 68 => width + 1, < 113 => width, _ => width - 1 };
        return strength[i] >= strength[i - step] && strength[i] > strength[i + step];
    }

    /// <summary>The line through the edge pixels beside it: twice, from a broad band to a narrow one.</summary>
    private Line Fitted(Line line)
    {
        for (var band = 2.5; band > 1; band -= 1)
        {
            var (count, sumX, sumY, xx, xy, yy) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
            var wanted = line.Angle;
            foreach (var (x, y) in Pixels(line, band))
            {
                var i = (y * width) + x;
                if (strength[i] >= threshold && Apart(angle[i], wanted) <= 12 && Ridge(i))
                {
                    count++;
                    sumX += x + 0.5;
                    sumY += y + 0.5;
                    xx += (x + 0.5) * (x + 0.5);
                    xy += (x + 0.5) * (y + 0.5);
                    yy += (y + 0.5) * (y + 0.5);
                }
            }

            if (count < 8)
            {
                return line;
            }

            double meanX = sumX / count, meanY = sumY / count;
            line = Line.Through(meanX, meanY, (xx / count) - (meanX * meanX), (xy / count) - (meanX * meanY), (yy / count) - (meanY * meanY), line);
        }

        return line;
    }

    private IEnumerable<(int X, int Y)> Pixels(Line line, double band)
    {
        var steep = Math.Abs(line.A) > Math.Abs(line.B);
        for (var along = 2; along < (steep ? height : width) - 2; along++)
        {
            var middle = steep ? (line.C - (line.B * (along + 0.5))) / line.A : (line.C - (line.A * (along + 0.5))) / line.B;
            for (var across = (int)Math.Floor(middle - band); across <= middle + band; across++)
            {
                if (across >= 2 && across < (steep ? width : height) - 2)
                {
                    yield return steep ? (across, along) : (along, across);
                }
            }
        }
    }

    /// <summary>
    /// Running count of the places along a line, one a pixel, where an edge in its direction is within a pixel and a half: those that grow lighter across it, and those that
    /// grow darker. Of a card's side it is nearly always the same; print and patterns change from one to the other.
    /// </summary>
    private (int[] Lighter, int[] Darker) Along(Line line, int reach)
    {
        int[] lighter = new int[(2 * reach) + 2], darker = new int[(2 * reach) + 2];
        var wanted = line.Angle;
        for (var t = -reach; t <= reach; t++)
        {
            var at = line.At(t, width, height);
            bool up = false, down = false;
            for (var off = -1; off <= 1; off++)
            {
                int x = (int)(at.X + (off * line.A)), y = (int)(at.Y + (off * line.B));
                if (x >= 1 && y >= 1 && x < width - 1 && y < height - 1)
                {
                    var i = (y * width) + x;
                    if (strength[i] >= threshold && Apart(angle[i], wanted) <= 18)
                    {
                        var same = Math.Abs(angle[i] - wanted) is < 90 or > 270;
                        up |= same;
                        down |= !same;
                    }
                }
            }

            lighter[t + reach + 1] = lighter[t + reach] + (up ? 1 : 0);
            darker[t + reach + 1] = darker[t + reach] + (down ? 1 : 0);
        }

        return (lighter, darker);
    }

    private Quad? Best(List<Line> lines)
    {
        var pairs = new List<(int One, int Other, double Angle)>();
        for (var i = 0; i < lines.Count; i++)
        {
            for (var j = i + 1; j < lines.Count; j++)
            {
                if ((!lines[i].Border || !lines[j].Border) && Apart(lines[i].Angle, lines[j].Angle) <= MostSkew && Gap(lines[i], lines[j]) > 0.18 * Math.Min(width, height))
                {
                    pairs.Add((i, j, lines[i].Border ? lines[j].Angle : lines[i].Angle));
                }
            }
        }

        var (best, most) = ((Quad?)null, 0.0);
        for (var p = 0; p < pairs.Count; p++)
        {
            for (var q = p + 1; q < pairs.Count; q++)
            {
                if (Math.Abs(Apart((int)pairs[p].Angle, (int)pairs[q].Angle) - 90) > MostSkew)
                {
                    continue;
                }

                var score = Score(lines[pairs[p].One], lines[pairs[q].One], lines[pairs[p].Other], lines[pairs[q].Other], most, out var corners);
                if (score > most)
                {
                    (best, most) = (new Quad(corners, [lines[pairs[p].One], lines[pairs[q].One], lines[pairs[p].Other], lines[pairs[q].Other]]), score);
                }
            }
        }

        return best?.Clockwise();
    }

    /// <summary>Distance of two lines where they pass the picture's middle.</summary>
    private double Gap(Line one, Line other)
    {
        var turned = (one.A * other.A) + (one.B * other.B) < 0 ? -1 : 1;
        return Math.Abs(one.FromMiddle(width, height) - (turned * other.FromMiddle(width, height)));
    }

    /// <summary>How much these four look like the sides of a card; 0 where they cannot be. Corner k lies between side k − 1 and side k.</summary>
    private double Score(Line a, Line b, Line c, Line d, double toBeat, out Point[] corners)
    {
        corners = [];
        var borders = (a.Border ? 1 : 0) + (b.Border ? 1 : 0) + (c.Border ? 1 : 0) + (d.Border ? 1 : 0);
        if (borders > 1 || d.Cross(a) is not { } da || a.Cross(b) is not { } ab || b.Cross(c) is not { } bc || c.Cross(d) is not { } cd)
        {
            return 0;
        }

        double far = 0.3 * Math.Max(width, height);
        if (!Near(da, far) || !Near(ab, far) || !Near(bc, far) || !Near(cd, far))
        {
            return 0;
        }

        // The area by the diagonals; at every corner the way must turn to the same hand.
        double area = Math.Abs((bc - da).Turn(cd - ab)) / 2;
        if (area < LeastArea * width * height || (ab - da).Turn(bc - ab) * (cd - bc).Turn(da - cd) <= 0 || (bc - ab).Turn(cd - bc) * (da - cd).Turn(ab - da) <= 0)
        {
            return 0;
        }

        double sideA = (ab - da).Length, sideB = (bc - ab).Length, sideC = (cd - bc).Length, sideD = (da - cd).Length;
        if (Math.Max(sideA, sideC) > 1.7 * Math.Min(sideA, sideC) || Math.Max(sideB, sideD) > 1.7 * Math.Min(sideB, sideD))
        {
            return 0;
        }

        var ratio = (sideA + sideC) / (sideB + sideD);
        var off = borders == 0 ? Math.Log(Math.Max(ratio, 1 / ratio) / Aspect) / AspectSpread : 0;
        var bound = Math.Exp(-off * off / 2) * Math.Sqrt(Math.Min(1, area / (width * height))) * (borders == 0 ? 1 : CutFactor);
        if (bound <= toBeat || Math.Abs(off) > 1.4 || Math.Max(ratio, 1 / ratio) > 2.2)
        {
            return 0;
        }

        corners = [da, ab, bc, cd];
        Span<double> support = [Support(a, da, ab), Support(b, ab, bc), Support(c, bc, cd), Support(d, cd, da)];
        double sum = 0, worst = 1;
        foreach (var one in support)
        {
            sum += one;
            worst = Math.Min(worst, one);
        }

        var mean = (sum - borders) / (4 - borders);
        var least = borders > 0 || area < SmallArea * width * height ? StrongSupport : LeastMeanSupport;
        return worst < LeastSupport || mean < least ? 0 : bound * ((mean + worst) / 2);
    }

    private bool Near(Point at, double far) => at.X > -far && at.Y > -far && at.X < width + far && at.Y < height + far;

    /// <summary>Share of a side, as far as it lies in the picture and away from its rounded corners, along which an edge runs; 1 for the picture's border.</summary>
    private double Support(Line line, Point from, Point to)
    {
        if (line.Border)
        {
            return 1;
        }

        var reach = (line.Lighter.Length - 2) / 2;
        double start = line.Along(from, width, height), end = line.Along(to, width, height);
        (start, end) = start < end ? (start, end) : (end, start);
        var trim = 0.07 * (end - start);
        var (first, last) = line.Inside(width, height);
        int low = (int)Math.Max(start + trim, first + 2) + reach, high = (int)Math.Min(end - trim, last - 2) + reach;
        return high - low < 0.25 * (end - start) || low < 0 || high + 1 >= line.Lighter.Length
            ? 0
            : (double)Math.Max(line.Lighter[high + 1] - line.Lighter[low], line.Darker[high + 1] - line.Darker[low]) / (high + 1 - low);
    }

    /// <summary>Fits a side to the strongest step across it, in the working picture itself; what is far from the rest is left out.</summary>
    private static Line Refined(Raster picture, Line coarse, Point from, Point to, double scale)
    {
        var line = new Line(coarse.A, coarse.B, coarse.C * scale, coarse.Border);
        if (line.Border)
        {
            return line;
        }

        const int Samples = 64;
        var reach = (int)Math.Ceiling(2.2 * scale);
        Span<double> offset = stackalloc double[Samples];
        Span<double> place = stackalloc double[Samples];
        Span<double> weight = stackalloc double[Samples];
        for (var k = 0; k < Samples; k++)
        {
            place[k] = 0.06 + (0.88 * k / (Samples - 1));
            double x = scale * (from.X + (place[k] * (to.X - from.X))), y = scale * (from.Y + (place[k] * (to.Y - from.Y)));
            var most = 5;
            for (var step = -reach; step <= reach; step++)
            {
                var change = Change(picture, x + ((step - 2) * line.A), y + ((step - 2) * line.B), x + ((step + 2) * line.A), y + ((step + 2) * line.B));
                if (change > most)
                {
                    (most, offset[k], weight[k]) = (change, step, 1);
                }
            }
        }

        double shift = 0, slope = 0;
        for (var round = 0; round < 4; round++)
        {
            double n = 0, s = 0, ss = 0, o = 0, so = 0;
            for (var k = 0; k < Samples; k++)
            {
                var residual = (offset[k] - shift - (slope * (place[k] - 0.5))) / (round == 0 ? reach : 1.5);
                var w = weight[k] / (1 + (residual * residual * residual * residual));
                double at = place[k] - 0.5;
                n += w;
                s += w * at;
                ss += w * at * at;
                o += w * offset[k];
                so += w * at * offset[k];
            }

            var det = (n * ss) - (s * s);
            if (n < 8 || det < 1e-6)
            {
                return line;
            }

            (shift, slope) = (((o * ss) - (s * so)) / det, ((n * so) - (s * o)) / det);
        }

        Point Moved(Point at, double along) => new((at.X * scale) + (along * line.A), (at.Y * scale) + (along * line.B));
        return Line.Between(Moved(from, shift - (slope / 2)), Moved(to, shift + (slope / 2)));
    }

    private static int Change(Raster picture, double fromX, double fromY, double toX, double toY)
    {
        int x1 = (int)Math.Floor(fromX), y1 = (int)Math.Floor(fromY), x2 = (int)Math.Floor(toX), y2 = (int)Math.Floor(toY);
        if (x1 < 0 || y1 < 0 || x2 < 0 || y2 < 0 || x1 >= picture.Width || x2 >= picture.Width || y1 >= picture.Height || y2 >= picture.Height)
        {
            return 0;
        }

        ReadOnlySpan<byte> one = picture.Row(y1).Slice(4 * x1, 3), other = picture.Row(y2).Slice(4 * x2, 3);
        return Math.Max(Math.Abs(one[0] - other[0]), Math.Max(Math.Abs(one[1] - other[1]), Math.Abs(one[2] - other[2])));
    }

    /// <summary>Where side <paramref name="border"/> is only the picture's border, the card goes on beyond it for as long as its proportions say.</summary>
    private static Point[] Completed(Point[] corners, int border)
    {
        if (border < 0)
        {
            return corners;
        }

        // Corners of the seen side opposite, and along the two sides that run into the border.
        Point near = corners[(border + 2) % 4], other = corners[(border + 3) % 4];
        Point end = corners[(border + 1) % 4], start = corners[border];
        double seen = (near - other).Length, runs = ((end - near).Length + (start - other).Length) / 2;
        // More than a card's height beside a side that is its width cannot be: then the side seen is a short one.
        var whole = runs <= seen / Aspect * 1.04 ? seen / Aspect : seen * Aspect;
        var grow = Math.Max(1, whole / runs);
        var result = (Point[])corners.Clone();
        result[(border + 1) % 4] = near + ((end - near) * grow);
        result[border] = other + ((start - other) * grow);
        return result;
    }

    private static Point[] LongSideFirst(Point[] corners)
    {
        double one = (corners[1] - corners[0]).Length + (corners[3] - corners[2]).Length, other = (corners[2] - corners[1]).Length + (corners[0] - corners[3]).Length;
        var first = one >= other ? 0 : 1;
        // Of the two long sides the upper one.
        if (corners[first].Y + corners[first + 1].Y > corners[(first + 2) % 4].Y + corners[(first + 3) % 4].Y)
        {
            first += 2;
        }

        return [corners[first % 4], corners[(first + 1) % 4], corners[(first + 2) % 4], corners[(first + 3) % 4]];
    }

    private sealed record Quad(Point[] Corners, Line[] Sides)
    {
        /// <summary>The same four clockwise as seen; side k runs from corner k to corner k + 1.</summary>
        public Quad Clockwise() => (Corners[1] - Corners[0]).Turn(Corners[2] - Corners[1]) > 0
            ? this
            : new([Corners[0], Corners[3], Corners[2], Corners[1]], [Sides[3], Sides[2], Sides[1], Sides[0]]);
    }

    /// <summary>The points with A x + B y = C, where (A, B) has the length 1.</summary>
    private sealed record Line(double A, double B, double C, bool Border = false)
    {
        public int[] Lighter { get; init; } = [];

        public int[] Darker { get; init; } = [];

        /// <summary>Direction of (A, B) in degrees, 0 … 179.</summary>
        public int Angle { get; } = ((int)Math.Round(Math.Atan2(B, A) * Angles / Math.PI) + (2 * Angles)) % Angles;

        public static Line Of(double direction, double fromMiddle, int width, int height)
        {
            double a = Math.Cos(direction), b = Math.Sin(direction);
            return new(a, b, fromMiddle + (a * width / 2.0) + (b * height / 2.0));
        }

        public static Line Between(Point from, Point to)
        {
            var along = to - from;
            double a = along.Y / along.Length, b = -along.X / along.Length;
            return new(a, b, (a * from.X) + (b * from.Y));
        }

        /// <summary>Through a mean, across the direction in which the points scatter least; with the sign of <paramref name="like"/>.</summary>
        public static Line Through(double x, double y, double xx, double xy, double yy, Line like)
        {
            var direction = (0.5 * Math.Atan2(2 * xy, xx - yy)) + (Math.PI / 2);
            double a = Math.Cos(direction), b = Math.Sin(direction);
            (a, b) = (a * like.A) + (b * like.B) < 0 ? (-a, -b) : (a, b);
            return new(a, b, (a * x) + (b * y));
        }

        public Point? Cross(Line other)
        {
            var det = (A * other.B) - (B * other.A);
            return Math.Abs(det) < 0.2 ? null : new(((C * other.B) - (B * other.C)) / det, ((A * other.C) - (C * other.A)) / det);
        }

        public double Along(Point at, int width, int height) => (-B * (at.X - (width / 2.0))) + (A * (at.Y - (height / 2.0)));

        public Point At(double t, int width, int height)
        {
            var off = FromMiddle(width, height);
            return new((width / 2.0) + (off * A) - (t * B), (height / 2.0) + (off * B) + (t * A));
        }

        /// <summary>From where to where it is inside the picture.</summary>
        public (double First, double Last) Inside(int width, int height)
        {
            var origin = At(0, width, height);
            double first = -1e9, last = 1e9;
            Clip(origin.X, -B, width, ref first, ref last);
            Clip(origin.Y, A, height, ref first, ref last);
            return (first, last);
        }

        /// <summary>Whether both are fits to the same edge.</summary>
        public bool Same(Line other, int width, int height)
        {
            var turned = (A * other.A) + (B * other.B) < 0 ? -1 : 1;
            return Apart(Angle, other.Angle) <= 3 && Math.Abs(FromMiddle(width, height) - (turned * other.FromMiddle(width, height))) < 2.5;
        }

        public double FromMiddle(int width, int height) => C - (A * width / 2.0) - (B * height / 2.0);

        private static void Clip(double origin, double slope, int size, ref double first, ref double last)
        {
            if (Math.Abs(slope) < 1e-9)
            {
                return;
            }

            double one = -origin / slope, other = (size - origin) / slope;
            (first, last) = (Math.Max(first, Math.Min(one, other)), Math.Min(last, Math.Max(one, other)));
        }
    }
}

/// <summary>A place in a picture, or the way from one to another, in pixels; pixel k spans k … k + 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Point(double X, double Y)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    public static Point operator +(Point one, Point other) => new(one.X + other.X, one.Y + other.Y);

    public static Point operator -(Point one, Point other) => new(one.X - other.X, one.Y - other.Y);

    public static Point operator *(Point one, double factor) => new(one.X * factor, one.Y * factor);

    /// <summary>Positive where <paramref name="other"/> turns clockwise as seen.</summary>
    public double Turn(Point other) => (X * other.Y) - (Y * other.X);
}
