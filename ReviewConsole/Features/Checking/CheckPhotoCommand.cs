using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Checking;

/// <summary>
/// The verb <c>check-photo FILE… [--json]</c>: measures portraits, one line a file in the order of the arguments, and <c>check-photo --overlay OUT.png FILE</c> draws
/// what was measured. Needs no database, keys or configuration: the limits are the defaults.
/// </summary>
/// <remarks>A file that cannot be read is a line like the others. Exit code: 0, or 1 where the overlay could not be drawn or written.</remarks>
public static class CheckPhotoCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("file") { Description = "Picture files, JPEG or PNG.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var overlay = new Option<string?>("--overlay") { Description = "Write the one picture with what was measured drawn on it, as PNG.", HelpName = "out.png" };
        var language = new Option<string>("--language") { Description = "Language of the words: zh-CN or en.", DefaultValueFactory = _ => "zh-CN" };
        language.AcceptOnlyFromAmong("zh-CN", "en");
        var command = new Command("check-photo", "Measure portraits by the photo checks; one line a file.") { files, json, overlay, language };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(overlay) is not null && parsed.GetValue(files)?.Length != 1)
                parsed.AddError("--overlay draws one picture: name one file.");
        });
        command.SetAction((parsed, cancel) =>
        {
            using var engine = new PhotoCheck(new PhotoSettings());
            using var words = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<RefusalWords>().BuildServiceProvider();
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var (before, code) = (CultureInfo.CurrentUICulture, 0);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(parsed.GetValue(language)!);
            try
            {
                var line = new PhotoLine(words.GetRequiredService<RefusalWords>(), words.GetRequiredService<IStringLocalizer<CheckingText>>());
                foreach (var photo in Measured(parsed.GetRequiredValue(files), engine, cancel))
                {
                    output.Write((parsed.GetValue(json) ? line.Json(photo) : line.Words(photo)) + "\n");
                    output.Flush();
                    if (parsed.GetValue(overlay) is { } path && Draw(photo, Path.Combine(CalledFrom(photo.File), path)) is { } problem)
                    {
                        error.Write($"{path}: {problem}\n");
                        code = 1;
                    }
                }
            }
            finally
            {
                CultureInfo.CurrentUICulture = before;
            }

            return Task.FromResult(code);
        });
        return command;
    }

    /// <summary>As many at once as there are cores, in the order of the arguments.</summary>
    private static ParallelQuery<MeasuredPhoto> Measured(string[] files, PhotoCheck engine, CancellationToken cancel) =>
        Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(cancel).Select(file => Measure(file, engine, cancel));

    private static MeasuredPhoto Measure(string file, PhotoCheck engine, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var unread = Read(file, out var sent);
        var report = engine.MeasureSent(PictureKind.Portrait, sent, out var refusal, cancel);
        return new(file, unread ?? refusal, report, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Reads no more of a file than a picture may have, and a byte to show that there is more.</summary>
    private static Refusal? Read(string file, out byte[] sent)
    {
        sent = [];
        try
        {
            file = Path.Combine(CalledFrom(file), file);
            if (Directory.Exists(file))
                return new Refusal("FILE_FOLDER");
            using var stream = File.OpenRead(file);
            var most = new PictureLimits().MaxBytes + 1;
            using MemoryStream bytes = new((int)Math.Clamp(stream.Length, 0, most));
            var buffer = new byte[81920];
            for (int count; bytes.Length < most && (count = stream.Read(buffer)) > 0;)
                bytes.Write(buffer, 0, (int)Math.Min(count, most - bytes.Length));
            // It is made as large as the file: a copy of every file would be most of what the verb holds.
            sent = bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
            return null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Refusal("FILE_MISSING");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new Refusal("FILE_CLOSED");
        }
    }

    /// <summary>
    /// The folder that a relative path counts from: the one that the program is in, but <c>dotnet run --project</c> starts it in the project's folder instead of the
    /// one where it was called. That one is where the file is.
    /// </summary>
    private static string CalledFrom(string file)
    {
        var here = Directory.GetCurrentDirectory();
        if (!File.Exists(Path.Combine(here, "ReviewConsole.csproj")))
            return here;
        string?[] folders = [here, Environment.GetEnvironmentVariable("PWD"), Path.GetDirectoryName(here)];
        return folders.FirstOrDefault(folder => Path.IsPathFullyQualified(folder ?? "") && Path.Exists(Path.Combine(folder!, file))) ?? here;
    }

    /// <summary>Draws what was measured; gives what went wrong.</summary>
    private static string? Draw(MeasuredPhoto photo, string path)
    {
        if (Read(photo.File, out var sent) is not null || DrawnOverlay.On(sent, photo.Report, new PictureLimits()) is not { } png)
            return "nothing to draw on";
        try
        {
            File.WriteAllBytes(path, png);
            return null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "cannot be written";
        }
    }
}
