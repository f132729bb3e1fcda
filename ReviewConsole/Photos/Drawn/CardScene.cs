using System.Runtime.InteropServices;
using SkiaSharp;

namespace ReviewConsole.Photos.Drawn;

/// <summary>What a drawn card lies on.</summary>
public enum CardTable
{
    /// <summary>Plain grey.</summary>
    Grey,

    /// <summary>Nearly black.</summary>
    Dark,

    /// <summary>As light as the card, which stands out by its shadow alone.</summary>
    White,

    /// <summary>Boards with a grain.</summary>
    Wood,

    /// <summary>A checked cloth.</summary>
    Cloth,
}

/// <summary>How a drawn card is photographed. Nothing is random: the same scene gives the same picture.</summary>
public sealed record CardScene
{
    /// <summary>Width of the picture in pixels.</summary>
    public int Width { get; init; } = DrawnCard.Width;

    /// <summary>Height of the picture in pixels.</summary>
    public int Height { get; init; } = DrawnCard.Height;

    /// <summary>The card's long side as a share of the picture's width, before it is tilted.</summary>
    public double Size { get; init; } = 0.965;

    /// <summary>Turn in degrees, clockwise.</summary>
    public double Turn { get; init; }

    /// <summary>Tilt of the card about its long axis in degrees; its upper side goes away.</summary>
    public double Tilt { get; init; }

    /// <summary>Tilt about its short axis in degrees; its right side goes away.</summary>
    public double Lean { get; init; }

    /// <summary>Moves the card to the right, as a share of the picture's width.</summary>
    public double ShiftX { get; init; }

    /// <summary>Moves the card down, as a share of the picture's height.</summary>
    public double ShiftY { get; init; }

    /// <summary>What it lies on.</summary>
    public CardTable Table { get; init; }

    /// <summary>Share of the card under a white reflection, 0 … 1.</summary>
    public double Glare { get; init; }

    /// <summary>Standard deviation of a blur in millimetres of the card.</summary>
    public double BlurMm { get; init; }

    /// <summary>The same in the horizontal direction only, as of a moved camera.</summary>
    public double MotionMm { get; init; }

    /// <summary>How much darker the far end of the picture is, 0 … 1.</summary>
    public double Shade { get; init; }

    /// <summary>Half width of the noise of the sensor, 0 … 40 grey levels.</summary>
    public int Noise { get; init; }

    /// <summary>Without the card.</summary>
    public bool Empty { get; init; }

    /// <summary>IJG quality of the file, 1 … 100.</summary>
    public int JpegQuality { get; init; } = 90;

    private double PixelsPerMm => Size * Width / 85.6;

    /// <summary>Where the card's corners lie in the picture, clockwise from the one at its upper left.</summary>
    internal Point[] Corners()
    {
        // Seen from as far away as the picture is wide, twice.
        double away = 2.0 * Width, half = Size * Width / 2;
        var (tilt, lean, turn) = (Tilt * Math.PI / 180, Lean * Math.PI / 180, Turn * Math.PI / 180);
        return Array.ConvertAll<(int X, int Y), Point>([(-1, -1), (1, -1), (1, 1), (-1, 1)], at =>
        {
            double x = at.X * half, y = at.Y * half * DrawnCard.Height / DrawnCard.Width, z = 0;
            (y, z) = (y * Math.Cos(tilt), z - (y * Math.Sin(tilt)));
            (x, z) = (x * Math.Cos(lean), z + (x * Math.Sin(lean)));
            var near = away / (away + z);
            (x, y) = (x * near, y * near);
            return new((Width * (0.5 + ShiftX)) + (x * Math.Cos(turn)) - (y * Math.Sin(turn)), (Height * (0.5 + ShiftY)) + (x * Math.Sin(turn)) + (y * Math.Cos(turn)));
        });
    }

