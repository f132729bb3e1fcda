using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using Ical.Net.DataTypes;
using ReviewConsole.Domain.Clock;
using Happening = Ical.Net.CalendarComponents.CalendarEvent;

namespace ReviewConsole.Features.Calendar;

/// <summary>Something wrong with a file: where, and the code of what (<c>File_CODE</c>).</summary>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Code">What is wrong.</param>
/// <param name="Detail">What was found there, cut short.</param>
public sealed record FileProblem(int Line, string Code, string Detail);

/// <summary>What a file of days says: the days, or everything that is wrong with it.</summary>
/// <param name="Days">The days; empty where something is wrong.</param>
/// <param name="Problems">What is wrong, by line; at most <see cref="MostProblems"/>.</param>
public sealed record CalendarFile(ImmutableArray<NamedDay> Days, ImmutableArray<FileProblem> Problems)
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int Largest = 512 * 1024;

    /// <summary>Most problems that are told of one file.</summary>
    public const int MostProblems = 50;

    private const int FirstYear = 2000;
    private const int LastYear = 2100;
    private const int LongestEvent = 31;
    private const int LongestDetail = 40;

    // How calendars in circulation mark a worked weekend, beside Apple's own property.
    private static readonly string[] WorkedMarks = ["补班", "上班", "调休上班", "班", "work"];
    private static readonly string[] OffMarks = ["放假", "休", "off", "holiday"];

    /// <summary>Reads a file: iCalendar (RFC 5545) where it begins as one, otherwise comma-separated text with the columns date, type, name.</summary>
    /// <param name="bytes">The file, in UTF-8.</param>
    /// <param name="national">True for a notice of the State Council: there a worked Monday to Friday is a mistake.</param>
    public static CalendarFile Read(ReadOnlySpan<byte> bytes, bool national)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return new([], [new(1, "ENCODING", "")]);
        }

        Reading reading = new(national);
        if (text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            Calendar(reading, text);
        else
            Table(reading, text);
        if (reading.Problems.Count == 0 && reading.Days.Count == 0)
            reading.Say(1, "EMPTY", "");
        return reading.Problems.Count == 0 ? new([.. reading.Days.Values], []) : new([], [.. reading.Problems.OrderBy(p => p.Line).Take(MostProblems)]);
    }

    private static void Table(Reading reading, string text)
    {
        using var csv = CsvReader.Create(new StringReader(text), new() { Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
        try
        {
            csv.ReadHeader();
            if (!csv.Headers.Select(h => h.Trim()).SequenceEqual(["date", "type", "name"], StringComparer.Ordinal))
            {
                reading.Say(1, "HEADER", "");
                return;
            }

            while (csv.Read())
            {
                if (csv.FieldCount != 3)
                {
                    reading.Say(csv.LineNumber, "COLUMNS", "");
                    continue;
                }

                var (date, type, name) = (csv.GetString(0).Trim(), csv.GetString(1).Trim(), csv.GetString(2).Trim());
                if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    reading.Say(csv.LineNumber, "DATE", date);
                else if (type is not ("off" or "work"))
                    reading.Say(csv.LineNumber, "TYPE", type);
                else
                    reading.Add(csv.LineNumber, new(day, type == "work", name));
            }
        }
        catch (CsvFormatException)
        {
            reading.Say(csv.LineNumber, "QUOTES", "");
        }
    }

    private static void Calendar(Reading reading, string text)
    {
        // The library does not tell lines: the n-th event begins at the n-th such line.
        List<int> lines = [.. text.Split('\n').Select((line, i) => (line, i)).Where(at => at.line.Trim().Equals("BEGIN:VEVENT", StringComparison.OrdinalIgnoreCase)).Select(at => at.i + 1)];
        List<Happening> events;
        try
        {
            events = [.. Ical.Net.CalendarCollection.Load(text).SelectMany(calendar => calendar.Events)];
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // Whatever the library finds wrong, it is the file's fault.
            reading.Say(1, "ICS", "");
            return;
        }

        if (events.Count != lines.Count)
        {
            reading.Say(1, "ICS", "");
            return;
        }

        for (var i = 0; i < events.Count; i++)
            Event(reading, lines[i], events[i]);
    }

    private static void Event(Reading reading, int line, Happening happening)
    {
        if (happening.Start is not { HasTime: false } start)
        {
            reading.Say(line, "WHOLE_DAY", happening.Summary ?? "");
            return;
        }

        if (happening.Properties.Any(p => p.Name is "RRULE" or "RDATE" or "EXDATE"))
        {
            reading.Say(line, "REPEATS", happening.Summary ?? "");
            return;
        }

        // The end is excluded; an event without one lasts its day.
        var first = DateOnly.FromDateTime(start.Value);
        var after = happening.End is CalDateTime { HasTime: false } end && end.Value > start.Value ? DateOnly.FromDateTime(end.Value) : first.AddDays(1);
        if (after.DayNumber - first.DayNumber > LongestEvent)
        {
            reading.Say(line, "TOO_LONG", happening.Summary ?? "");
            return;
        }

        var (name, marked) = Name(happening.Summary ?? "");
        var apple = happening.Properties.FirstOrDefault(p => p.Name == "X-APPLE-SPECIAL-DAY")?.Value as string;
        var worked = apple == "ALTERNATE-WORKDAY" || (apple is null && (marked || happening.Categories.Any(c => Array.Exists(WorkedMarks, mark => c.Contains(mark, StringComparison.OrdinalIgnoreCase)))));
        for (var day = first; day < after; day = day.AddDays(1))
            reading.Add(line, new(day, worked, name));
    }

    // '春节 休', '国庆节(补班)', '劳动节 Work': the mark says which, the rest is the name.
    private static (string Name, bool Worked) Name(string summary)
    {
        var name = summary.Trim();
        var core = name.TrimEnd(' ', ')', '）', '】', ']');
        foreach (var (marks, worked) in new[] { (WorkedMarks, true), (OffMarks, false) })
        {
            if (Array.Find(marks, m => core.EndsWith(m, StringComparison.OrdinalIgnoreCase)) is { } mark)
                return (core[..^mark.Length].TrimEnd(' ', '(', '（', '【', '[', '-', '·') is { Length: > 0 } rest ? rest : name, worked);
        }

        return (name, false);
    }

    private sealed class Reading(bool national)
    {
        public SortedDictionary<DateOnly, NamedDay> Days { get; } = [];

        public List<FileProblem> Problems { get; } = [];

        public void Say(long line, string code, string detail) =>
            Problems.Add(new((int)line, code, detail.Length > LongestDetail ? detail[..LongestDetail] + "…" : detail));

        public void Add(long line, NamedDay day)
        {
            var date = day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (day.Date.Year is < FirstYear or > LastYear)
                Say(line, "YEAR", date);
            else if (day.Name.Length is 0 or > CalendarDraft.LongestName || day.Name.Any(char.IsControl))
                Say(line, "NAME", day.Name);
            else if (national && day.Worked && day.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                Say(line, "WEEKDAY_WORKED", date);
            else if (!Days.TryAdd(day.Date, day))
                Say(line, "TWICE", date);
        }
    }
}
