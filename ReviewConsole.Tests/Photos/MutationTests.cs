using System.Globalization;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Photos;

/// <summary>Broken pictures neither crash the process nor leave memory behind. <c>REVIEWCONSOLE_MUTATIONS</c> says how many where 5,000 are not enough.</summary>
[Trait("Category", "Accuracy")]
public sealed class MutationTests(ITestOutputHelper output)
{
    private const long LeastLeak = 40_000_000;

    [Fact]
    public async Task Broken_pictures_crash_and_leak_nothing()
    {
        var count = Environment.GetEnvironmentVariable("REVIEWCONSOLE_MUTATIONS") is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : 5_000;
        var (code, lines) = await MutatedPictures.Run("mutate", count.ToString(CultureInfo.InvariantCulture), "20260401");

        Assert.Equal((0, 5), (code, lines.Length));
        var numbers = Array.ConvertAll(lines, line => double.Parse(line, CultureInfo.InvariantCulture));
        output.WriteLine(FormattableString.Invariant(
            $"{count} broken pictures: {numbers[0]} refused, {numbers[1]} decoded, slowest {numbers[2]} ms, memory {numbers[3] / 1e6:F0} MB after a tenth and {numbers[4] / 1e6:F0} MB at the end"));
        Assert.True(numbers[0] > count / 10.0 && numbers[1] > count / 10.0, "one sort of answer is missing: nothing was tested");
        Assert.True(numbers[4] - numbers[3] < LeastLeak, $"{(numbers[4] - numbers[3]) / 1e6:F0} MB were left behind");
    }

    [PortraitsFact]
    public async Task A_hostile_file_takes_no_more_memory_than_four_of_its_pictures()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(TestPortraits.Folder!, "hostile")).Order(StringComparer.Ordinal)];
        var (code, lines) = await MutatedPictures.Run(["memory", .. files]);

        Assert.Equal((0, files.Length), (code, lines.Length));
        foreach (var (file, line) in files.Zip(lines))
        {
            var (bytes, name) = (long.Parse(line, CultureInfo.InvariantCulture), Path.GetFileName(file));
            output.WriteLine(FormattableString.Invariant($"| {name} | {bytes / 1e6:F2} MB |"));
            // Half a megabyte is what the process touches beside it, more or less, from run to run.
            Assert.True(bytes <= (4 * 440 * 640 * 4) + 500_000, $"{name} took {bytes} bytes");
        }
    }
}
