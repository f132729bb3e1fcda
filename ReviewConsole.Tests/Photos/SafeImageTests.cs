using System.Buffers.Binary;
using System.Text;
using CsCheck;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using SkiaSharp;

namespace ReviewConsole.Tests.Photos;

public class SafeImageTests
{
    private static readonly PictureLimits Limits = new();
    private static readonly byte[] Good = DrawnPortrait.Portrait(1, new DrawnPortraitOptions());

    [Fact]
    public void A_portrait_is_stored_at_its_own_size_with_its_facts()
    {
        var picture = SafeImage.TryNormalise(Good, Limits).Picture!;

        Assert.Equal((440, 640), (picture.Width, picture.Height));
        Assert.Equal(new PictureFacts(Good.Length, "jpeg", 440, 640, 1, picture.Facts.JpegQuality, null, false), picture.Facts);
        Assert.InRange(picture.Facts.JpegQuality!.Value, 91, 93);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(75)]
    [InlineData(95)]
    public void The_quality_of_a_jpeg_is_read_from_its_tables(int quality)
    {
        var file = DrawnPortrait.Portrait(1, new DrawnPortraitOptions { JpegQuality = quality });

        Assert.InRange(SafeImage.TryNormalise(file, Limits).Picture!.Facts.JpegQuality!.Value, quality - 1.5, quality + 1.5);
    }

    [Fact]
    public void A_large_picture_is_scaled_down_and_never_up()
    {
        var large = SafeImage.TryNormalise(Encode(3000, 4000, SKEncodedImageFormat.Jpeg), Limits).Picture!;
        var small = SafeImage.TryNormalise(Encode(70, 100, SKEncodedImageFormat.Png), Limits).Picture!;

        Assert.Equal((1500, 2000, 3000, 4000), (large.Width, large.Height, large.Facts.Width, large.Facts.Height));
        Assert.Equal((70, 100, "png", null), (small.Width, small.Height, small.Facts.Format, small.Facts.JpegQuality));
    }

    [Fact]
    public void Limits_refuse_by_bytes_by_side_and_by_pixels()
    {
        var picture = Encode(1200, 900, SKEncodedImageFormat.Jpeg);

        Assert.Equal("PICTURE_TOO_LARGE", SafeImage.TryNormalise(picture, Limits with { MaxBytes = picture.Length - 1 }).Refusal!.Code);
        Assert.Equal("PICTURE_TOO_MANY_PIXELS", SafeImage.TryNormalise(picture, Limits with { MaxSide = 1199 }).Refusal!.Code);
        Assert.Equal("PICTURE_TOO_MANY_PIXELS", SafeImage.TryNormalise(picture, Limits with { MaxPixels = (1200 * 900) - 1 }).Refusal!.Code);
        Assert.Equal("PICTURE_TOO_SMALL", SafeImage.TryNormalise(picture, Limits with { MinSide = 901 }).Refusal!.Code);
        Assert.True(SafeImage.TryNormalise(picture, Limits with { MaxBytes = picture.Length, MaxSide = 1200, MaxPixels = 1200 * 900, MinSide = 900 }).Succeeded);
    }

