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
    private bool lines = true;
    private bool background;

    /// <summary>The picture.</summary>
    [Parameter, EditorRequired]
    public PictureFactsView Picture { get; set; } = null!;

    /// <summary>True for the picture that the keys work on.</summary>
    [Parameter]
    public bool Main { get; set; }

    /// <summary>Id of the check whose lines stand out.</summary>
    [Parameter]
    public string? Focus { get; set; }

    private HeadLines? Lines => Picture.Report?.Lines;

    // The cells of the background that are not as they should be, as one path; null where none is.
    private string? Offending
    {
        get
        {
            if (Picture.Report?.Background is not { } map)
                return null;
            var (width, height) = ((double)Picture.Width / map.Columns, (double)Picture.Height / map.Rows);
            StringBuilder path = new();
            for (var row = 0; row < map.Rows; row++)
            {
                for (var column = 0; column < map.Columns; column++)
                {
                    if (map[column, row])
                        path.Append(CultureInfo.InvariantCulture, $"M{N(column * width)} {N(row * height)}h{N(width)}v{N(height)}h-{N(width)}z");
                }
            }

            return path.Length == 0 ? null : path.ToString();
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

    private string Style => $"width:{N(zoom * 100)}%;height:{N(zoom * 100)}%";

    private string Label => Picture.Report is { HeadLengthMm: { } length, HeadWidthMm: { } width }
        ? T["Picture_Measured", T[$"Picture_{Picture.Kind}"], N(length), N(width)]
        : T[$"Picture_{Picture.Kind}"];

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

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