    /// <summary>Draws the scene with a card of <see cref="DrawnCard.Width"/> × <see cref="DrawnCard.Height"/> and encodes it.</summary>
    internal byte[] Photograph(int seed, Action<SKCanvas> card)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        double sigmaX = (BlurMm + MotionMm) * PixelsPerMm, sigmaY = BlurMm * PixelsPerMm;
        using var filter = sigmaX > 0 ? SKImageFilter.CreateBlur((float)sigmaX, (float)sigmaY, SKShaderTileMode.Clamp) : null;
        using var lens = new SKPaint { ImageFilter = filter };
        canvas.SaveLayer(lens);
        DrawTable(canvas, seed);
        if (!Empty)
        {
            DrawCard(canvas, card);
        }

        canvas.Restore();
        if (Shade > 0)
        {
            using var dark = new SKPaint();
            dark.Shader = SKShader.CreateLinearGradient(new(0, 0), new(Width, Height), [SKColors.Black.WithAlpha(0), SKColors.Black.WithAlpha((byte)(255 * Shade))], SKShaderTileMode.Clamp);
            canvas.DrawRect(0, 0, Width, Height, dark);
        }

        canvas.Flush();
        AddNoise(bitmap, seed);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return data.ToArray();
    }

    private void DrawCard(SKCanvas canvas, Action<SKCanvas> card)
    {
        var map = Homography.Onto(DrawnCard.Width, DrawnCard.Height, Corners());
        var matrix = new SKMatrix((float)map.A, (float)map.B, (float)map.C, (float)map.D, (float)map.E, (float)map.F, (float)map.G, (float)map.H, 1);
        canvas.Save();
        canvas.Concat(in matrix);
        using (var shadow = new SKPaint { Color = SKColors.Black.WithAlpha(90), MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 5) })
        {
            canvas.DrawRoundRect(new SKRect(3, 6, DrawnCard.Width + 3, DrawnCard.Height + 5), DrawnCard.Corner, DrawnCard.Corner, shadow);
        }

        card(canvas);
        if (Glare > 0)
        {
            // An ellipse of that area, 1.6 times as wide as high, with a soft edge half inside it.
            var high = (float)Math.Sqrt(Glare * DrawnCard.Width * DrawnCard.Height / (Math.PI * 1.6));
            using var shine = new SKPaint { Color = SKColors.White, MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 4) };
            canvas.DrawOval(330, 270, 1.6f * high, high, shine);
        }

        canvas.Restore();
    }

    private void DrawTable(SKCanvas canvas, int seed)
    {
        canvas.Clear(new SKColor(Table switch { CardTable.Dark => 0xFF26282B, CardTable.White => 0xFFF3F3F1, CardTable.Wood => 0xFFA97B4F, CardTable.Cloth => 0xFF6F7F95, _ => 0xFF8A8F96 }));
        if (Table is not (CardTable.Wood or CardTable.Cloth))
        {
            return;
        }

        using var line = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke };
        for (var i = 0; i < 60; i++)
        {
            var (at, tone) = (i * Height / 60f, (byte)(30 + (((i + seed) * 37) % 60)));
            (line.StrokeWidth, line.Color) = Table == CardTable.Wood ? (i % 12 == 0 ? 4 : 2, new SKColor(0xFF5F3F22).WithAlpha(tone)) : (5, new SKColor(0xFFE8E8EE).WithAlpha(60));
            canvas.DrawLine(0, at, Width, at + (Table == CardTable.Wood ? (seed % 7) - 3 : 0), line);
            if (Table == CardTable.Cloth)
            {
                canvas.DrawLine(i * Width / 60f, 0, i * Width / 60f, Height, line);
            }
        }
    }

    private void AddNoise(SKBitmap bitmap, int seed)
    {
        if (Noise == 0)
        {
            return;
        }

        var state = (uint)seed + 12345;
        var pixels = bitmap.Bytes;
        for (var i = 0; i < pixels.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            pixels[i] = i % 4 == 3 ? pixels[i] : (byte)Math.Clamp(pixels[i] + (int)((state >> 16) % (uint)((2 * Noise) + 1)) - Noise, 0, 255);
        }

        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
    }
}
