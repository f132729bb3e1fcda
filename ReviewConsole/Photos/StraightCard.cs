using System.Buffers;
using System.Runtime.CompilerServices;

namespace ReviewConsole.Photos;

/// <summary>An identity card found in a picture and straightened, five pixels a millimetre; what lies beyond the picture is black with a fourth byte of 0.</summary>
internal sealed class StraightCard : IDisposable
{
    /// <summary>Pixels of the straightened card for a millimetre of the card.</summary>
    public const int PerMm = 5;

    private const int Width = 428;
    private const int Height = 270;

    /// <summary>A pixel with all channels from here on holds no drawing any more; the card's paper is tinted and stays below.</summary>
    private const byte BurntFrom = 250;

    /// <summary>Left out along the edge, in pixels: the rounded corners show the table.</summary>
    private const int Rim = 6;

    /// <summary>A picture without an outline is taken for a card where its own proportions are this near to a card's: cut out by hand, not a camera's 3 : 2.</summary>
    private const double CropTolerance = 0.04;

    private readonly Homography map;
    private readonly Lazy<(FaceMesh? Face, bool Turned)> found;
    private readonly Lazy<double?> edge;
    private readonly Lazy<double> burntShare;

    private StraightCard(Inference models, Raster picture, Point[] corners, bool outlined)
    {
        (Corners, Outlined) = (corners, outlined);
        map = Homography.Onto(Width, Height, corners);
        Straight = Straightened(picture, map);
        found = new(() => FindFace(models, Straight), isThreadSafe: false);
        edge = new(() => EdgeWidth(Straight), isThreadSafe: false);
        burntShare = new(() => BurntShare(Straight), isThreadSafe: false);
    }

    /// <summary>The corners in the working picture, clockwise, the first two the ends of the upper long side; of a card that is cut off they may lie beyond it.</summary>
    public Point[] Corners { get; }

    /// <summary>False where no outline was found and the whole picture is taken for the card, because it has a card's proportions.</summary>
    public bool Outlined { get; }

    /// <summary>The straightened card; upside down where the card lay so.</summary>
    public Raster Straight { get; }

    /// <summary>Whether there is a human face on the card.</summary>
    public bool HasFace => found.Value.Face is not null;

    /// <summary>How broad the print's edges are, in millimetres of the card, in the direction where they are broader; null where there is no print to see.</summary>
    public double? PrintEdgeMm => edge.Value;

    /// <summary>Share of the seen card that is burnt out, 0 … 1.</summary>
    public double Burnt => burntShare.Value;

    /// <summary>Width ÷ height as seen, foreshortening included.</summary>
    public double Aspect => ((Corners[1] - Corners[0]).Length + (Corners[2] - Corners[3]).Length) / ((Corners[2] - Corners[1]).Length + (Corners[3] - Corners[0]).Length);

    /// <summary>The longer side in pixels of the working picture.</summary>
    public double LongSide => Math.Max((Corners[1] - Corners[0]).Length, (Corners[2] - Corners[3]).Length);

    /// <summary>How far the outermost corner lies beyond the picture, in millimetres of the card; negative where all are inside.</summary>
    public double CutMm(Raster picture)
    {
        var most = double.MinValue;
        foreach (var corner in Corners)
        {
            most = Math.Max(most, Math.Max(Math.Max(-corner.X, -corner.Y), Math.Max(corner.X - picture.Width, corner.Y - picture.Height)));
        }

        return most * 85.6 / LongSide;
    }

    /// <summary>The card in <paramref name="picture"/>; null where none is found.</summary>
    public static StraightCard? Of(Inference models, Raster picture)
    {
        if (CardFinder.Find(picture) is { } corners)
        {
            return new(models, picture, corners, outlined: true);
        }

        double width = picture.Width, height = picture.Height, aspect = Math.Max(width / height, height / width);
        return Math.Abs((aspect / CardFinder.Aspect) - 1) > CropTolerance ? null
            : width > height ? new(models, picture, [new(0, 0), new(width, 0), new(width, height), new(0, height)], outlined: false)
            : new(models, picture, [new(width, 0), new(width, height), new(0, height), new(0, 0)], outlined: false);
    }

