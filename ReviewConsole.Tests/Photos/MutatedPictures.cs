using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using SkiaSharp;

namespace ReviewConsole.Tests.Photos;

/// <summary>
/// A process of its own in which pictures are broken: a decoder that dies takes its process with it. <c>mutate COUNT SEED</c> breaks as many; <c>memory FILE…</c> tells what each file costs.
/// </summary>
internal static partial class MutatedPictures
{
    /// <summary>Does what the words say.</summary>
    /// <returns>The exit code.</returns>
    public static int Do(string[] words)
    {
        switch (words)
        {
            case ["mutate", var count, var seed]:
                Mutate(int.Parse(count, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
                return 0;
            case ["memory", .. var files]:
                Array.ForEach(files, Memory);
                return 0;
            default:
                return 2;
        }
    }

    /// <summary>Runs it and gives what it printed.</summary>
    public static async Task<(int Code, string[] Lines)> Run(params string[] words)
    {
        var home = AppContext.BaseDirectory;
        ProcessStartInfo how = new("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var word in (string[])["exec", Path.Combine(home, "ReviewConsole.Tests.dll"), .. words])
            how.ArgumentList.Add(word);
        using var process = Process.Start(how)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Prints how many were refused and decoded, the slowest answer in ms, and the memory after the first tenth and at the end in bytes.</summary>
    private static void Mutate(int count, int seed)
    {
        using PhotoCheck engine = new(new PhotoSettings());
        byte[][] sources = [.. Sources()];
        Random random = new(seed);
        var (refused, slowest, early) = (0, 0.0, 0L);
        for (var i = 0; i < count; i++)
        {
            if (i == count / 10)
                early = Resting();
            var file = Mutated(sources, random);
            var started = Stopwatch.GetTimestamp();
            var picture = SafeImage.TryNormalise(file, new PictureLimits()).Picture;
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            refused += picture is null ? 1 : 0;

            // Measuring takes ten times as long, and sees decoded pixels only.
            if (picture is not null && i % 20 == 0)
                engine.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default);
        }

        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{refused}\n{count - refused}\n{slowest:F1}\n{early}\n{Resting()}\n"));
    }

    /// <summary>Prints the most memory that normalising the file took beyond what was held before, in bytes: the least of three times, since whatever else the process does comes on top.</summary>
    private static void Memory(string path)
    {
        var file = File.ReadAllBytes(path);
        SafeImage.TryNormalise(file, new PictureLimits());
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{Enumerable.Range(0, 3).Min(_ => Peak())}\n"));

        long Peak()
        {
            Resting();
            File.WriteAllText("/proc/self/clear_refs", "5");
            var before = Status("VmRSS");
            SafeImage.TryNormalise(file, new PictureLimits());
            return Status("VmHWM") - before;
        }
    }

    /// <summary>A JPEG, one with metadata, a PNG and a transparent one, small, so that many can be broken.</summary>
    private static IEnumerable<byte[]> Sources()
    {
        var portrait = DrawnPortrait.Portrait(3, new DrawnPortraitOptions { Width = 220, Height = 320 });
        yield return portrait;
        yield return SafeImageTests.WithExif(portrait, 6, "2026:03:04 05:06:07", "+08:00", gps: true, "about"u8.ToArray());
        using var picture = SKBitmap.Decode(portrait);
        foreach (var alpha in new[] { SKAlphaType.Opaque, SKAlphaType.Premul })
        {
            using SKBitmap small = new(new SKImageInfo(110, 160, SKColorType.Rgba8888, alpha));
            picture.ScalePixels(small, new SKSamplingOptions(SKFilterMode.Linear));
            using var png = small.Encode(SKEncodedImageFormat.Png, 100);
            yield return png.ToArray();
        }
    }

    /// <summary>One to eight changes: bits, bytes, runs left out, doubled or taken from another file, a cut; half of them in the first bytes, where the structure is.</summary>
    private static byte[] Mutated(byte[][] sources, Random random)
    {
        List<byte> file = [.. sources[random.Next(sources.Length)]];
        var isPng = file[0] == 0x89;
        for (var changes = random.Next(1, 9); changes > 0 && file.Count > 64; changes--)
        {
            var at = random.Next(2) == 0 ? random.Next(2, Math.Min(file.Count, 800)) : random.Next(2, file.Count);
            var run = Math.Min(random.Next(1, 200), file.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[at] = (byte)random.Next(256);
                    break;
                case 2:
                    file[at] = random.Next(2) == 0 ? byte.MinValue : byte.MaxValue;
                    break;
                case 3:
                    file.RemoveRange(at, run);
                    break;
                case 4:
                    file.InsertRange(at, file.GetRange(at, run));
                    break;
                case 5:
                    var other = sources[random.Next(sources.Length)];
                    file.InsertRange(at, other.Skip(random.Next(other.Length)).Take(run));
                    break;
                default:
                    if (random.Next(4) == 0)
                        file.RemoveRange(at, file.Count - at);
                    break;
            }
        }

        byte[] bytes = [.. file];

        // Checksums would turn away nearly every broken PNG before its data is looked at.
        if (isPng && random.Next(4) > 0)
            Seal(bytes);
        return bytes;
    }

    private static void Seal(byte[] png)
    {
        for (long at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan((int)at));
            if (at + 12 + length > png.Length)
                return;
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan((int)(at + 8 + length)), Checksum(png.AsSpan((int)at + 4, (int)length + 4)));
            at += 12 + length;
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
        }

        return ~sum;
    }

    /// <summary>Memory in bytes when everything that can be given back was.</summary>
    private static long Resting()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        _ = GiveBack(0);
        return Status("VmRSS");
    }

    private static long Status(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(name.Length + 1).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GiveBack(nint keep);
}
