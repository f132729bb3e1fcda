using System.Globalization;
using SkiaSharp;

namespace ReviewConsole.Photos.Drawn;

/// <summary>Draws on a picture what was measured: where the background is not white, the face, and the head's lines with their millimetres.</summary>
internal static class DrawnOverlay
{
    private static readonly SKColor Line = new(0xC2, 0x18, 0x5B);
    private static readonly SKColor Box = new(0x0B, 0x6B, 0xCB);
    private static readonly SKColor Halo = new(0xFF, 0xFF, 0xFF, 0xC0);
    private static readonly SKColor Cell = new(0xFF, 0xB3, 0x00, 0x80);

    /// <summary>The picture with everything drawn on it, as PNG; null where it cannot be decoded.</summary>
    /// <param name="sent">The file that was measured.</param>
    /// <param name="report">What was measured, in pixels of the upright picture at its own size.</param>
    /// <param name="limits">Its stored size is the largest that is drawn.</param>
    public static byte[]? On(ReadOnlyMemory<byte> sent, PhotoReport report, PictureLimits limits)
    {
        using var picture = SafeImage.TryDecodeSent(sent, limits, limits.StoredLongSide, out _, out _);
        if (picture is null)
        {
            return null;
        }

        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Row(y).CopyTo(bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, picture.Width * 4));
        }

        using var canvas = new SKCanvas(bitmap);

        // From here on in the report's own pixels.
        canvas.Scale((float)picture.Width / report.Width, (float)picture.Height / report.Height);
        Draw(canvas, report);
        canvas.Flush();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Draw(SKCanvas canvas, PhotoReport report)
    {
        float width = report.Width, height = report.Height, thin = Math.Max(width, height) / 500;
        if (report.Background is { } map)
        {
            using var fill = new SKPaint { Color = Cell };
            for (var row = 0; row < map.Rows; row++)
            {
                for (var column = 0; column < map.Columns; column++)
                {
                    if (map[column, row])
                    {
                        canvas.DrawRect(column * width / map.Columns, row * height / map.Rows, width / map.Columns, height / map.Rows, fill);
                    }
                }
            }
        }

        if (report.Face is { } face)
        {
            Stroke(canvas, Box, thin, pen => canvas.DrawRect((float)face.X, (float)face.Y, (float)face.Width, (float)face.Height, pen));
        }

        if (report.Lines is not { } lines)
        {
            return;
        }

        foreach (var y in (ReadOnlySpan<double>)[lines.CrownY, lines.ChinY])
        {
            Stroke(canvas, Line, thin, pen => canvas.DrawLine(0, (float)y, width, (float)y, pen));
        }

        foreach (var x in (ReadOnlySpan<double>)[lines.LeftX, lines.RightX])
        {
            Stroke(canvas, Line, thin, pen => canvas.DrawLine((float)x, 0, (float)x, height, pen));
        }

        var size = 14 * thin;
        Write(canvas, report.HeadLengthMm, size / 3, (float)((lines.CrownY + lines.ChinY) / 2), size);
        Write(canvas, report.HeadWidthMm, (float)((lines.LeftX + lines.RightX) / 2) - (2 * size), height - (size / 2), size);
    }

    /// <summary>A line in its colour on a broader white one.</summary>
    private static void Stroke(SKCanvas canvas, SKColor colour, float thin, Action<SKPaint> draw)
    {
        using var pen = new SKPaint { Color = Halo, Style = SKPaintStyle.Stroke, StrokeWidth = 2.5f * thin, IsAntialias = true };
        draw(pen);
        (pen.Color, pen.StrokeWidth) = (colour, thin);
        draw(pen);
    }

    /// <summary>Millimetres on a white ground, so that they can be read on any picture.</summary>
    private static void Write(SKCanvas canvas, double? mm, float x, float baseline, float size)
    {
        if (mm is { } value)
        {
            using var ground = new SKPaint { Color = Halo };
            canvas.DrawRect(x - (size / 5), baseline - size, 4.6f * size, 1.3f * size, ground);
            DrawnText.Draw(canvas, value.ToString("0.0 mm", CultureInfo.InvariantCulture), x, baseline, size, Line);
        }
    }
}
