using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Desk;

/// <summary>One picture with its tools.</summary>
public sealed partial class PictureFrame
{
    private const double Step = 1.25;
    private const double Largest = 8;
    private double zoom = 1;
    private int turn;

    /// <summary>The picture.</summary>
    [Parameter, EditorRequired]
    public PictureFactsView Picture { get; set; } = null!;

    /// <summary>True for the picture that the keys work on.</summary>
    [Parameter]
    public bool Main { get; set; }

    /// <summary>Id of the check whose lines stand out.</summary>
    [Parameter]
    public string? Focus { get; set; }

    /// <summary>The switches of the main picture, which are for the others, too; null for those of what it has itself.</summary>
    [Parameter]
    public IReadOnlyList<Overlay>? Offered { get; set; }

    private HeadLines? Lines => Picture.Report?.Lines;

    private IReadOnlyList<Overlay> Switches => Main ? Offered ?? Overlays.Of(Picture) : [];

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
    private double Margin => Lines is null ? 0 : Picture.Height * 0.13;

    private double Font => Picture.Height / 34.0;

    private bool Lying => turn % 180 != 0;

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

    private string Turned => turn switch
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

    private string Style => $"width:{N(zoom * 100)}%;height:{N(zoom * 100)}%";

    private string Label => Picture.Report is { HeadLengthMm: { } length, HeadWidthMm: { } width }
        ? T["Picture_Measured", T[$"Picture_{Picture.Kind}"], N(length), N(width)]
        : T[$"Picture_{Picture.Kind}"];

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => Shown.Switched -= OnSwitched;

    /// <inheritdoc/>
    protected override void OnInitialized() => Shown.Switched += OnSwitched;

    private static string KeyOf(Overlay overlay) => overlay switch
    {
        Overlay.Lines => "L",
        Overlay.Face => "F",
        Overlay.Background => "G",
        _ => "O",
    };

    private bool Shows(Overlay overlay) => Shown.Shows(overlay) && Overlays.Of(Picture).Contains(overlay);

    private string? On(string check) => Focus == check ? "on" : null;

    private void OnSwitched(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);

    // Where a place of the upright picture is when it is turned.
    private (double X, double Y, string Words) Placed(double x, double y, string words) => turn switch
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

    private double Beside(int side) => Margin * Room[(side + 4 - (turn / 90)) % 4];

    private void Zoom(double by) => zoom = Math.Clamp(zoom * by, 1, Largest);

    private void Fit() => (zoom, turn) = (1, 0);

    private string Mm(double value, string check)
    {
        var uncertainty = Picture.Report?.Find(check)?.Uncertainty;
        return uncertainty is > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ± {uncertainty:0.0} mm")
            : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} mm");
    }
}
