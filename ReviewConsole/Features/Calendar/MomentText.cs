using System.Globalization;
using System.Text.RegularExpressions;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>Reads a moment written by ISO 8601: date, time to the minute or finer, and an offset; without an offset it is Shanghai time.</summary>
/// <remarks>
/// <c>T</c> or a blank stands between date and time. 24:00 is the end of the day. Of a fraction, seven digits (a tick, 100 ns) count. A date alone is
/// refused: a receipt has a time, and guessing one would set the due time.
/// </remarks>
internal static partial class MomentText
{
    /// <summary>Reads the text.</summary>
    /// <returns>What is wrong with it, in English; null where nothing is.</returns>
    public static string? Read(string text, out DateTimeOffset moment)
    {
        moment = default;
        var parts = Form().Match(text);
        if (!parts.Success)
        {
            return text.Length == 0 ? "empty; a moment such as 2026-02-13T10:00 was expected" : "not a moment such as 2026-02-13T10:00 or 2026-02-13T10:00:00+08:00";
        }

        var day = parts.Groups["day"].ValueSpan;
        var clock = parts.Groups["clock"].ValueSpan;
        var zone = parts.Groups["zone"].ValueSpan;
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return $"there is no day {day}";
        }

        if (clock.IsEmpty)
        {
            return $"a date without a time; write {day}T00:00 if the start of the day is meant";
        }

        if (ReadClock(clock) is not { } time)
        {
            return $"there is no time {clock}";
        }

        if (ReadZone(zone) is not { } offset)
        {
            return $"there is no offset {zone}";
        }

        // In ticks, so that a moment at either end of the years fails by this comparison and not by an exception.
        var ticks = (date.DayNumber * TimeSpan.TicksPerDay) + time.Ticks - offset.Ticks;
        if (ticks < 0 || ticks + Shanghai.Offset.Ticks > DateTime.MaxValue.Ticks)
        {
            return "outside the years 0001 to 9999";
        }

        moment = new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(Shanghai.Offset);
        return null;
    }

    private static TimeSpan? ReadClock(ReadOnlySpan<char> clock)
    {
        var (hour, minute, second) = (Number(clock[..2]), Number(clock[3..5]), clock.Length > 5 ? Number(clock[6..8]) : 0);
        var time = new TimeSpan(hour, minute, second);
        var unit = TimeSpan.TicksPerSecond;
        foreach (var digit in clock.Length > 8 ? clock[9..] : [])
        {
            unit /= 10;
            time += TimeSpan.FromTicks((digit - '0') * unit);
        }

        return minute < 60 && second < 60 && time <= DaySpan.WholeDay.To ? time : null;
    }

    private static TimeSpan? ReadZone(ReadOnlySpan<char> zone)
    {
        if (zone.Length < 2)
        {
            return zone.IsEmpty ? Shanghai.Offset : TimeSpan.Zero;
        }

        var (hours, minutes) = (Number(zone[1..3]), Number(zone[^2..]));
        var offset = new TimeSpan(hours, minutes, 0);
        return minutes < 60 && offset <= TimeSpan.FromHours(14) ? (zone[0] == '-' ? -offset : offset) : null;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})([Tt ](?<clock>[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)(?<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
