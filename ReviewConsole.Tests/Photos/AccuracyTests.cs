using System.Globalization;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Photos;

/// <summary>Holds the engine against the labelled portraits; nothing else runs meanwhile, so that times mean something.</summary>
[CollectionDefinition(nameof(AccuracyTests), DisableParallelization = true)]
[Collection(nameof(AccuracyTests))]
[Trait("Category", "Accuracy")]
public sealed class AccuracyTests(ITestOutputHelper output)
{
    /// <summary>Columns of the labels against the checks that answer them.</summary>
    private static readonly (string Column, string[] Checks)[] Cells =
    [
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

    [PortraitsFact]
    public void The_labelled_portraits_are_told_as_well_as_promised()
    {
        using var engine = new PhotoCheck(new PhotoSettings());
        var tally = new Tally();
        foreach (var label in Labels())
        {
            var picture = SafeImage.TryNormalise(TestPortraits.Read(label["file"]), new PictureLimits()).Picture;
            tally.Cell(label, "decodable", label["decodable"], picture is null ? CheckResult.Fail : CheckResult.Pass);
            if (label["decodable"] == "fail" || picture is null)
            {
                continue;
            }

            var report = engine.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default);
            if (label["face_count"] is { Length: > 0 } faces)
            {
                tally.Count(label, "face_count", report.Faces == int.Parse(faces, CultureInfo.InvariantCulture));
            }

            if (report.Faces > 0)
            {
                foreach (var (column, checks) in Cells)
                {
                    tally.Cell(label, column, label[column], Together(report, checks));
                }
            }

            tally.Millimetres(label, report);
        }

        tally.Print(output);
        Assert.InRange(tally.LengthError, 0, 0.18);
        Assert.InRange(tally.WidthError, 0, 0.22);
        Assert.InRange(tally.WrongShare, 0, 1.0 / 200);
        Assert.InRange(tally.FailToldShare, 0.9, 1);
        Assert.InRange(tally.VagueShare, 0, 0.15);
        Assert.InRange(tally.VagueShareOfGood, 0, 0.10);
    }

