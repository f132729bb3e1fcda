using SkiaSharp;

namespace ReviewConsole.Photos.Drawn;

/// <summary>How a drawn portrait differs from a good one.</summary>
public sealed record DrawnPortraitOptions
{
    /// <summary>Width in pixels, default 440 (22 mm at 20 px a mm).</summary>
    public int Width { get; init; } = 440;

    /// <summary>Height in pixels, default 640 (32 mm).</summary>
    public int Height { get; init; } = 640;

    /// <summary>Top of the hair to the chin in mm, default 20.5.</summary>
    public double HeadLengthMm { get; init; } = 20.5;

    /// <summary>Ear to ear, ears included, in mm, default 15.</summary>
    public double HeadWidthMm { get; init; } = 15;

    /// <summary>Edge of the picture to the top of the hair in mm, default 1.3.</summary>
    public double TopMarginMm { get; init; } = 1.3;

    /// <summary>Shift of the head to the right in mm, default 0.</summary>
    public double ShiftMm { get; init; }

    /// <summary>Background as 0xRRGGBB, default white.</summary>
    public int Background { get; init; } = 0xFFFFFF;

    /// <summary>One person, or two side by side.</summary>
    public int People { get; init; } = 1;

    /// <summary>Tilt of the head in degrees, clockwise as seen.</summary>
    public double RollDegrees { get; init; }

    /// <summary>Quarter turns of the finished picture, clockwise: the file is then the wrong way up.</summary>
    public int QuarterTurns { get; init; }

    /// <summary>Standard deviation of a blur over the finished picture in pixels.</summary>
    public double Blur { get; init; }

    /// <summary>Factor on the light, 1 unchanged: 0.3 is far too dark.</summary>
    public double Light { get; init; } = 1;

    /// <summary>Without colour.</summary>
    public bool Grey { get; init; }

    /// <summary>Closed eyes.</summary>
    public bool EyesClosed { get; init; }

    /// <summary>Dark glasses.</summary>
    public bool DarkGlasses { get; init; }

    /// <summary>Long hair that hides both ears.</summary>
    public bool HairOverEars { get; init; }

    /// <summary>IJG quality of the file, default 92.</summary>
    public int JpegQuality { get; init; } = 92;
}

/// <summary>
/// Draws people who do not exist, for demonstrations and tests: the face finders see exactly one human face in each. The same seed always gives the same person.
/// </summary>
public static class DrawnPortrait
{
    private const double PrintHeightMm = 32;

    /// <summary>A JPEG portrait.</summary>
    /// <param name="seed">Who: skin, hair, features, clothes.</param>
    /// <param name="options">What is wrong with the picture, if anything.</param>
    public static byte[] Portrait(int seed, DrawnPortraitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var picture = Draw(seed, options);
        using var turned = options.QuarterTurns % 4 == 0 ? null : Turned(picture, options.QuarterTurns % 4);
        using var data = (turned ?? picture).Encode(SKEncodedImageFormat.Jpeg, options.JpegQuality);
        return data.ToArray();
    }

    /// <summary>Draws the head and shoulders of a person into part of another picture.</summary>
    internal static void DrawInto(SKCanvas canvas, SKRect frame, int seed)
    {
        using var picture = Draw(seed, new DrawnPortraitOptions());
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, frame, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }

    private static SKBitmap Draw(int seed, DrawnPortraitOptions options)
    {
        var bitmap = new SKBitmap(new SKImageInfo(options.Width, options.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((uint)options.Background | 0xFF000000));
        var mm = (float)(options.Height / PrintHeightMm);
        using var layer = Finish(options);
        canvas.SaveLayer(layer);
        if (options.Blur > 0 || options.Light != 1 || options.Grey)
        {
            canvas.Clear(new SKColor((uint)options.Background | 0xFF000000));
        }

        for (var person = 0; person < Math.Max(1, options.People); person++)
        {
            var middle = (options.Width * (person + 0.5f) / Math.Max(1, options.People)) + ((float)options.ShiftMm * mm);
            var shrink = options.People > 1 ? 0.62f : 1;
            var length = (float)options.HeadLengthMm * mm * shrink;
            var top = options.People > 1 ? options.Height * 0.25f : (float)options.TopMarginMm * mm;
            canvas.Save();
            canvas.Translate(middle, top);
            canvas.Scale(length);
            var who = new DrawnPerson(seed + (person * 7919), (float)(options.HeadWidthMm / options.HeadLengthMm), options);
            who.DrawBody(canvas);
            canvas.RotateDegrees((float)options.RollDegrees, 0, 1);
            who.DrawHead(canvas);
            canvas.Restore();
        }

        canvas.Restore();
        Grain(bitmap, seed);
        return bitmap;
    }

    /// <summary>The filters over the finished picture.</summary>
    private static SKPaint Finish(DrawnPortraitOptions options)
    {
        var paint = new SKPaint();
        var (light, grey) = ((float)options.Light, options.Grey ? 1f : 0f);
        float r = 0.2126f * grey * light, g = 0.7152f * grey * light, b = 0.0722f * grey * light, keep = (1 - grey) * light;
        if (light != 1 || grey > 0)
        {
            paint.ColorFilter = SKColorFilter.CreateColorMatrix([r + keep, g, b, 0, 0, r, g + keep, b, 0, 0, r, g, b + keep, 0, 0, 0, 0, 0, 1, 0]);
        }

        if (options.Blur > 0)
        {
            paint.ImageFilter = SKImageFilter.CreateBlur((float)options.Blur, (float)options.Blur, SKShaderTileMode.Clamp);
        }

        return paint;
    }

    /// <summary>A camera's grain: without it a drawing is smoother than any photograph.</summary>
    private static void Grain(SKBitmap bitmap, int seed)
    {
        var pixels = bitmap.GetPixelSpan();
        var noise = (uint)seed * 2654435761u | 1;
        for (var i = 0; i + 3 < pixels.Length; i += 4)
        {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            var shift = (int)(noise & 7) - (int)((noise >> 3) & 7);
            for (var c = 0; c < 3; c++)
            {
                pixels[i + c] = (byte)Math.Clamp(pixels[i + c] + (shift / 2), 0, 255);
            }
        }
    }

    private static SKBitmap Turned(SKBitmap picture, int quarters)
    {
        var sideways = quarters % 2 == 1;
        var result = new SKBitmap(new SKImageInfo(
            sideways ? picture.Height : picture.Width, sideways ? picture.Width : picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(result);
        canvas.Translate(result.Width / 2f, result.Height / 2f);
        canvas.RotateDegrees(90 * quarters);
        canvas.Translate(-picture.Width / 2f, -picture.Height / 2f);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return result;
    }
}
