using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Domain.Supervision;

namespace ReviewConsole.Features.Supervise;

/// <summary>Numbers as supervision writes them.</summary>
internal static class Shown
{
    private const double ReadableMinutes = 90;

    /// <summary><c>97.6 %</c>; a dash where there is none.</summary>
    public static string Percent(double? share) => share is { } s ? $"{(s * 100).ToString("0.#", CultureInfo.InvariantCulture)} %" : "—";

    /// <summary>A share with its interval: <c>4.2 % (1.9–8.8)</c>.</summary>
    public static string Percent(ShareInterval? share) =>
        share is { } s ? string.Create(CultureInfo.InvariantCulture, $"{Percent(s.Share)} ({s.Low * 100:0.#}–{s.High * 100:0.#})") : "—";

    /// <summary><c>3.1 时</c>, <c>12 分</c>, <c>40 秒</c>; a dash where there is none.</summary>
    public static string Span(this IStringLocalizer<SuperviseText> words, TimeSpan? span) => span switch
    {
        null => "—",
        { TotalMinutes: >= ReadableMinutes } s => words["Span_Hours", Number(s.TotalHours)],
        { TotalSeconds: >= ReadableMinutes } s => words["Span_Minutes", Number(s.TotalMinutes)],
        { } s => words["Span_Seconds", Number(Math.Round(s.TotalSeconds))],
    };

    /// <summary>With one decimal at most.</summary>
    public static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