    [PortraitsSpeedFact]
    public void A_portrait_costs_no_more_than_two_and_a_half_times_its_parts()
    {
        using var engine = new PhotoCheck(new PhotoSettings());
        using var models = new Inference();
        var picture = SafeImage.TryNormalise(TestPortraits.Read("d04_good.jpg"), new PictureLimits()).Picture!;
        using var raster = SafeImage.TryDecode(picture.Jpeg, 1000, out _, out _)!;
        var parts = Cost(() => SafeImage.TryDecode(picture.Jpeg, 1000, out _, out _)!.Dispose());
        foreach (var model in new[] { models.FullRange, models.ShortRange, models.Mesh, models.Person })
        {
            using var run = model.Rent();
            raster.Sample(run.Input, model.Side, Affine.Square(model.Side, 220, 300, 400, 0), 1 / 255f, 0, replicate: true);
            parts += Cost(run.Execute);
        }

        var whole = Cost(() => engine.Measure(PictureKind.Portrait, picture.Jpeg, picture.Facts, default));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"whole {whole:F1} ms, parts {parts:F1} ms, ratio {whole / parts:F2}"));
        Assert.InRange(whole / parts, 1, 2.5);
    }

    [PortraitsFact]
    public void Every_hostile_file_is_answered_within_50_ms()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestPortraits.Folder!, "hostile")))
        {
            var bytes = File.ReadAllBytes(file);

            var cost = Cost(() => SafeImage.TryNormalise(bytes, new PictureLimits()), 5);

            Assert.True(cost < 50, $"{Path.GetFileName(file)} took {cost:F0} ms");
        }
    }

    /// <summary>Processor time of one call in ms: unlike the clock it hardly depends on what else the machine does.</summary>
    private static double Cost(Action call, int times = 40)
    {
        for (var i = 0; i < times; i++)
        {
            call();
        }

        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            call();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / times;
    }

    private static CheckResult Together(PhotoReport report, string[] checks)
    {
        var results = Array.ConvertAll(checks, id => report.Find(id)!.Result);
        return results.Contains(CheckResult.Fail) ? CheckResult.Fail
            : results.Contains(CheckResult.Look) ? CheckResult.Look
            : results.Contains(CheckResult.Unmeasured) ? CheckResult.Unmeasured
            : CheckResult.Pass;
    }

    private static IEnumerable<Dictionary<string, string>> Labels()
    {
        var lines = File.ReadAllLines(Path.Combine(TestPortraits.Folder!, "labels.csv"));
        var names = lines[0].Split(',');
        foreach (var line in lines.Skip(1))
        {
            // Only the last column, the notes, is quoted.
            var values = line.Split(',');
            yield return names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => values[pair.i], StringComparer.Ordinal);
        }
    }

    private sealed class Tally
    {
        private readonly List<string> notes = [];
        private readonly SortedDictionary<string, (List<double> Length, List<double> Width)> people = new(StringComparer.Ordinal);
        private int cells;
        private int wrong;
        private int fails;
        private int failsTold;
        private int vague;
        private int good;
        private int goodVague;

        public double LengthError => people.Values.SelectMany(person => person.Length).Average(Math.Abs);

        public double WidthError => people.Values.SelectMany(person => person.Width).Average(Math.Abs);

        public double WrongShare => (double)wrong / cells;

        public double FailToldShare => (double)failsTold / fails;

        public double VagueShare => (double)vague / cells;

        public double VagueShareOfGood => (double)goodVague / good;

        public void Count(Dictionary<string, string> label, string column, bool right)
        {
            cells++;
            if (!right)
            {
                wrong++;
                notes.Add($"wrong: {label["file"]} {column}");
            }
        }

        public void Cell(Dictionary<string, string> label, string column, string wanted, CheckResult got)
        {
            if (wanted is not ("pass" or "fail"))
            {
                return;
            }

            var plain = label["case"] == "good";
            good += plain ? 1 : 0;
            fails += wanted == "fail" ? 1 : 0;
            failsTold += wanted == "fail" && got == CheckResult.Fail ? 1 : 0;
            if (got is CheckResult.Look or CheckResult.Unmeasured)
            {
                cells++;
                vague++;
                goodVague += plain ? 1 : 0;
                notes.Add($"{got}: {label["file"]} {column} ({wanted})");
                return;
            }

            Count(label, column, wanted == "pass" == (got == CheckResult.Pass));
        }

        public void Millimetres(Dictionary<string, string> label, PhotoReport report)
        {
            if (label["case"] is "aspect_35x45" or "aspect_square" or "crown_cut" or "chin_cut" or "over")
            {
                return;
            }

            if (!people.TryGetValue(label["person"], out var person))
            {
                people.Add(label["person"], person = ([], []));
            }

            Add(person.Length, report.HeadLengthMm, label["length_mm"]);
            Add(person.Width, report.HeadWidthMm, label["width_mm"]);
        }

        public void Print(ITestOutputHelper output)
        {
            notes.ForEach(output.WriteLine);
            foreach (var (name, (length, width)) in people)
            {
                if (length.Count > 0)
                {
                    var sideways = width.Count > 0 ? Text($", width {width.Average():+0.00;-0.00} mm ({width.Count})") : "";
                    output.WriteLine(Text($"{name}: length {length.Average():+0.00;-0.00} mm ({length.Count}){sideways}"));
                }
            }

            var byPerson = people.Values.Where(person => person.Length.Count > 0).Average(person => Math.Abs(person.Length.Average()));
            output.WriteLine(Text($"head length: mean error {LengthError:F3} mm, largest {people.Values.SelectMany(p => p.Length).Max(Math.Abs):F2}, per person {byPerson:F3}"));
            output.WriteLine(Text($"head width: mean error {WidthError:F3} mm, largest {people.Values.SelectMany(p => p.Width).Max(Math.Abs):F2}"));
            output.WriteLine(Text($"cells {cells}, wrong {wrong}, fails told {failsTold} of {fails}, look or unmeasured {VagueShare:P1}, on good pictures {VagueShareOfGood:P1}"));
        }

        private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

        private static void Add(List<double> errors, double? measured, string wanted)
        {
            if (measured is { } value && double.TryParse(wanted, CultureInfo.InvariantCulture, out var truth))
            {
                errors.Add(value - truth);
            }
        }
    }
}
