using System.Globalization;
using ReviewConsole.Photos;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Photos;

/// <summary>Holds the engine against the labelled portraits, and prints the tables of Docs/photo-accuracy.md.</summary>
[Trait("Category", "Accuracy")]
public sealed class AccuracyTests(AccuracyTests.Portraits portraits, ITestOutputHelper output) : IClassFixture<AccuracyTests.Portraits>
{
    /// <summary>Faces and masks are found once for all tests of the class.</summary>
    public sealed class Portraits : IDisposable
    {
        private readonly Lazy<LabelledPortraits> all = new(() => new LabelledPortraits());

        internal LabelledPortraits All => all.Value;

        public void Dispose()
        {
            if (all.IsValueCreated)
                all.Value.Dispose();
        }
    }

    [PortraitsFact]
    public void The_labelled_portraits_are_told_as_well_as_promised()
    {
        var scores = CellScores.Of(portraits.All, new PhotoSettings(), HeadRules.Standard);
        Print([.. scores.Notes(), "", .. scores.Table(), "", Text($"look or unmeasured {scores.Vague:P1}, on good pictures {scores.VagueOnGood:P1}")]);

        Assert.InRange((double)scores.Wrong / scores.Count, 0, 1.0 / 200);
        Assert.InRange((double)scores.FailsTold / scores.Fails, 0.9, 1);
        Assert.InRange(scores.Vague, 0, 0.15);
        Assert.InRange(scores.VagueOnGood, 0, 0.10);
    }

    [PortraitsFact]
    public void Millimetres_are_as_exact_as_promised_and_as_exact_on_a_person_left_out()
    {
        HeadFit fit = new(portraits.All);
        var errors = fit.Errors(HeadRules.Standard);
        List<(double? Length, double? Width)> leftOut = [];
        Print(["| person | pictures | length | width | length, left out | width, left out |", "|---|---:|---:|---:|---:|---:|"]);
        foreach (var person in errors.People)
        {
            var others = fit.Errors(fit.FitWithout(person));
            leftOut.Add((Size(others.Length(person)), Size(others.Width(person))));
            Print([Text($"| {person} | {errors.Length(person).Count} | {Mean(errors.Length(person))} | {Mean(errors.Width(person))} | {Mean(others.Length(person))} | {Mean(others.Width(person))} |")]);
        }

        var (length, width) = (errors.Length().Average(Math.Abs), errors.Width().Average(Math.Abs));
        Print([
            "", "| | mean error, mm | largest | mean over people | left out, mean over people |", "|---|---:|---:|---:|---:|",
            Text($"| head length | {length:F3} | {errors.Length().Max(Math.Abs):F2} | {errors.People.Average(p => Size(errors.Length(p))):F3} | {leftOut.Average(p => p.Length):F3} |"),
            Text($"| head width | {width:F3} | {errors.Width().Max(Math.Abs):F2} | {errors.People.Average(p => Size(errors.Width(p))):F3} | {leftOut.Average(p => p.Width):F3} |"),
        ]);

        Assert.Equal(HeadRules.Standard, fit.FitWithout(null));
        Assert.InRange(length, 0, 0.18);
        Assert.InRange(width, 0, 0.22);
        Assert.InRange(leftOut.Average(p => p.Length)!.Value, 0, 0.18);
        Assert.InRange(leftOut.Average(p => p.Width)!.Value, 0, 0.22);
    }

    [PortraitsFact]
    public void No_number_has_to_be_just_so()
    {
        Print(["| number | value | length, mm | width, mm | wrong cells | fails told | look or unmeasured |", "|---|---:|---:|---:|---:|---:|---:|"]);
        var plain = CellScores.Of(portraits.All, new PhotoSettings(), HeadRules.Standard);
        foreach (var row in new Sensitivity(portraits.All).Rows())
        {
            Print([Text($"| {row.Name} | {row.Value} | {row.LengthMm:F3} | {row.WidthMm:F3} | {row.Wrong} | {row.FailsTold} | {row.Vague:P1} |")]);
            Assert.True(row.LengthMm < 0.22 && row.WidthMm < 0.22, $"{row.Name} moves the measures: {row}");
            Assert.True(row.Wrong <= plain.Wrong + 4, $"{row.Name} makes cells wrong: {row}");
        }
    }

    private static double? Size(IReadOnlyList<double> errors) => errors.Count == 0 ? null : errors.Average(Math.Abs);

    private static string Mean(IReadOnlyList<double> errors) => errors.Count == 0 ? "" : errors.Average().ToString("+0.00;-0.00", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            output.WriteLine(line);
    }
}
