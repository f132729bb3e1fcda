using ReviewConsole.Photos;

namespace ReviewConsole.Tests.Photos;

public class HostileFileTests
{
    [PortraitsTheory]
    [InlineData("truncated.jpg", "PICTURE_DAMAGED")]
    [InlineData("truncated_tail.jpg", "PICTURE_DAMAGED")]
    [InlineData("zero.jpg", "PICTURE_EMPTY")]
    [InlineData("text.jpg", "PICTURE_UNKNOWN")]
    [InlineData("html.jpg", "PICTURE_UNKNOWN")]
    [InlineData("onepixel.png", "PICTURE_TOO_SMALL")]
    [InlineData("bomb_30000x30000.png", "PICTURE_TOO_MANY_PIXELS")]
    [InlineData("lying_dimensions.jpg", "PICTURE_TOO_MANY_PIXELS")]
    [InlineData("animated.gif", "PICTURE_FORMAT", "gif")]
    [InlineData("progressive_many_scans.jpg", "PICTURE_TOO_MANY_SCANS")]
    [InlineData("picture.webp", "PICTURE_FORMAT", "webp")]
    [InlineData("picture.svg", "PICTURE_FORMAT", "svg")]
    [InlineData("picture.heic", "PICTURE_FORMAT", "heic")]
    public void A_hostile_file_is_refused_by_name(string file, string code, string? detail = null)
    {
        var refusal = SafeImage.TryNormalise(TestPortraits.Read("hostile/" + file), new PictureLimits()).Refusal;

        Assert.Equal(code, refusal?.Code);
        if (detail is not null)
        {
            Assert.Equal(detail, refusal!.Details[0]);
        }
    }

    [PortraitsTheory]
    [InlineData("cmyk.jpg", 440, 640)]
    [InlineData("png16.png", 440, 640)]
    [InlineData("alpha.png", 440, 640)]
    [InlineData("huge_exif.jpg", 440, 640)]
    [InlineData("trailing_zip.jpg", 440, 640)]
    [InlineData("gps_script_exif.jpg", 440, 640)]
    [InlineData("gray_1channel.jpg", 440, 640)]
    [InlineData("ztxt_bomb.png", 100, 146)]
    public void A_strange_but_sound_file_is_normalised_to_a_small_clean_one(string file, int width, int height)
    {
        var picture = SafeImage.TryNormalise(TestPortraits.Read("hostile/" + file), new PictureLimits()).Picture;

        Assert.NotNull(picture);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.InRange(picture.Jpeg.Length, 100, 300_000);
        Assert.False(SafeImageTests.Contains(picture.Jpeg, "Exif"u8) || SafeImageTests.Contains(picture.Jpeg, "script"u8) || SafeImageTests.Contains(picture.Jpeg, "PK\u0003\u0004"u8));
    }

    [PortraitsFact]
    public void The_location_of_a_picture_is_noticed_and_dropped() =>
        Assert.True(SafeImage.TryNormalise(TestPortraits.Read("hostile/gps_script_exif.jpg"), new PictureLimits()).Picture!.Facts.HadLocation);

    [PortraitsFact]
    public void The_colours_of_a_cmyk_picture_come_out_right()
    {
        var limits = new PictureLimits();
        using var cmyk = SafeImage.TryDecode(SafeImage.TryNormalise(TestPortraits.Read("hostile/cmyk.jpg"), limits).Picture!.Jpeg, 1000, out _, out _)!;
        using var rgb = SafeImage.TryDecode(SafeImage.TryNormalise(TestPortraits.Read("d01_good.jpg"), limits).Picture!.Jpeg, 1000, out _, out _)!;
        long difference = 0;
        for (var i = 0; i < 440 * 640 * 4; i++)
        {
            difference += Math.Abs(cmyk.Pixels[i] - rgb.Pixels[i]);
        }

        Assert.InRange((double)difference / (440 * 640 * 4), 0, 6);
    }

    [PortraitsFact]
    public void Every_hostile_file_is_answered_within_50_ms()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestPortraits.Folder!, "hostile")))
        {
            var bytes = File.ReadAllBytes(file);
            var costs = Enumerable.Range(0, 5).Select(_ => Cost(() => SafeImage.TryNormalise(bytes, new PictureLimits())));

            Assert.True(costs.Min() < 50, $"{Path.GetFileName(file)} took {costs.Min():F0} ms");
        }
    }

    [PortraitsFact]
    public void Whatever_comes_in_what_is_stored_holds_the_picture_and_nothing_else()
    {
        var stored = 0;
        foreach (var file in Directory.EnumerateFiles(TestPortraits.Folder!, "*.*", SearchOption.AllDirectories))
        {
            if (SafeImage.TryNormalise(File.ReadAllBytes(file), new PictureLimits()).Picture is { } picture)
            {
                stored++;
                Assert.True(Segments(picture.Jpeg).All(marker => marker is 0xE0 or 0xDB or 0xC0 or 0xC4 or 0xDA or 0xD9), $"{file}: {string.Join(' ', Segments(picture.Jpeg).Select(marker => $"{marker:X2}"))}");
            }
        }

        Assert.True(stored > 80);
    }

    /// <summary>The markers of a JPEG up to its end; bytes after the end count as one of their own.</summary>
    private static IEnumerable<int> Segments(byte[] jpeg)
    {
        var at = 2;
        while (at < jpeg.Length)
        {
            if (jpeg[at] != 0xFF)
            {
                yield return -1;
                yield break;
            }

            var marker = jpeg[at + 1];
            yield return marker;
            at += marker == 0xD9 ? 2 : 2 + (jpeg[at + 2] << 8) + jpeg[at + 3];
            if (marker == 0xDA)
            {
                while (jpeg[at] != 0xFF || jpeg[at + 1] == 0)
                    at++;
            }
        }
    }

    /// <summary>Processor time in ms: unlike the clock it hardly depends on what else the machine does.</summary>
    private static double Cost(Action call)
    {
        var before = Environment.CpuUsage.TotalTime;
        call();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}