    [Fact]
    public void Scans_are_counted_before_anything_is_decoded()
    {
        var scan = Good.AsSpan(Good.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]));
        byte[] many = [.. Good.AsSpan(0, Good.Length - 2), .. scan[..^2], .. scan];

        Assert.Equal("PICTURE_TOO_MANY_SCANS", SafeImage.TryNormalise(many, Limits with { MaxScans = 2 }).Refusal!.Code);
        Assert.Equal(3, PictureHeader.Read(many, 10)!.Scans);
    }

    [Fact]
    public void A_cut_file_is_damaged_wherever_it_is_cut() =>
        Gen.Int[4, Good.Length - 600].Sample(length => SafeImage.TryNormalise(Good.AsMemory(0, length), Limits).Refusal!.Code == "PICTURE_DAMAGED", iter: 40);

    [Fact]
    public void Whatever_bytes_are_changed_the_answer_is_a_picture_or_a_refusal() =>
        Gen.Select(Gen.Int[2, 1500], Gen.Byte).Array[1, 8].Sample(
            changes =>
            {
                var file = (byte[])Good.Clone();
                foreach (var (at, value) in changes)
                {
                    file[at] = value;
                }

                var result = SafeImage.TryNormalise(file, Limits);
                return result.Picture is null != result.Refusal is null;
            },
            iter: 100);

    [Fact]
    public void Metadata_and_trailing_bytes_never_survive()
    {
        var secret = "SECRET-DESCRIPTION"u8.ToArray();
        byte[] file = [.. WithExif(Good, 1, "2026:03:04 05:06:07", "-02:30", gps: true, secret), .. "TRAILING-ARCHIVE"u8];

        var picture = SafeImage.TryNormalise(file, Limits).Picture!;

        Assert.True(picture.Facts.HadLocation);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 6, 7, new TimeSpan(-2, -30, 0)), picture.Facts.CapturedAt);
        Assert.False(Contains(picture.Jpeg, "Exif"u8) || Contains(picture.Jpeg, secret) || Contains(picture.Jpeg, "TRAILING"u8) || Contains(picture.Jpeg, "ICC_PROFILE"u8));
        Assert.Equal([0xFF, 0xD9], picture.Jpeg[^2..]);
        Assert.Equal((1, false, null), (Again(picture).Orientation, Again(picture).HadLocation, Again(picture).CapturedAt));
    }

    [Fact]
    public void A_capture_date_without_an_offset_is_shanghai_time()
    {
        var facts = SafeImage.TryNormalise(WithExif(Good, 1, "2026:03:04 05:06:07", null, gps: false, []), Limits).Picture!.Facts;

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(8)), facts.CapturedAt);
        Assert.False(facts.HadLocation);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void The_turn_that_the_metadata_names_is_carried_out(int orientation, int cornerX, int cornerY)
    {
        // The red corner is the first pixel of the sent file; the green one the end of its first row.
        var file = WithExif(Encode(120, 80, SKEncodedImageFormat.Jpeg, Corners), orientation, null, null, gps: false, []);

        var picture = SafeImage.TryNormalise(file, Limits).Picture!;

        Assert.Equal(orientation >= 5 ? (80, 120) : (120, 80), (picture.Width, picture.Height));
        using var raster = SafeImage.TryDecode(picture.Jpeg, 1000, out _, out _)!;
        var red = raster.Row(cornerY == 0 ? 8 : raster.Height - 9).Slice((cornerX == 0 ? 8 : raster.Width - 9) * 4, 3);
        Assert.True(red[0] > 180 && red[1] < 90 && red[2] < 90, $"no red corner but {red[0]},{red[1]},{red[2]}");
    }

    [Fact]
    public void A_transparent_picture_is_laid_on_white()
    {
        var picture = SafeImage.TryNormalise(Encode(100, 100, SKEncodedImageFormat.Png, canvas => canvas.Clear(SKColors.Transparent)), Limits).Picture!;

        using var raster = SafeImage.TryDecode(picture.Jpeg, 1000, out _, out _)!;
        Assert.True(raster.Row(50)[200] >= 254);
    }

    [Fact]
    public void Nonsense_metadata_is_ignored_and_never_throws() =>
        Gen.Byte.Array[0, 200].Sample(noise => Exif.Read([.. "II*\0"u8, 8, 0, 0, 0, .. noise]).Orientation is >= 1 and <= 8, iter: 2000);

    internal static bool Contains(byte[] file, ReadOnlySpan<byte> wanted) => file.AsSpan().IndexOf(wanted) >= 0;

    /// <summary>Inserts a metadata block after the start marker.</summary>
    internal static byte[] WithExif(byte[] jpeg, int orientation, string? captured, string? offset, bool gps, byte[] description)
    {
        var entries = new List<(int Tag, int Type, byte[] Value)> { (0x0112, 3, Short(orientation)) };
        if (description.Length > 0)
        {
            entries.Insert(0, (0x010E, 2, description));
        }

        var inner = new List<(int Tag, int Type, byte[] Value)>();
        if (captured is not null)
        {
            inner.Add((0x9003, 2, Encoding.ASCII.GetBytes(captured + "\0")));
        }

        if (offset is not null)
        {
            inner.Add((0x9011, 2, Encoding.ASCII.GetBytes(offset + "\0")));
        }

        var place = new List<(int Tag, int Type, byte[] Value)> { (0x0001, 2, "N\0"u8.ToArray()), (0x0002, 5, new byte[24]) };
        var body = new List<byte>();
        body.AddRange("MM\0*\0\0\0\x08"u8);
        var pointers = (inner.Count > 0 ? 1 : 0) + (gps ? 1 : 0);
        var next = 8 + SizeOf(entries) + (12 * pointers);
        var innerAt = next;
        var placeAt = innerAt + (inner.Count > 0 ? SizeOf(inner) : 0);
        if (inner.Count > 0)
        {
            entries.Add((0x8769, 4, Long(innerAt)));
        }

        if (gps)
        {
            entries.Add((0x8825, 4, Long(placeAt)));
        }

        Write(body, entries);
        if (inner.Count > 0)
        {
            Write(body, inner);
        }

        if (gps)
        {
            Write(body, place);
        }

        byte[] segment = [.. "Exif\0\0"u8, .. body];
        return [0xFF, 0xD8, 0xFF, 0xE1, .. Short(segment.Length + 2), .. segment, .. jpeg.AsSpan(2)];
    }

    private static PictureFacts Again(NormalisedPicture picture) => SafeImage.TryNormalise(picture.Jpeg, Limits).Picture!.Facts;

    private static int SizeOf(List<(int Tag, int Type, byte[] Value)> directory) => 6 + directory.Sum(entry => 12 + (entry.Value.Length > 4 ? entry.Value.Length : 0));

    private static void Write(List<byte> body, List<(int Tag, int Type, byte[] Value)> directory)
    {
        var data = body.Count + 6 + (12 * directory.Count);
        var tail = new List<byte>();
        body.AddRange(Short(directory.Count));
        foreach (var (tag, type, value) in directory)
        {
            body.AddRange([.. Short(tag), .. Short(type), .. Long(type == 5 ? value.Length / 8 : type == 2 ? value.Length : 1)]);
            if (value.Length <= 4)
            {
                body.AddRange([.. value, .. new byte[4 - value.Length]]);
            }
            else
            {
                body.AddRange(Long(data + tail.Count));
                tail.AddRange(value);
            }
        }

        body.AddRange(new byte[4]);
        body.AddRange(tail);
    }

    private static byte[] Short(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] Long(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static void Corners(SKCanvas canvas)
    {
        canvas.Clear(SKColors.Gray);
        using var red = new SKPaint { Color = SKColors.Red };
        using var green = new SKPaint { Color = SKColors.Lime };
        canvas.DrawRect(0, 0, 24, 24, red);
        canvas.DrawRect(96, 0, 24, 24, green);
    }

    private static byte[] Encode(int width, int height, SKEncodedImageFormat format, Action<SKCanvas>? draw = null)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.CornflowerBlue);
        draw?.Invoke(canvas);
        canvas.Flush();
        using var data = bitmap.Encode(format, 92);
        return data.ToArray();
    }
}