    /// <summary>The box around the face in the working picture; null without one.</summary>
    public (Point From, Point To)? FaceBox()
    {
        if (found.Value is not { Face: { } face, Turned: var turned })
        {
            return null;
        }

        Point low = new(double.MaxValue, double.MaxValue), high = new(double.MinValue, double.MinValue);
        foreach (var (x, y) in ((double, double)[])[(face.Left, face.Top), (face.Right, face.Top), (face.Right, face.Bottom), (face.Left, face.Bottom)])
        {
            var at = turned ? map.Apply(Width - x, Height - y) : map.Apply(x, y);
            low = new(Math.Min(low.X, at.X), Math.Min(low.Y, at.Y));
            high = new(Math.Max(high.X, at.X), Math.Max(high.Y, at.Y));
        }

        return (low, high);
    }

    /// <summary>Whether there is something as red and as large as an emblem where the emblem is: upper left, or lower right where the card lies upside down.</summary>
    public bool HasEmblem()
    {
        const int Right = 30 * PerMm, Bottom = 28 * PerMm, Every = 2;
        int all = 0, upper = 0, lower = 0, rest = 0, others = 0;
        for (var y = Rim; y < Height - Rim; y += Every)
        {
            var row = Straight.Row(y);
            for (var x = Rim; x < Width - Rim; x += Every)
            {
                bool first = x < Right && y < Bottom, second = x >= Width - Right && y >= Height - Bottom;
                var red = IsRed(row.Slice(4 * x, 4));
                all += first ? 1 : 0;
                upper += first && red ? 1 : 0;
                lower += second && red ? 1 : 0;
                others += first || second ? 0 : 1;
                rest += !first && !second && red ? 1 : 0;
            }
        }

        var share = (double)Math.Max(upper, lower) / all;
        return share > 0.1 && share > 4.0 * rest / others;
    }

    /// <inheritdoc/>
    public void Dispose() => Straight.Dispose();

