using System.Globalization;
using CsvHelper;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Catalog;

/// <summary>The State Council's holiday notices that the product ships (SLA-1).</summary>
public static class Holidays
{
    /// <summary>Name of the calendar that every queue goes by.</summary>
    public const string National = "national";

    private const string Resource = "Facts/holidays.csv";

    /// <summary>The shipped calendar: the notices of 2024 to 2026.</summary>
    public static BusinessCalendar Shipped { get; } = Load();

    /// <summary>
    /// The statutory days of 2027 as the law sets them, without the worked weekends that only the State Council's notice can name: a draft to begin from, never in
    /// force by itself.
    /// </summary>
    public static IReadOnlyList<NamedDay> Provisional2027 => Read("Facts/holidays-2027-provisional.csv");

    /// <summary>Reads the days of one or more notices from comma-separated text with the columns date (yyyy-MM-dd), type (off or work), name.</summary>
    /// <exception cref="FormatException">A row is not of that form; the message names the line.</exception>
    public static IReadOnlyList<NamedDay> Read(TextReader text)
    {
        using var csv = CsvReader.Create(text, new() { Separator = ',', TrackLineNumbers = true }, leaveOpen: true);
        try
        {
            csv.ReadHeader();
            if (!csv.Headers.SequenceEqual(["date", "type", "name"], StringComparer.Ordinal))
            {
                throw new FormatException("Line 1: expected the columns date,type,name.");
            }

            var days = new List<NamedDay>();
            while (csv.Read())
            {
                var (date, type, name) = (csv.GetString(0), csv.GetString(1), csv.GetString(2));
                if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    || type is not ("off" or "work") || string.IsNullOrWhiteSpace(name))
                {
                    throw new FormatException($"Line {csv.LineNumber}: expected a date as yyyy-MM-dd, off or work, and a name.");
                }

                days.Add(new(day, type == "work", name));
            }

            return days;
        }
        catch (CsvFormatException broken)
        {
            throw new FormatException($"Line {csv.LineNumber}: expected three columns.", broken);
        }
    }

    private static BusinessCalendar Load() => new(National, Read(Resource));

    private static IReadOnlyList<NamedDay> Read(string resource)
    {
        using var stream = typeof(Holidays).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
