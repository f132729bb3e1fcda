using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Photos;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Desk;

/// <summary>One picture with what was measured on it.</summary>
public sealed partial class PictureFrame
{
    /// <summary>The picture.</summary>
    [Parameter, EditorRequired]
    public PictureFactsView Picture { get; set; } = null!;

    /// <summary>True for the first picture of the case.</summary>
    [Parameter]
    public bool First { get; set; }

    /// <summary>True for the picture that the tools work on.</summary>
    [Parameter]
    public bool Current { get; set; }

    /// <summary>True where there is no other picture.</summary>
    [Parameter]
    public bool Alone { get; set; }

    /// <summary>True while it lies aside.</summary>
    [Parameter]
    public bool Hidden { get; set; }

    /// <summary>True where it keeps room beside it even without lines, to be as large as the one that it is compared with.</summary>
    [Parameter]
    public bool Roomy { get; set; }

    /// <summary>How far it is turned clockwise: 0, 90, 180 or 270 degrees.</summary>
    [Parameter]
    public int Turn { get; set; }

    /// <summary>Called when the person goes to this picture.</summary>
    [Parameter]
    public EventCallback OnTouched { get; set; }

    /// <summary>Id of the check whose lines stand out.</summary>
    [Parameter]
    public string? Focus { get; set; }

    private HeadLines? Lines => Picture.Report?.Lines;

    private string Caption => T[$"Picture_{Picture.Kind}"]
        + (Picture.Superseded ? $" · {T["Picture_Superseded", Times.Short(Picture.StoredAt)]}" : Picture.CapturedAt is { } at ? $" · {Times.Short(at)}" : "");

    private MmScale? Scale => Shown.Shows(Overlay.Ruler) && Picture.Report is { } report ? MmScale.Of(report) : null;

    // The cells of the background that are not as they should be, as one path.
    private string Offending
    {
        get
        {
            var map = Picture.Report!.Background!;
            var (width, height) = ((double)Picture.Width / map.Columns, (double)Picture.Height / map.Rows);
            var bits = Convert.FromBase64String(map.Cells);
            StringBuilder path = new();
            for (var row = 0; row < map.Rows; row++)
            {
                for (var column = 0; column < map.Columns; column++)
                {
                    var cell = (row * map.Columns) + column;
                    if ((bits[cell / 8] >> (cell % 8) & 1) != 0)
                        path.Append(CultureInfo.InvariantCulture, $"M{N(column * width)} {N(row * height)}h{N(width)}v{N(height)}h-{N(width)}z");
                }
            }

            return path.ToString();
        }
    }

    // The card's four sides; a corner may lie beyond the picture.
    private string Outline
    {
        get
        {
            var card = Picture.Report!.Card!;
            return $"M{At(card.First)}L{At(card.Second)}L{At(card.Third)}L{At(card.Fourth)}z";

            static string At(CardCorner corner) => $"{N(corner.X)} {N(corner.Y)}";
        }
    }

    // Room for the labels beside the picture, only where there are any.
    private double Margin => Lines is null && !Roomy ? 0 : Picture.Height * 0.13;

    private double Font => Picture.Height / 34.0;

    private bool Lying => Turn % 180 != 0;

    // Of the margin: above, right, below and left of the upright picture. The room turns with the picture, and with it what is written there.
    private static ReadOnlySpan<double> Room => [0.6, 1, 0.1, 0.4];

    private string ViewBox
    {
        get
        {
            var (width, height) = Lying ? (Picture.Height, Picture.Width) : (Picture.Width, Picture.Height);
            var (above, right, below, left) = (Beside(0), Beside(1), Beside(2), Beside(3));
            return $"{N(0 - left)} {N(0 - above)} {N(width + left + right)} {N(height + above + below)}";
        }
    }

    private string Turned => Turn switch
    {
        90 => $"translate({Picture.Height} 0) rotate(90)",
        180 => $"translate({Picture.Width} {Picture.Height}) rotate(180)",
        270 => $"translate(0 {Picture.Width}) rotate(270)",
        _ => "",
    };

    // Beside the bar, and above the head. Neither runs out of the picture's own length, so they cannot meet in the corner between them.
    private (double X, double Y, string Words)? LengthLabel => Picture.Report is { HeadLengthMm: { } value, Lines: { } head }
        ? Placed(Picture.Width + (Margin * 0.62), Kept((head.CrownY + head.ChinY) / 2, Mm(value, "head-length"), Picture.Height), Mm(value, "head-length"))
        : null;

    private (double X, double Y, string Words)? WidthLabel => Picture.Report is { HeadWidthMm: { } value, Lines: { } head }
        ? Placed(Kept((head.LeftX + head.RightX) / 2, Mm(value, "head-width"), Picture.Width), -Margin * 0.33, Mm(value, "head-width"))
        : null;

    private string Label => Picture.Report is { HeadLengthMm: { } length, HeadWidthMm: { } width }
        ? T["Picture_Measured", T[$"Picture_{Picture.Kind}"], N(length), N(width)]
        : T[$"Picture_{Picture.Kind}"];

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private bool Shows(Overlay overlay) => Shown.Shows(overlay) && Overlays.Of(Picture).Contains(overlay);

    private string? On(string check) => Focus == check ? "on" : null;

    // Where a place of the upright picture is when it is turned.
    private (double X, double Y, string Words) Placed(double x, double y, string words) => Turn switch
    {
        90 => (Picture.Height - y, x, words),
        180 => (Picture.Width - x, Picture.Height - y, words),
        270 => (y, Picture.Width - x, words),
        _ => (x, y, words),
    };

    // A letter is about 0.6 of the font's size wide.
    private double Kept(double middle, string words, double length)
    {
        var half = Math.Min(words.Length * Font * 0.3, length / 2);
        return Math.Clamp(middle, half, length - half);
    }

    private double Beside(int side) => Margin * Room[(side + 4 - (Turn / 90)) % 4];

    private string Mm(double value, string check)
    {
        var uncertainty = Picture.Report?.Find(check)?.Uncertainty;
        return uncertainty is > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ± {uncertainty:0.0} mm")
            : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} mm");
    }
}
