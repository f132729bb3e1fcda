using System.Globalization;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Ui;

/// <summary>Instants as the console writes them: in Shanghai time, whatever the clock of the server or browser says.</summary>
public static class Times
{
    /// <summary><c>11-23 15:12</c>.</summary>
    public static string Short(DateTimeOffset at) => Local(at).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>11-23 15:12 周一</c>, in English <c>11-23 15:12 Mon</c>.</summary>
    public static string WithDay(DateTimeOffset at) => $"{Short(at)} {Local(at).ToString("ddd", CultureInfo.CurrentCulture)}";

    /// <summary><c>2026-11-23 15:12:08</c>, for records.</summary>
    public static string Exact(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-23</c>.</summary>
    public static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Date"/> wrote; null where it is no day, or the first or last that there is: the hours around those could not be told.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day > DateOnly.MinValue && day < DateOnly.MaxValue ? day : null;

    /// <summary>For the <c>datetime</c> attribute of a <c>time</c> element.</summary>
    public static string Machine(DateTimeOffset at) => Local(at).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(DateTimeOffset at) => Shanghai.In(at);
}
