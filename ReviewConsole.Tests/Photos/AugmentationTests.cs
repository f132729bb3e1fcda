using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using SkiaSharp;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Photos;

/// <summary>The same head measures the same when the picture is mirrored, moved, lit or compressed otherwise: the nearest there is to other people's pictures.</summary>
[Trait("Category", "Accuracy")]
public sealed class AugmentationTests(ITestOutputHelper output)
{
    private const double WithinMm = 0.2;

    /// <summary>What is done to a picture, and how much larger the head is afterwards.</summary>
    private static readonly (string Name, double Zoom, Func<SKBitmap, byte[]> Do)[] Changes =
    [
        ("mirrored", 1, picture => Drawn(picture, new SKMatrix(-1, 0, picture.Width, 0, 1, 0, 0, 0, 1))),
        ("5 % smaller", 0.95, picture => Drawn(picture, SKMatrix.CreateScale(0.95f, 0.95f, picture.Width / 2f, picture.Height * 0.45f))),
        ("5 % larger", 1.05, picture => Drawn(picture, SKMatrix.CreateScale(1.05f, 1.05f, picture.Width / 2f, picture.Height * 0.55f))),
        ("moved right and down", 1, picture => Drawn(picture, SKMatrix.CreateTranslation(picture.Width * 0.03f, picture.Height * 0.01f))),
        ("moved left and down", 1, picture => Drawn(picture, SKMatrix.CreateTranslation(picture.Width * -0.037f, picture.Height * 0.02f))),
        ("gamma 0.85", 1, picture => Drawn(picture, light: value => Math.Pow(value, 0.85))),
        ("gamma 1.15", 1, picture => Drawn(picture, light: value => Math.Pow(value, 1.15))),
        ("more contrast", 1, picture => Drawn(picture, light: value => 0.5 + ((value - 0.5) * 1.1))),
        ("less contrast", 1, picture => Drawn(picture, light: value => 0.05 + (value * 0.92))),
        ("warmer", 1, picture => Drawn(picture, green: 0.985, blue: 0.95)),
        ("colder", 1, picture => Drawn(picture, red: 0.95, green: 0.985)),
        ("JPEG quality 60", 1, picture => Drawn(picture, quality: 60)),
        ("noise", 1, picture => Drawn(picture, noise: 4)),
        ("blur", 1, picture => Drawn(picture, blur: 0.8f)),
    ];

    [PortraitsFact]
    public void A_changed_picture_of_the_same_head_measures_the_same()
    {
        using PhotoCheck engine = new(new PhotoSettings());
        var seen = Changes.ToDictionary(change => change.Name, _ => (Length: new List<double>(), Width: new List<double>()), StringComparer.Ordinal);
        var heads = PortraitLabel.All().Where(label => label.Case is "good" or "white205" or "bg_original" or "bg_offwhite" or "bg_lightblue" or "bg_grey");
        foreach (var label in heads.Where((_, i) => Sizes.Full || i % 3 == 0))
        {
            var file = TestPortraits.Read(label.File);
            using var picture = SKBitmap.Decode(file);
            var plain = engine.MeasureSent(PictureKind.Portrait, file, out _, default);
            foreach (var (name, zoom, change) in Changes)
            {
                var changed = engine.MeasureSent(PictureKind.Portrait, change(picture), out _, default);
                Near(seen[name].Length, zoom * plain.HeadLengthMm, changed.HeadLengthMm, $"{label.File} {name}: length");
                Near(seen[name].Width, zoom * plain.HeadWidthMm, changed.HeadWidthMm, $"{label.File} {name}: width");
            }
        }

        output.WriteLine("| change | length, mean mm | largest | width, mean mm | largest |\n|---|---:|---:|---:|---:|");
        foreach (var (name, (length, width)) in seen)
            output.WriteLine(FormattableString.Invariant($"| {name} | {length.Average():F3} | {length.Max():F2} | {width.Average():F3} | {width.Max():F2} |"));
    }

    private static void Near(List<double> seen, double? wanted, double? measured, string what)
    {
        Assert.True(wanted is null == measured is null, $"{what} was {wanted} and is {measured}");
        if (measured - wanted is { } error)
        {
            Assert.True(Math.Abs(error) <= WithinMm, $"{what} differs by {error:F2} mm");
            seen.Add(Math.Abs(error));
        }
    }

    private static byte[] Drawn(
        SKBitmap picture, SKMatrix? map = null, Func<double, double>? light = null, double red = 1, double green = 1, double blue = 1, int quality = 95, double noise = 0, float blur = 0)
    {
        using SKBitmap target = new(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(target);
        using var image = SKImage.FromBitmap(picture);

        // What comes in from beyond the edge is the edge itself.
        using var shader = image.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, new SKSamplingOptions(SKCubicResampler.Mitchell), map ?? SKMatrix.Identity);
        using var curves = SKColorFilter.CreateTable(Curve(null, 1), Curve(light, red), Curve(light, green), Curve(light, blue));
        using var softer = blur > 0 ? SKImageFilter.CreateBlur(blur, blur) : null;
        using SKPaint paint = new() { Shader = shader, ColorFilter = curves };
        using SKPaint layer = new() { ImageFilter = softer };
        canvas.SaveLayer(layer);
        canvas.DrawRect(0, 0, picture.Width, picture.Height, paint);
        canvas.Restore();
        canvas.Flush();
        if (noise > 0)
            AddNoise(target.GetPixelSpan(), noise);
        using var data = target.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }

    private static byte[] Curve(Func<double, double>? light, double gain) =>
        [.. Enumerable.Range(0, 256).Select(i => (byte)Math.Clamp(Math.Round((light?.Invoke(i / 255.0) ?? i / 255.0) * gain * 255), 0, 255))];

    private static void AddNoise(Span<byte> pixels, double spread)
    {
        Random random = new(5);
        for (var i = 0; i < pixels.Length; i++)
        {
            // Twelve uniform numbers are as good as a normal one.
            double sum = -6;
            for (var k = 0; k < 12; k++)
                sum += random.NextDouble();
            if (i % 4 != 3)
                pixels[i] = (byte)Math.Clamp(pixels[i] + (sum * spread), 0, 255);
        }
    }
}
