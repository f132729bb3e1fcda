using ReviewConsole.Photos;

namespace ReviewConsole.Tests.Photos;

/// <summary>Errors of the head's length and width in mm, kept by person: one who has more pictures counts no more.</summary>
internal sealed class HeadErrors
{
    private readonly SortedDictionary<string, (List<double> Length, List<double> Width)> people = new(StringComparer.Ordinal);

    public IEnumerable<string> People => people.Keys;

    /// <summary>Measures all portraits by the rules.</summary>
    public static HeadErrors Of(LabelledPortraits portraits, HeadRules rules)
    {
        HeadErrors errors = new();
        foreach (var (label, evidence) in portraits.Portraits.Where(portrait => portrait.Label.LengthMm is not null))
        {
            var head = new Evidence(evidence, evidence.Settings, rules).Head;
            errors.Add(label, Report(evidence, head, head?.ChinY - head?.CrownY), head is { Width: not WidthState.Hidden } ? Report(evidence, head, head.RightX - head.LeftX) : null);
        }

        return errors;
    }

    public void Add(PortraitLabel label, double? lengthMm, double? widthMm)
    {
        if (!people.TryGetValue(label.Person, out var person))
            people.Add(label.Person, person = ([], []));
        if (lengthMm - label.LengthMm is { } length)
            person.Length.Add(length);
        if (widthMm - label.WidthMm is { } width)
            person.Width.Add(width);
    }

    public IReadOnlyList<double> Length(string? person = null) => person is null ? [.. people.Values.SelectMany(p => p.Length)] : people[person].Length;

    public IReadOnlyList<double> Width(string? person = null) => person is null ? [.. people.Values.SelectMany(p => p.Width)] : people[person].Width;

    /// <summary>What fitting makes small: the mean over people of the mean error, length and width together.</summary>
    public double Without(string? person) =>
        Mean(people.Where(p => p.Key != person).Select(p => p.Value.Length)) + Mean(people.Where(p => p.Key != person).Select(p => p.Value.Width));

    private static double Mean(IEnumerable<List<double>> people) => people.Where(errors => errors.Count > 0).Average(errors => errors.Average(Math.Abs));

    private static double? Report(Evidence evidence, HeadMeasure? head, double? pixels) =>
        head is null || head.CrownCut || head.ChinCut || evidence.Overexposed ? null : pixels * evidence.MmPerPixel;
}
