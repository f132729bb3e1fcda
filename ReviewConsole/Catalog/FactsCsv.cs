using System.Collections.Immutable;
using CsvHelper;

namespace ReviewConsole.Catalog;

/// <summary>Reads the tables of facts that the program carries, and tables of the same form from elsewhere.</summary>
internal static class FactsCsv
{
    private static readonly CsvReaderOptions strict = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <summary>Reads an embedded table by its file name.</summary>
    public static ImmutableArray<T> Read<T>(string fileName, Func<CsvReader, T> row)
    {
        var stream = typeof(FactsCsv).Assembly.GetManifestResourceStream($"Facts/{fileName}")
            ?? throw new InvalidOperationException($"The table {fileName} is not embedded.");
        using var text = new StreamReader(stream);
        return Read(text, row);
    }

    /// <summary>Reads a table with a header row; throws a <see cref="FormatException"/> on a row that does not fit, naming its line.</summary>
    public static ImmutableArray<T> Read<T>(TextReader text, Func<CsvReader, T> row)
    {
        using var csv = CsvReader.Create(text, strict, leaveOpen: true);
        var rows = ImmutableArray.CreateBuilder<T>();
        while (csv.Read())
        {
            rows.Add(row(csv));
        }

        return rows.ToImmutable();
    }

    /// <summary>A column that must not be empty.</summary>
    public static string Required(this CsvReader row, string column) =>
        row.Optional(column) ?? throw row.Wrong($"{column} is empty");

    /// <summary>A column that may be empty: null then.</summary>
    public static string? Optional(this CsvReader row, string column) =>
        row.GetString(column) is { Length: > 0 } text ? text : null;

    /// <summary>A column that holds one of a few words.</summary>
    public static T Word<T>(this CsvReader row, string column, params ReadOnlySpan<(string Word, T Value)> words)
    {
        var text = row.GetString(column);
        foreach (var (word, value) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        throw row.Wrong($"'{text}' is not a value of {column}");
    }

    /// <summary>What to throw where the current row does not fit.</summary>
    public static FormatException Wrong(this CsvReader row, string why) => new($"Line {row.LineNumber}: {why}.");
}