    private static bool IsRed(ReadOnlySpan<byte> pixel)
    {
        var colour = Lab.Of(pixel[0], pixel[1], pixel[2]);
        return colour.A > 25 && colour.A > Math.Abs(colour.B) * 0.8f;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Raster Straightened(Raster picture, Homography map)
    {
        // Steps of more than two pixels come from a halved picture, so that nothing is skipped.
        var step = (map.Apply((Width / 2) + 1, Height / 2) - map.Apply(Width / 2, Height / 2)).Length;
        var (source, scale) = step >= 2 ? (picture.Half, 0.5) : (picture, 1.0);
        var result = new Raster(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            var row = result.Row(y);
            for (var x = 0; x < Width; x++)
            {
                var at = map.Apply(x + 0.5, y + 0.5) * scale;
                var target = row.Slice(4 * x, 4);
                if (at.X < 0 || at.Y < 0 || at.X >= source.Width || at.Y >= source.Height)
                {
                    target.Clear();
                    continue;
                }

                float fromX = Math.Clamp((float)at.X - 0.5f, 0, source.Width - 1), fromY = Math.Clamp((float)at.Y - 0.5f, 0, source.Height - 1);
                int left = (int)fromX, top = (int)fromY, right = Math.Min(left + 1, source.Width - 1);
                float fx = fromX - left, fy = fromY - top;
                ReadOnlySpan<byte> upper = source.Row(top), lower = source.Row(Math.Min(top + 1, source.Height - 1));
                for (var k = 0; k < 3; k++)
                {
                    var high = (upper[(4 * left) + k] * (1 - fx)) + (upper[(4 * right) + k] * fx);
                    var low = (lower[(4 * left) + k] * (1 - fx)) + (lower[(4 * right) + k] * fx);
                    target[k] = (byte)((high * (1 - fy)) + (low * fy) + 0.5f);
                }

                target[3] = 255;
            }
        }

        return result;
    }

    private static (FaceMesh? Face, bool Turned) FindFace(Inference models, Raster straight)
    {
        var finder = new FaceFinder(models);
        if (Mesh(models, finder, straight) is { } face)
        {
            return (face, false);
        }

        using var turned = straight.Turned(2);
        return (Mesh(models, finder, turned), true);
    }

    private static FaceMesh? Mesh(Inference models, FaceFinder finder, Raster picture)
    {
        foreach (var candidate in finder.Find(picture, out _))
        {
            var mesh = FaceMesh.Over(models, picture, candidate);
            if (mesh.Flag > 0.5)
            {
                return mesh;
            }
        }

        return null;
    }

    private static double BurntShare(Raster straight)
    {
        int burnt = 0, seen = 0;
        for (var y = Rim; y < Height - Rim; y++)
        {
            var row = straight.Row(y);
            for (var x = Rim; x < Width - Rim; x++)
            {
                var pixel = row.Slice(4 * x, 4);
                seen += pixel[3] >> 7;
                burnt += Math.Min(pixel[0], Math.Min(pixel[1], pixel[2])) >= BurntFrom ? 1 : 0;
            }
        }

        return (double)burnt / Math.Max(1, seen);
    }

    /// <summary>
    /// The contrast of an edge over its steepest step is its breadth, whatever is printed and however strongly. Taken across and along, each the breadth that a tenth of the
    /// edges stay below: a moved picture has sharp edges in one direction only, and the broader one counts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double? EdgeWidth(Raster straight)
    {
        var light = ArrayPool<float>.Shared.Rent(Width * Height);
        try
        {
            for (var y = 0; y < Height; y++)
            {
                var row = straight.Row(y);
                for (var x = 0; x < Width; x++)
                {
                    // Beyond the picture there is no edge: a negative light marks it.
                    light[(y * Width) + x] = row[(4 * x) + 3] == 0 ? -1 : (0.299f * row[4 * x]) + (0.587f * row[(4 * x) + 1]) + (0.114f * row[(4 * x) + 2]);
                }
            }

            return EdgeWidth(light, 1) is { } across && EdgeWidth(light, Width) is { } along ? Math.Max(across, along) / PerMm : null;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(light);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double? EdgeWidth(float[] light, int step)
    {
        // Wide enough for the edges of a picture that is blurred beyond reading.
        const int Reach = 8, Away = 2 * Rim, LeastContrast = 16, LeastEdges = 60, Tenths = 160;
        Span<int> contrasts = stackalloc int[256];
        Span<int> breadths = stackalloc int[Tenths];
        for (var round = 0; round < 2; round++)
        {
            var limit = round == 0 ? LeastContrast : Math.Max(LeastContrast, Percentile(contrasts, 0.97) / 2);
            for (var y = Away; y < Height - Away; y++)
            {
                for (var x = Away; x < Width - Away; x++)
                {
                    var i = (y * Width) + x;
                    var slope = Math.Abs(light[i + step] - light[i]);
                    if (slope < 1.5f || slope < Math.Abs(light[i] - light[i - step]) || slope <= Math.Abs(light[i + (2 * step)] - light[i + step]))
                    {
                        continue;
                    }

                    float low = 255, high = 0;
                    for (var k = -Reach + 1; k <= Reach; k++)
                    {
                        var here = light[i + (k * step)];
                        low = Math.Min(low, here);
                        high = Math.Max(high, here);
                    }

                    var contrast = (int)(high - low);
                    if (low < 0 || contrast < limit)
                    {
                        continue;
                    }

                    if (round == 0)
                    {
                        contrasts[Math.Min(255, contrast)]++;
                    }
                    else
                    {
                        breadths[Math.Min(Tenths - 1, (int)(10 * contrast / slope))]++;
                    }
                }
            }
        }

        var edges = 0;
        foreach (var count in breadths)
        {
            edges += count;
        }

        return edges < LeastEdges ? null : Percentile(breadths, 0.1) / 10.0;
    }

    private static int Percentile(ReadOnlySpan<int> counts, double share)
    {
        var total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        int value = 0, seen = counts[0];
        while (seen <= share * total && value < counts.Length - 1)
        {
            seen += counts[++value];
        }

        return value;
    }
}
