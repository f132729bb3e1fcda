using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using ReviewConsole.Photos;

namespace ReviewConsole.Tests.Photos;

/// <summary>What happens when one number is a fifth larger or smaller: a number that must be just so was tuned to pictures and not to people.</summary>
internal sealed class Sensitivity(LabelledPortraits portraits)
{
    /// <summary>What the rules of the print say is no threshold, and the working size needs decoding anew.</summary>
    private static readonly string[] Given =
    [
        nameof(PhotoSettings.WorkingLongSide), nameof(PhotoSettings.PrintHeightMm), nameof(PhotoSettings.PrintWidthMm), nameof(PhotoSettings.MinHeadLengthMm), nameof(PhotoSettings.MaxHeadLengthMm),
        nameof(PhotoSettings.MinHeadWidthMm), nameof(PhotoSettings.MaxHeadWidthMm), nameof(PhotoSettings.MinTopMarginMm), nameof(PhotoSettings.MaxTopMarginMm),
    ];

    /// <summary>One number, and the worse of more and less.</summary>
    internal sealed record Row(string Name, double Value, double LengthMm, double WidthMm, int Wrong, int FailsTold, double Vague);

    /// <summary>Every number in turn.</summary>
    public IEnumerable<Row> Rows()
    {
        var plain = new PhotoSettings();
        foreach (var rule in typeof(HeadRules).GetProperties().Where(property => property.PropertyType == typeof(double)))
        {
            yield return Worse(rule.Name, (double)rule.GetValue(HeadRules.Standard)!, rule.Name == nameof(HeadRules.EarRank) ? 1 : double.MaxValue, value =>
            {
                var rules = HeadRules.Standard with { };
                rule.SetValue(rules, value);
                return (plain, rules);
            });
        }

        foreach (var setting in typeof(PhotoSettings).GetProperties().Where(property => property.CanWrite && property.GetCustomAttribute<RangeAttribute>() is not null && !Given.Contains(property.Name)))
        {
            var most = Convert.ToDouble(setting.GetCustomAttribute<RangeAttribute>()!.Maximum, CultureInfo.InvariantCulture);
            yield return Worse(setting.Name, Convert.ToDouble(setting.GetValue(plain), CultureInfo.InvariantCulture), most, value =>
            {
                var settings = plain with { };
                setting.SetValue(settings, Convert.ChangeType(value, setting.PropertyType, CultureInfo.InvariantCulture));
                return (settings, HeadRules.Standard);
            });
        }
    }

    private Row Worse(string name, double value, double most, Func<double, (PhotoSettings, HeadRules)> with)
    {
        // Near the top of its range a number is a distance from there: a fifth more than L* 94.5 does not exist.
        var step = 0.2 * (value > 0.8 * most ? most - value : value);
        var both = Array.ConvertAll(new[] { value - step, value + step }, changed =>
        {
            var (settings, rules) = with(changed);
            var errors = HeadErrors.Of(portraits, rules);
            var scores = CellScores.Of(portraits, settings, rules);
            return new Row(name, value, errors.Length().Average(Math.Abs), errors.Width().Average(Math.Abs), scores.Wrong, scores.FailsTold, scores.Vague);
        });
        return new Row(name, value, both.Max(row => row.LengthMm), both.Max(row => row.WidthMm), both.Max(row => row.Wrong), both.Min(row => row.FailsTold), both.Max(row => row.Vague));
    }
}
