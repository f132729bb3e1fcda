using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Support;
using SkiaSharp;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>
/// What measuring a portrait costs beside the parts that nobody can do without. Counted in processor time, which hardly depends on what else the machine does: so the bars hold at any size.
/// </summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class PhotoRatios(ITestOutputHelper output)
{
    private static readonly byte[] Portrait = DrawnPortrait.Portrait(4, new DrawnPortraitOptions());

    [Fact]
    public void A_portrait_costs_no_more_than_two_and_a_half_times_its_parts()
    {
        using PhotoCheck engine = new(new PhotoSettings());
        using Inference models = new();
        var picture = SafeImage.TryNormalise(Portrait, new PictureLimits()).Picture!;
        using var raster = SafeImage.TryDecode(picture.Jpeg, 1000, out _, out _)!;
        List<Action> parts = [() => SafeImage.TryDecode(picture.Jpeg, 1000, out _, out _)!.Dispose()];
        foreach (var model in new[] { models.FullRange, models.ShortRange, models.Mesh, models.Person })
        {
            var run = model.Rent();
            raster.Sample(run.Input, model.Side, Affine.Square(model.Side, 220, 300, 400, 0), 1 / 255f, 0, replicate: true);
            parts.Add(run.Execute);
        }

        var (whole, part) = Side(() => engine.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default), () => parts.ForEach(once => once()));
        Bench.Row(output, "a portrait of 440 × 640, measured", whole, "ms");
        Bench.Row(output, "its decoding and one run of each of the four models", part, "ms");
        Bench.Row(output, "the former over the latter", whole / part, "", 2.5);
        Bench.Row(output, "portraits a second and core", 1000 / whole, "/s");
        Assert.InRange(whole / part, 1, 2.5);
    }

    [Fact]
    public void A_photo_of_twelve_megapixels_costs_no_more_than_three_times_its_scaled_decoding()
    {
        using PhotoCheck engine = new(new PhotoSettings());
        var large = Large();
        var (whole, part) = Side(
            () => engine.MeasureSent(PictureKind.Portrait, large, out _, default),
            () => SafeImage.TryDecodeSent(large, new PictureLimits(), 1000, out _, out _)!.Dispose());
        Bench.Row(output, "a portrait of 12 megapixels, decoded and measured", whole, "ms");
        Bench.Row(output, "its scaled decoding", part, "ms");
        Bench.Row(output, "the former over the latter", whole / part, "", 3);
        Assert.InRange(whole / part, 1, 3);
    }

    [Fact]
    public async Task Two_portraits_at_once_stay_below_300_megabytes()
    {
        var folder = Directory.CreateTempSubdirectory("review-photos-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "large.jpg"), Large());
            await File.WriteAllBytesAsync(Path.Combine(folder, "small.jpg"), Portrait);
            var files = Enumerable.Range(0, Sizes.Of(400)).Select(i => Path.Combine(folder, i % 4 == 0 ? "large.jpg" : "small.jpg"));
            await using ConsoleProcess process = new();
            var (code, peak) = await process.VerbAndPeak(["check-photo", "--json", .. files]);
            Bench.Row(output, "memory of check-photo over portraits of both sizes", peak / 1e6, "MB", 300);
            Assert.Equal(0, code);
            Assert.InRange(peak, 50_000_000, 300_000_000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Processor milliseconds of each, measured in turns; the middle of the turns counts.</summary>
    private static (double First, double Second) Side(Action first, Action second)
    {
        const int Turns = 9;
        var times = Sizes.Full ? 10 : 3;
        Cost(first, 3 * times);
        Cost(second, 3 * times);
        var turns = Enumerable.Range(0, Turns).Select(_ => (First: Cost(first, times), Second: Cost(second, times))).ToList();
        return (Bench.Percentile(turns.Select(turn => turn.First), 0.5), Bench.Percentile(turns.Select(turn => turn.Second), 0.5));
    }

    private static double Cost(Action call, int times)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
            call();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / times;
    }

    /// <summary>A drawn portrait as a phone would send it.</summary>
    private static byte[] Large()
    {
        using var small = SKBitmap.Decode(DrawnPortrait.Portrait(4, new DrawnPortraitOptions { Width = 1450, Height = 2109 }));
        using SKBitmap large = new(2900, 4218);
        small.ScalePixels(large, new SKSamplingOptions(SKFilterMode.Linear));
        using var data = large.Encode(SKEncodedImageFormat.Jpeg, 92);
        return data.ToArray();
    }
}
