using System.Globalization;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Checks;

namespace ReviewConsole.Tests.Photos;

/// <summary>How the checks' results agree with the labels, cell by cell.</summary>
internal sealed class CellScores
{
    /// <summary>Columns of the labels against the checks that answer them.</summary>
    private static readonly (string Column, string[] Checks)[] Columns =
    [
        ("decodable", ["readable"]),
        ("frontal", ["pose", "upright"]),
        ("head_length", ["head-length"]),
        ("head_width", ["head-width"]),
        ("background", ["background"]),
        ("colour", ["colour"]),
        ("sharpness", ["sharpness"]),
        ("exposure", ["exposure"]),
        ("aspect", ["aspect"]),
        ("resolution", ["resolution"]),
        ("eyes", ["eyes", "lenses"]),
    ];

    private readonly List<(string Column, string Wanted, CheckResult Got, PortraitLabel Label)> cells = [];

    public int Count => cells.Count;

    /// <summary>A pass told as fail, a fail told as pass.</summary>
    public int Wrong => cells.Count(IsWrong);

    public int Fails => cells.Count(cell => cell.Wanted == "fail");

    public int FailsTold => cells.Count(cell => cell is { Wanted: "fail", Got: CheckResult.Fail });

    /// <summary>Share of the cells that are left to a person.</summary>
    public double Vague => (double)cells.Count(IsVague) / Count;

    public double VagueOnGood => (double)cells.Count(cell => cell.Label.Case == "good" && IsVague(cell)) / cells.Count(cell => cell.Label.Case == "good");

    /// <summary>Holds all portraits against the settings, measured by the rules.</summary>
    public static CellScores Of(LabelledPortraits portraits, PhotoSettings settings, HeadRules rules)
    {
        CellScores scores = new();
        foreach (var (label, original) in portraits.Portraits)
        {
            var evidence = new Evidence(original, settings, rules);
            if (label["face_count"] is { Length: > 0 } faces)
                scores.Add("face_count", "pass", evidence.Faces.Count == int.Parse(faces, CultureInfo.InvariantCulture) ? CheckResult.Pass : CheckResult.Fail, label);
            foreach (var (column, checks) in Columns)
            {
                // Where there is no face nothing else has a meaning.
                if (label[column] is "pass" or "fail" && (evidence.Faces.Count > 0 || column == "decodable"))
                    scores.Add(column, label[column], Worst(CheckList.All.Where(check => checks.Contains(check.Id)).Select(check => check.Judge(evidence).Result)), label);
            }
        }

        return scores;
    }

    /// <summary>The table by column of the labels.</summary>
    public IEnumerable<string> Table()
    {
        yield return "| labels | cells | wrong | fails told | look or unmeasured |";
        yield return "|---|---:|---:|---:|---:|";
        foreach (var column in cells.GroupBy(cell => cell.Column).Select(group => (Name: group.Key, Cells: group.ToList())).Append(("all", cells)))
        {
            var (fails, told) = (column.Item2.Count(cell => cell.Wanted == "fail"), column.Item2.Count(cell => cell is { Wanted: "fail", Got: CheckResult.Fail }));
            yield return $"| {column.Item1} | {column.Item2.Count} | {column.Item2.Count(IsWrong)} | {told} of {fails} | {column.Item2.Count(IsVague)} |";
        }
    }

    /// <summary>The cells that are not as labelled.</summary>
    public IEnumerable<string> Notes() =>
        cells.Where(cell => IsWrong(cell) || IsVague(cell)).Select(cell => $"{(IsWrong(cell) ? "wrong" : cell.Got)}: {cell.Label.File} {cell.Column} ({cell.Wanted})");

    private static bool IsWrong((string Column, string Wanted, CheckResult Got, PortraitLabel Label) cell) => !IsVague(cell) && cell.Wanted == "pass" != (cell.Got == CheckResult.Pass);

    private static bool IsVague((string Column, string Wanted, CheckResult Got, PortraitLabel Label) cell) => cell.Got is CheckResult.Look or CheckResult.Unmeasured;

    private static CheckResult Worst(IEnumerable<CheckResult> results)
    {
        CheckResult[] order = [CheckResult.Fail, CheckResult.Look, CheckResult.Unmeasured, CheckResult.Pass];
        return results.MinBy(result => Array.IndexOf(order, result));
    }

    private void Add(string column, string wanted, CheckResult got, PortraitLabel label) => cells.Add((column, wanted, got, label));
}
