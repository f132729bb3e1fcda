using System.Text.Json.Serialization;

namespace ReviewConsole.Photos;

/// <summary>What the machine says to one check. It advises; a person decides.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckResult>))]
public enum CheckResult
{
    /// <summary>Within the limits by more than the measurement's uncertainty.</summary>
    Pass,

    /// <summary>Within the measurement's uncertainty of a limit: a person has to look.</summary>
    Look,

    /// <summary>Outside the limits by more than the measurement's uncertainty.</summary>
    Fail,

    /// <summary>Could not be measured; the reason says why.</summary>
    Unmeasured,
}

/// <summary>The answer of one check with the numbers it rests on.</summary>
/// <param name="Id">The check, for instance <c>head-length</c>.</param>
/// <param name="Result">What the machine advises.</param>
/// <param name="Value">The measured value in <paramref name="Unit"/>; null when nothing was measured.</param>
/// <param name="Unit">Unit of the numbers: <c>mm</c>, <c>px</c>, <c>deg</c>, <c>%</c>, <c>L*</c>; null for a plain number.</param>
/// <param name="Min">Smallest allowed value, null where there is none.</param>
/// <param name="Max">Largest allowed value, null where there is none.</param>
/// <param name="Uncertainty">Half width of the measurement's own uncertainty, same unit.</param>
/// <param name="Reason">Resource code of what was wrong or why nothing was measured, for instance <c>HAIR_COVERS_EARS</c>; never free text.</param>
public sealed record CheckOutcome(string Id, CheckResult Result, double? Value, string? Unit, double? Min, double? Max, double? Uncertainty, string? Reason);

/// <summary>The four lines drawn on the portrait, in pixels of the stored upright picture.</summary>
/// <param name="CrownY">Row of the top of the hair.</param>
/// <param name="ChinY">Row of the chin.</param>
/// <param name="LeftX">Column of the outermost left edge of the head at ear height, as seen.</param>
/// <param name="RightX">Column of the outermost right edge.</param>
public sealed record HeadLines(double CrownY, double ChinY, double LeftX, double RightX);

/// <summary>Where the face is, in pixels of the stored upright picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record FaceBox(double X, double Y, double Width, double Height);

/// <summary>Where the background offends, as a coarse grid over the stored picture, for the overlay.</summary>
/// <param name="Columns">Cells across.</param>
/// <param name="Rows">Cells down.</param>
/// <param name="Cells">Base64 of one bit a cell, row by row, lowest bit first.</param>
public sealed record BackgroundMap(int Columns, int Rows, string Cells)
{
    /// <summary>Whether one cell offends.</summary>
    public bool this[int column, int row] => (Convert.FromBase64String(Cells)[((row * Columns) + column) / 8] >> (((row * Columns) + column) % 8) & 1) != 0;
}

/// <summary>A corner of the card, in pixels of the stored upright picture; beyond the picture where the card is cut off.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public sealed record CardCorner(double X, double Y);

/// <summary>The outline of an identity card. Between the first two corners, and between the last two, runs a long side.</summary>
/// <param name="First">The upper long side's left end.</param>
/// <param name="Second">Its other end; the four go clockwise.</param>
/// <param name="Third">Opposite of the first.</param>
/// <param name="Fourth">Opposite of the second.</param>
public sealed record CardOutline(CardCorner First, CardCorner Second, CardCorner Third, CardCorner Fourth);

/// <summary>What a report was made with besides the engine: with the engine's version, whose defaults are known, it tells every setting.</summary>
/// <param name="Settings">Fingerprint of all settings: the same for the same settings.</param>
/// <param name="Changed">The settings that were not at their defaults.</param>
/// <param name="Models">The models by name, each with the first 12 digits of its SHA-256.</param>
public sealed record ReportSource(string Settings, IReadOnlyDictionary<string, double> Changed, IReadOnlyDictionary<string, string> Models);

/// <summary>Everything the machine measured on one picture; survives a round trip through JSON unchanged.</summary>
/// <param name="Width">Width of the stored picture in pixels.</param>
/// <param name="Height">Height of the stored picture in pixels.</param>
/// <param name="Faces">Number of human faces found.</param>
/// <param name="HeadLengthMm">Top of the hair to the chin in mm on the 32 mm print (GB/GA form of APP-2); null where it has no meaning.</param>
/// <param name="HeadWidthMm">Outermost edges at ear height, ears included, in mm.</param>
/// <param name="EarRootWidthMm">Ear root to ear root in mm: the international definition, shown beside the other.</param>
/// <param name="Lines">The lines to draw, null when no single upright face was found.</param>
/// <param name="Face">The largest face.</param>
/// <param name="EngineVersion">Changes whenever the same picture may give other numbers.</param>
/// <param name="Checks">One outcome a check, in the order of the list of checks.</param>
/// <param name="Background">Where the background is not white; null when it is, or was not measured.</param>
/// <param name="Card">The outline of the identity card; null where none was found or looked for.</param>
public sealed record PhotoReport(
    int Width,
    int Height,
    int Faces,
    double? HeadLengthMm,
    double? HeadWidthMm,
    double? EarRootWidthMm,
    HeadLines? Lines,
    FaceBox? Face,
    string EngineVersion,
    IReadOnlyList<CheckOutcome> Checks,
    BackgroundMap? Background = null,
    CardOutline? Card = null)
{
    /// <summary>Settings and models; null in reports older than engine 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportSource? MadeWith { get; init; }

    /// <summary>The result that most wants attention: fail, then look, then unmeasured, then pass.</summary>
    [JsonIgnore]
    public CheckResult Worst =>
        CountOf(CheckResult.Fail) > 0 ? CheckResult.Fail
        : CountOf(CheckResult.Look) > 0 ? CheckResult.Look
        : CountOf(CheckResult.Unmeasured) > 0 ? CheckResult.Unmeasured
        : CheckResult.Pass;

    /// <summary>How many checks ended with <paramref name="result"/>.</summary>
    public int CountOf(CheckResult result)
    {
        var count = 0;
        foreach (var check in Checks)
        {
            count += check.Result == result ? 1 : 0;
        }

        return count;
    }

    /// <summary>The outcome of the check <paramref name="id"/>, null where this kind of picture does not get it.</summary>
    public CheckOutcome? Find(string id) => Checks.FirstOrDefault(check => check.Id == id);
}
