using ReviewConsole.Photos;

namespace ReviewConsole.Tests.Photos;

/// <summary>
/// Fits the rules that were fitted, from a start that knows nothing of the portraits: the customary numbers, and no shift of the chin. Each is tried in turn over its whole range, three times round.
/// </summary>
internal sealed class HeadFit(LabelledPortraits portraits)
{
    private static readonly HeadRules Start = new() { ChinShift = 0, Body = 0.12, Dome = 0, EarRank = 0.85 };

    private static readonly (double[] Range, Func<HeadRules, double, HeadRules> With)[] Fitted =
    [
        ([0.12, 0.16, 0.2, 0.25, 0.3, 0.4], (rules, value) => rules with { Body = value }),
        ([0, 0.2, 0.3, 0.4, 0.5], (rules, value) => rules with { Dome = value }),
        ([0, 0.01, 0.02, 0.03], (rules, value) => rules with { ChinShift = value }),
        ([0.8, 0.85, 0.9, 0.95, 1.0], (rules, value) => rules with { EarRank = value }),
    ];

    private readonly Dictionary<HeadRules, HeadErrors> measured = [];

    /// <summary>The errors by these rules.</summary>
    public HeadErrors Errors(HeadRules rules)
    {
        if (!measured.TryGetValue(rules, out var errors))
            measured.Add(rules, errors = HeadErrors.Of(portraits, rules));
        return errors;
    }

    /// <summary>The best rules for everybody but one.</summary>
    public HeadRules FitWithout(string? person)
    {
        var best = Start;
        for (var round = 0; round < 3; round++)
        {
            foreach (var (range, with) in Fitted)
                best = range.Select(value => with(best, value)).MinBy(rules => Errors(rules).Without(person))!;
        }

        return best;
    }
}
