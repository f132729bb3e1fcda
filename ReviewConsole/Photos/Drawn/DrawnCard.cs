using System.Globalization;
using SkiaSharp;

namespace ReviewConsole.Photos.Drawn;

/// <summary>
/// Draws stand-ins for the two sides of an identity card, for demonstrations and tests. They are marked 样本 SAMPLE all over and carry a neutral ornament, so that nobody can take them for a document.
/// </summary>
public static class DrawnCard
{
    /// <summary>Width in pixels: 85.6 mm at 10 px a mm.</summary>
    public const int Width = 856;

    /// <summary>Height in pixels: 54 mm at 10 px a mm.</summary>
    public const int Height = 540;

    /// <summary>Radius of the corners: 3.18 mm (ISO/IEC 7810).</summary>
    internal const float Corner = 32;

    private static readonly SKColor Ink = new(0xFF23262B);
    private static readonly SKColor Faint = new(0xFF4A7FA8);

    /// <summary>The side with the portrait (人像面).</summary>
    /// <param name="seed">The person of <see cref="DrawnPortrait"/> with the same seed.</param>
    /// <param name="name">Name to print.</param>
    /// <param name="idNumber">Number to print; birth date and sex are read from its form of 18 characters.</param>
    /// <param name="scene">How the card is photographed; null is flat and nearly filling the picture.</param>
    public static byte[] PortraitSide(int seed, string name, string idNumber, CardScene? scene = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(idNumber);
        return (scene ?? new()).Photograph(seed, canvas => Card(canvas, seed, () =>
        {
            var born = idNumber.Length == 18 && DateTime.TryParseExact(idNumber.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture) : "-";
            var man = idNumber.Length == 18 && (idNumber[16] - '0') % 2 == 1;
            Field(canvas, 60, 90, "姓名", "XINGMING", name);
            Field(canvas, 60, 155, "性别", "XINGBIE", DrawnText.Choose(man ? "男" : "女", man ? "NAN" : "NU"));
            Field(canvas, 60, 220, "出生", "CHUSHENG", born);
            Field(canvas, 60, 285, "住址", "ZHUZHI", DrawnText.Choose($"示例省样本市演示路{(seed % 90) + 10}号", $"YANSHI LU {(seed % 90) + 10}"));
            // Printed on the card's own paper: the portrait's white is the paper.
            using var print = new SKPaint { BlendMode = SKBlendMode.Multiply };
            canvas.SaveLayer(print);
            DrawnPortrait.DrawInto(canvas, new SKRect(590, 80, 590 + 220, 80 + 320), seed);
            canvas.Restore();
            Field(canvas, 60, 470, "号码", "HAOMA", idNumber);
        }));
    }

    /// <summary>The side with the emblem (国徽面); here a plain ornament.</summary>
    /// <param name="seed">Varies the paper.</param>
    /// <param name="issuer">Issuing authority to print.</param>
    /// <param name="validFrom">First day of validity.</param>
    /// <param name="validTo">Last day; null is 长期.</param>
    /// <param name="scene">How the card is photographed; null is flat and nearly filling the picture.</param>
    public static byte[] EmblemSide(int seed, string issuer, DateOnly validFrom, DateOnly? validTo, CardScene? scene = null)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        return (scene ?? new()).Photograph(seed, canvas => Card(canvas, seed, () =>
        {
            Ornament(canvas, 150, 150);
            DrawnText.Draw(canvas, DrawnText.Choose("演示证件", "YANSHI ZHENGJIAN"), 300, 150, 56, Ink);
            DrawnText.Draw(canvas, DrawnText.Choose("样本", "SAMPLE"), 300, 230, 56, new SKColor(0xFFB03A3A));
            Field(canvas, 120, 390, "签发机关", "QIANFA JIGUAN", issuer);
            var until = validTo?.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture) ?? DrawnText.Choose("长期", "CHANGQI");
            Field(canvas, 120, 460, "有效期限", "YOUXIAO QIXIAN", $"{validFrom.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture)}-{until}");
        }));
    }

    private static void Card(SKCanvas canvas, int seed, Action print)
    {
        canvas.Save();
        canvas.ClipRoundRect(new SKRoundRect(new SKRect(0, 0, Width, Height), Corner), antialias: true);
        Paper(canvas, seed);
        print();
        Watermark(canvas);
        canvas.Restore();
    }

    private static void Paper(SKCanvas canvas, int seed)
    {
        var card = new SKRect(0, 0, Width, Height);
        using var paper = new SKPaint { IsAntialias = true };
        paper.Shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(Width, Height), [new SKColor(0xFFF2F6F4), new SKColor(0xFFDDEAF1), new SKColor(0xFFF1ECE3)], SKShaderTileMode.Clamp);
        canvas.DrawRect(card, paper);
        using var wave = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 1.2f, Color = Faint.WithAlpha(46) };
        for (var i = 0; i < 34; i++)
        {
            using var line = new SKPathBuilder();
            var y = (i * 18f) - 30;
            line.MoveTo(0, y);
            for (var x = 0; x <= Width; x += 20)
            {
                line.LineTo(x, y + (14 * MathF.Sin((x / 70f) + (i * 0.5f) + seed)));
            }

            using var path = line.Detach();
            canvas.DrawPath(path, wave);
        }
    }

    /// <summary>A red disc with rings of dots: decoration in an emblem's place and size, deliberately like no country's.</summary>
    private static void Ornament(SKCanvas canvas, float x, float y)
    {
        using var disc = new SKPaint { IsAntialias = true, Color = new SKColor(0xFFB8322E) };
        canvas.DrawCircle(x, y, 88, disc);
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(0xFFE8C98A) };
        for (var ring = 1; ring <= 4; ring++)
        {
            for (var i = 0; i < 8 * ring; i++)
            {
                var angle = MathF.Tau * i / (8 * ring);
                canvas.DrawCircle(x + (19 * ring * MathF.Cos(angle)), y + (19 * ring * MathF.Sin(angle)), 6 - ring, paint);
            }
        }
    }

    private static void Field(SKCanvas canvas, float x, float y, string label, string latin, string value)
    {
        DrawnText.Draw(canvas, DrawnText.Choose(label, latin), x, y, 22, Faint);
        DrawnText.Draw(canvas, value, x + (latin.Length > 9 ? 240 : 150), y, 30, Ink);
    }

    private static void Watermark(SKCanvas canvas)
    {
        canvas.Save();
        canvas.RotateDegrees(-18, Width / 2f, Height / 2f);
        var text = DrawnText.Choose("样本 SAMPLE", "SAMPLE");
        for (var row = 0; row < 3; row++)
        {
            DrawnText.Draw(canvas, text, 90 + (row * 120), 150 + (row * 160), 84, new SKColor(0xFFB03A3A).WithAlpha(60));
        }

        canvas.Restore();
    }
}
