using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using SkiaSharp;

namespace ReviewConsole.Tests.Photos;

public class DrawnCardTests
{
    [Fact]
    public void Both_sides_can_be_taken_in_and_differ_by_what_is_printed()
    {
        var one = DrawnCard.PortraitSide(1, "A", "11010519491231002X");
        var other = DrawnCard.PortraitSide(1, "B", "11010519491231002X");
        var emblem = DrawnCard.EmblemSide(1, "A", new DateOnly(2020, 1, 1), new DateOnly(2040, 1, 1));

        Assert.All([one, other, emblem], side => Assert.Equal((856, 540), Size(side)));
        Assert.False(one.AsSpan().SequenceEqual(other));
        Assert.False(emblem.AsSpan().SequenceEqual(DrawnCard.EmblemSide(1, "A", new DateOnly(2020, 1, 1), null)));
    }

    [Fact]
    public void Every_part_of_a_scene_changes_the_picture_and_the_same_scene_gives_the_same()
    {
        CardScene plain = new() { Width = 400, Height = 300, Size = 0.7 };
        CardScene[] scenes =
        [
            plain, plain with { Size = 0.6 }, plain with { Turn = 5 }, plain with { Tilt = 5 }, plain with { Lean = 5 }, plain with { ShiftX = 0.1 }, plain with { ShiftY = 0.1 }, plain with { Glare = 0.1 },
            plain with { BlurMm = 0.5 }, plain with { MotionMm = 0.5 }, plain with { Shade = 0.3 }, plain with { Noise = 5 }, plain with { Empty = true }, plain with { JpegQuality = 50 },
            .. Enum.GetValues<CardTable>().Skip(1).Select(table => plain with { Table = table }),
        ];
        var drawn = Array.ConvertAll(scenes, scene => Convert.ToHexString(DrawnCard.EmblemSide(1, "A", new(2020, 1, 1), null, scene)));
        Assert.Equal(scenes.Length, drawn.Distinct().Count());
        Assert.Equal(drawn, Array.ConvertAll(scenes, scene => Convert.ToHexString(DrawnCard.EmblemSide(1, "A", new(2020, 1, 1), null, scene))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_is_drawn_with_and_without_an_installed_typeface(bool installed)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(400, 60, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        if (installed)
        {
            DrawnText.Draw(canvas, DrawnText.Choose("样本", "SAMPLE"), 10, 45, 36, SKColors.Black);
        }
        else
        {
            DrawnText.Draw(canvas, "SAMPLE 样", 10, 45, 36, SKColors.Black, typeface: null);
        }

        canvas.Flush();
        var dark = 0;
        foreach (var value in bitmap.GetPixelSpan())
        {
            dark += value < 128 ? 1 : 0;
        }

        Assert.InRange(dark, 900, 30_000);
    }

    private static (int Width, int Height) Size(byte[] file) =>
        SafeImage.TryNormalise(file, new PictureLimits()).Picture is { } picture ? (picture.Width, picture.Height) : default;
}
