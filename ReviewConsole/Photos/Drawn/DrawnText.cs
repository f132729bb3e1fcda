using SkiaSharp;

namespace ReviewConsole.Photos.Drawn;

/// <summary>
/// Text that never vanishes. The imaging library draws nothing at all, without a word, where it has no typeface: so a Chinese one is looked for among the
/// installed fonts, and where there is none, Latin text is drawn from a built-in raster alphabet and unknown characters as boxes.
/// </summary>
internal static class DrawnText
{
    private const char Probe = '样';
    private static readonly string[] Hints = ["CJK", "Han", "wqy", "msyh", "simsun", "simhei", "PingFang", "Hei", "Song"];
    private static readonly Lazy<SKTypeface?> Chinese = new(FindChinese);

    // Five columns a character, lowest bit on top, for space … Z (0x20 … 0x5A).
    private static readonly byte[] Alphabet = Convert.FromHexString(
        "000000000000005F00000007000700147F147F14242A7F2A12231308646236495522500005030000001C2241000041221C00082A1C2A0808083E080800503000000808080808" +
        "006060000020100804023E5149453E00427F400042615149462141454B311814127F1027454545393C4A49493001710905033649494936064949291E0036360000005636000000" +
        "08142241141414141441221408000201510906324979413E7E1111117E7F494949363E414141227F4141221C7F494949417F090901013E414151327F0808087F00417F41002040413F01" +
        "7F081422417F404040407F0204027F7F0408107F3E4141413E7F090909063E4151215E7F09192946464949493101017F01013F4040403F1F2040201F7F2018207F63140814630304780403" +
        "6151494543");

    /// <summary>The Chinese words where they can be drawn, else the Latin ones.</summary>
    public static string Choose(string chinese, string latin) => Chinese.Value is null ? latin : chinese;

    /// <summary>Draws one line.</summary>
    public static void Draw(SKCanvas canvas, string text, float x, float baseline, float size, SKColor colour) =>
        Draw(canvas, text, x, baseline, size, colour, Chinese.Value);

    /// <summary>Draws one line in a given typeface; null draws the built-in alphabet.</summary>
    internal static void Draw(SKCanvas canvas, string text, float x, float baseline, float size, SKColor colour, SKTypeface? typeface)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        if (typeface is not null)
        {
            using var font = new SKFont(typeface, size);
            canvas.DrawText(text, x, baseline, SKTextAlign.Left, font, paint);
            return;
        }

        var dot = size / 9;
        foreach (var letter in text.ToUpperInvariant())
        {
            var at = (letter - ' ') * 5;
            for (var column = 0; column < 5; column++)
            {
                var bits = at >= 0 && at + 5 <= Alphabet.Length ? Alphabet[at + column] : column is 0 or 4 ? 0x7F : 0x41;
                for (var row = 0; row < 7; row++)
                {
                    if ((bits >> row & 1) != 0)
                    {
                        canvas.DrawRect(x + (column * dot), baseline - ((7 - row) * dot), dot, dot, paint);
                    }
                }
            }

            x += 6 * dot;
        }
    }

    private static SKTypeface? FindChinese()
    {
        if (SKFontManager.Default.MatchCharacter(Probe) is { } matched && Has(matched))
        {
            return matched;
        }

        foreach (var folder in Folders())
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.tt?", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
            {
                if (!Array.Exists(Hints, hint => Path.GetFileName(file).Contains(hint, StringComparison.OrdinalIgnoreCase)))
                {
                    continue;
                }

                // Collections hold the Japanese face first; the simplified Chinese one is the third in the usual one.
                var face = SKTypeface.FromFile(file, 2) ?? SKTypeface.FromFile(file, 0);
                if (face is not null && Has(face))
                {
                    return face;
                }

                face?.Dispose();
            }
        }

        return null;
    }

    private static bool Has(SKTypeface face)
    {
        using var font = new SKFont(face);
        return font.ContainsGlyph(Probe);
    }

    private static IEnumerable<string> Folders() => new[]
    {
        Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
    }.Where(Directory.Exists);
}
