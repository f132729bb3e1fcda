using CsvHelper;
using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Catalog;

/// <summary>The status letters as the common data source writes them.</summary>
public static class LicenceLetterCatalog
{
    // The table says these in its names and notes, for people; the rules need them said to the program (APP-3, SHOW-1).
    private const string UntilExtension = "NPT";
    private const string OfValidity = "MN";
    private const char TwelvePoints = 'B';

    /// <summary>The default map, from <c>licence-status.csv</c>.</summary>
    public static LicenceLetters Standard { get; } = new(FactsCsv.Read("licence-status.csv", Row));

    /// <summary>Reads the map of another data source, in a table of the same form.</summary>
    public static LicenceLetters Load(TextReader text) => new(FactsCsv.Read(text, Row));

    private static LicenceLetter Row(CsvReader row)
    {
        var letter = row.Required("letter") is [var only] ? only : throw row.Wrong("a status letter is one character");
        return new(
            letter,
            row.Required("name"),
            row.Word("new_application", ("allow", true), ("refuse", false)),
            row.Word("issued_e_licence_shown_as", ("green", LicenceColour.Green), ("red", LicenceColour.Red), ("hidden", LicenceColour.Hidden), ("withdrawn", LicenceColour.Withdrawn)))
        {
            UntilExtension = UntilExtension.Contains(letter, StringComparison.Ordinal),
            OfValidity = OfValidity.Contains(letter, StringComparison.Ordinal),
            TwelvePoints = letter == TwelvePoints,
        };
    }
}
