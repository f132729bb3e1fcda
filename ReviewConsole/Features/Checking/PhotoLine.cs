using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using ReviewConsole.Domain;
using ReviewConsole.Photos;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Checking;

/// <summary>Marks the words of the checking's command line.</summary>
public sealed class CheckingText;

/// <summary>One file and what came of it.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Refusal">Why it could not be read or decoded; null when it could.</param>
/// <param name="Report">What was measured, in pixels of the upright picture at its own size.</param>
/// <param name="Millis">How long it took, reading included.</param>
internal sealed record MeasuredPhoto(string File, Refusal? Refusal, PhotoReport Report, double Millis);

/// <summary>Puts what was measured on one line: as JSON for programs, or in words.</summary>
internal sealed class PhotoLine(RefusalWords refusals, IStringLocalizer<CheckingText> text)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Json(MeasuredPhoto photo)
    {
        var (report, readable) = (photo.Report, photo.Refusal is null);
        return JsonSerializer.Serialize(
            new
            {
                photo.File,
                Readable = readable,
                Refusal = photo.Refusal is { } refusal ? refusals.Of(refusal) : null,
                Width = readable ? report.Width : (int?)null,
                Height = readable ? report.Height : (int?)null,
                Faces = readable ? report.Faces : (int?)null,
                HeadLengthMm = Number(report.HeadLengthMm),
                HeadWidthMm = Number(report.HeadWidthMm),
                CrownY = Number(report.Lines?.CrownY),
                ChinY = Number(report.Lines?.ChinY),
                LeftX = Number(report.Lines?.LeftX),
                RightX = Number(report.Lines?.RightX),
                Millis = Number(photo.Millis),
                Checks = report.Checks.Select(check => new
                {
                    check.Id,
                    Result = check.Result.ToString().ToLowerInvariant(),
                    Value = Number(check.Value),
                    check.Unit,
                    Min = Number(check.Min),
                    Max = Number(check.Max),
                }),
            },
            Plain);
    }

    public string Words(MeasuredPhoto photo)
    {
        if (photo.Refusal is { } refusal)
            return $"{photo.File}\t{refusals.Of(refusal)}";
        var report = photo.Report;
        return string.Join('\t', [
            photo.File, text["Line_Size", report.Width, report.Height], text["Line_Faces", report.Faces], text["Line_Head", Mm(report.HeadLengthMm), Mm(report.HeadWidthMm)],
            .. new[] { CheckResult.Fail, CheckResult.Look, CheckResult.Unmeasured }.Where(result => report.CountOf(result) > 0)
                .Select(result => text["Line_" + result, string.Join(' ', report.Checks.Where(check => check.Result == result).Select(check => check.Id))].Value)]);
    }

    private static string Mm(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>To a thousandth: nothing here is measured more exactly.</summary>
    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 3) : null;
}
