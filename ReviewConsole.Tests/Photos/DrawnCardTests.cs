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
