using System.CommandLine;
using System.Text.Json;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Checking;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Photos;
using SkiaSharp;

namespace ReviewConsole.Tests.Features.Checking;

/// <summary>The verb that measures files, without a store.</summary>
public sealed class CheckPhotoCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("review-check-").FullName;

    [Fact]
    public void A_file_is_one_line_of_json_with_everything_measured()
    {
        var (code, output, error) = Run("check-photo", "--json", Portrait("a.jpg", new()));

        Assert.Equal((0, ""), (code, error));
        var photo = JsonDocument.Parse(Assert.Single(output)).RootElement;
        Assert.Equal(
            "file,readable,refusal,width,height,faces,headLengthMm,headWidthMm,crownY,chinY,leftX,rightX,millis,checks",
            string.Join(',', photo.EnumerateObject().Select(member => member.Name)));
        Assert.Equal((true, JsonValueKind.Null, 440, 640, 1), (photo.GetProperty("readable").GetBoolean(), photo.GetProperty("refusal").ValueKind, Int(photo, "width"), Int(photo, "height"), Int(photo, "faces")));
        Assert.InRange(photo.GetProperty("headLengthMm").GetDouble(), 19.9, 20.9);
        Assert.Equal(photo.GetProperty("headLengthMm").GetDouble(), (photo.GetProperty("chinY").GetDouble() - photo.GetProperty("crownY").GetDouble()) * 32 / 640, 0.01);
        Assert.Equal(photo.GetProperty("headWidthMm").GetDouble(), (photo.GetProperty("rightX").GetDouble() - photo.GetProperty("leftX").GetDouble()) * 32 / 640, 0.01);
        using PhotoCheck engine = new(new PhotoSettings());
        Assert.Equal(engine.ChecksFor(PictureKind.Portrait), photo.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("id").GetString()));
        Assert.All(photo.GetProperty("checks").EnumerateArray(), check => Assert.Equal(("id,result,value,unit,min,max", "pass"), (string.Join(',', check.EnumerateObject().Select(member => member.Name)), check.GetProperty("result").GetString())));
        var length = photo.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("id").GetString() == "head-length");
        Assert.Equal(("mm", 19d, 22d), (length.GetProperty("unit").GetString(), length.GetProperty("min").GetDouble(), length.GetProperty("max").GetDouble()));
    }

    [Fact]
    public void Positions_are_pixels_of_the_upright_picture_at_its_own_size()
    {
        // Laid on its side, with the flag that says so, and larger than any working size.
        var upright = DrawnPortrait.Portrait(7, new DrawnPortraitOptions { Width = 2200, Height = 3200 });
        using var picture = SKBitmap.Decode(upright);
        using SKBitmap turned = new(3200, 2200);
        using (SKCanvas canvas = new(turned))
        {
            canvas.SetMatrix(new SKMatrix(0, 1, 0, -1, 0, 2200, 0, 0, 1));
            canvas.DrawImage(SKImage.FromBitmap(picture), 0, 0, SKSamplingOptions.Default);
        }

        using var jpeg = turned.Encode(SKEncodedImageFormat.Jpeg, 92);
        var file = Save("turned.jpg", SafeImageTests.WithExif(jpeg.ToArray(), 6, null, null, gps: false, []));
        var (_, output, _) = Run("check-photo", "--json", file, Portrait("plain.jpg", new(), seed: 7));

        var (large, plain) = (JsonDocument.Parse(output[0]).RootElement, JsonDocument.Parse(output[1]).RootElement);
        Assert.Equal((2200, 3200), (Int(large, "width"), Int(large, "height")));
        foreach (var line in new[] { "crownY", "chinY", "leftX", "rightX" })
            Assert.Equal(5 * plain.GetProperty(line).GetDouble(), large.GetProperty(line).GetDouble(), 25.0);
    }

    [Fact]
    public void What_cannot_be_read_is_a_line_like_the_others_in_the_order_of_the_arguments()
    {
        var missing = Path.Combine(folder, "missing.jpg");
        var (text, empty) = (Save("text.jpg", "no picture"u8.ToArray()), Save("empty.jpg", []));
        string[] files = [missing, Portrait("1.jpg", new()), folder, text, empty, Portrait("2.jpg", new(), seed: 3), missing];

        var (code, output, error) = Run(["check-photo", .. files, "--json"]);

        Assert.Equal((0, ""), (code, error));
        var photos = output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(files, photos.Select(photo => photo.GetProperty("file").GetString()));
        Assert.Equal([false, true, false, false, false, true, false], photos.Select(photo => photo.GetProperty("readable").GetBoolean()));
        Assert.Equal(
            ["找不到文件。", null, "这是文件夹，不是照片文件。", "文件不是照片，只接受 JPEG 和 PNG。", "没有收到照片。", null, "找不到文件。"],
            photos.Select(photo => photo.GetProperty("refusal").GetString()));
        foreach (var absent in new[] { "width", "height", "faces", "headLengthMm", "headWidthMm", "crownY", "chinY", "leftX", "rightX" })
            Assert.Equal(JsonValueKind.Null, photos[0].GetProperty(absent).ValueKind);
        Assert.Equal(["fail", .. Enumerable.Repeat("unmeasured", 16)], photos[0].GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("result").GetString()));
    }

    [Fact]
    public void Many_files_come_out_in_their_order()
    {
        var files = Enumerable.Range(0, 30).Select(i => i % 7 == 3 ? Path.Combine(folder, $"missing {i}") : Portrait($"照片 {i}.jpg", new() { Width = 220, Height = 320 }, seed: i)).ToArray();
        var (code, output, _) = Run(["check-photo", "--json", .. files]);
        Assert.Equal(0, code);
        Assert.Equal(files, output.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()));
        Assert.Contains("照片 29.jpg", output[29], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "440×640 像素", "头部 2", "不合格 head-length head-width")]
    [InlineData("en", "440×640 pixels", "head 2", "fail: head-length head-width")]
    public void Without_json_a_line_is_for_people_in_their_language(string language, string size, string head, string faults)
    {
        var (code, output, _) = Run("check-photo", Portrait("a.jpg", new() { HeadLengthMm = 24, HeadWidthMm = 17.5, TopMarginMm = 1.2 }, seed: 3), "--language", language);
        Assert.Equal(0, code);
        var line = Assert.Single(output);
        Assert.All(new[] { size, head, faults }, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_overlay_is_the_picture_with_lines_on_it()
    {
        var file = Portrait("a.jpg", new() { Background = 0x67A0D8 });
        var drawn = Path.Combine(folder, "out.png");

        var (code, output, error) = Run("check-photo", "--overlay", drawn, file, "--json");

        Assert.Equal((0, ""), (code, error));
        var photo = JsonDocument.Parse(Assert.Single(output)).RootElement;
        using var overlay = SKBitmap.Decode(drawn);
        using var plain = SKBitmap.Decode(file);
        Assert.Equal((440, 640), (overlay.Width, overlay.Height));
        var line = overlay.GetPixel(20, (int)photo.GetProperty("crownY").GetDouble());
        Assert.True(line.Red > line.Green + 60 && line.Red > line.Blue, $"no line but {line}");
        Assert.True(overlay.GetPixel(30, 80).Red > plain.GetPixel(30, 80).Red + 30, "the background is not marked");
        Assert.Equal(plain.GetPixel(220, 280).Red, overlay.GetPixel(220, 280).Red, 3d);
    }

    [Fact]
    public void An_overlay_that_cannot_be_made_says_so()
    {
        var file = Portrait("a.jpg", new());
        Assert.Equal((1, true), (Run("check-photo", "--overlay", folder, file).Code, Run("check-photo", "--overlay", folder, file).Error.Contains("cannot be written", StringComparison.Ordinal)));
        Assert.Equal(1, Run("check-photo", "--overlay", Path.Combine(folder, "out.png"), Save("b.jpg", [1, 2, 3])).Code);
        Assert.Equal(1, Run("check-photo", "--overlay", Path.Combine(folder, "out.png"), file, file).Code);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static int Int(JsonElement photo, string member) => photo.GetProperty(member).GetInt32();

    private static (int Code, string[] Output, string Error) Run(params string[] words)
    {
        RootCommand root = new() { CheckPhotoCommand.Create() };
        using StringWriter output = new(), error = new();
        var code = root.Parse(words).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }

    private string Portrait(string name, DrawnPortraitOptions options, int seed = 1) => Save(name, DrawnPortrait.Portrait(seed, options));

    private string Save(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
