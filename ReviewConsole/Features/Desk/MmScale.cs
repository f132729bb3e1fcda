using System.Globalization;
using System.Text;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Desk;

/// <summary>Millimetres on a picture: a flat rectangle of known size, a portrait's print or an identity card, and where it lies in the picture, in perspective.</summary>
internal sealed class MmScale
{
    // ISO/IEC 7810 ID-1, as the card's proportions are judged.
    private const double CardHeightMm = 54;
    private static readonly PhotoSettings Standard = new();
    private readonly Homography map;
    private readonly double width;
    private readonly double height;

    private MmScale(double width, double height, params ReadOnlySpan<Point> corners) =>
        (this.width, this.height, map) = (width, height, Homography.Onto(width, height, corners));

    /// <summary>The map from pixels of the picture to mm: nine numbers, row by row, of a projective map.</summary>
    public string Plane
    {
        get
        {
            var (a, b, c, d, e, f, g, h) = map;
            double[] inverse = [e - (f * h), (c * h) - b, (b * f) - (c * e), (f * g) - d, a - (c * g), (c * d) - (a * f), (d * h) - (e * g), (b * g) - (a * h), (a * e) - (b * d)];
            return string.Join(' ', inverse.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>The marks of every fifth mm along the upper and left edge, longer at every tenth, in pixels of the picture.</summary>
    public string Marks => Path(mm => mm % 10 == 0 ? 2 : mm % 5 == 0 ? 1.4 : 0);

    /// <summary>The marks of the mm between.</summary>
    public string FineMarks => Path(mm => mm % 5 == 0 ? 0 : 0.8);

    /// <summary>What is written at the marks, every tenth mm of a print and every twentieth of a card, each around its middle in pixels of the picture.</summary>
    public IEnumerable<(double X, double Y, string Words)> Numbers
    {
        get
        {
            var every = width > 40 ? 20 : 10;
            for (var mm = every; mm < width; mm += every)
                yield return At(mm, 3.2, mm);
            for (var mm = every; mm < height; mm += every)
                yield return At(3.2, mm, mm);

            (double X, double Y, string Words) At(double x, double y, int mm)
            {
                var (px, py) = map.Apply(x, y);
                return (px, py, mm.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The scale of a picture; null where nothing of known size is in it: a portrait has the proportions of the print (APP-2), of a card the outline was found.</summary>
    public static MmScale? Of(PhotoReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var scale = report.Card is { } card
            ? new(CardHeightMm * CardFinder.Aspect, CardHeightMm, At(card.First), At(card.Second), At(card.Third), At(card.Fourth))
            : report.Find("aspect") is { Result: CheckResult.Pass } ? Print(report) : null;
        // Corners in one line, as of a card seen from its edge, give no plane.
        return scale is { } found && double.IsFinite(found.map.A + found.map.E + found.map.G + found.map.H) ? found : null;

        static Point At(CardCorner corner) => new(corner.X, corner.Y);
    }

    // The height counts (APP-2): within the tolerance a picture may be a little broader or narrower than the print.
    private static MmScale Print(PhotoReport report)
    {
        var mm = report.MadeWith?.Changed.GetValueOrDefault(nameof(PhotoSettings.PrintHeightMm), Standard.PrintHeightMm) ?? Standard.PrintHeightMm;
        return new(mm * report.Width / report.Height, mm, new Point(0, 0), new Point(report.Width, 0), new Point(report.Width, report.Height), new Point(0, report.Height));
    }

    private string Path(Func<int, double> length)
    {
        StringBuilder path = new();
        for (var mm = 1; mm < width; mm++)
            Mark(mm, 0, mm, length(mm));
        for (var mm = 1; mm < height; mm++)
            Mark(0, mm, length(mm), mm);
        return path.ToString();

        void Mark(double fromX, double fromY, double toX, double toY)
        {
            if ((fromX, fromY) == (toX, toY))
                return;
            var (from, to) = (map.Apply(fromX, fromY), map.Apply(toX, toY));
            path.Append(CultureInfo.InvariantCulture, $"M{from.X:0.##} {from.Y:0.##}L{to.X:0.##} {to.Y:0.##}");
        }
    }
}
