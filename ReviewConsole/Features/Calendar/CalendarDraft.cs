using System.Collections.Immutable;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>The days of the national calendar, or of one authority, as somebody is about to set them. Immutable.</summary>
/// <param name="Scope">The national calendar's name, or the code of an authority.</param>
/// <param name="Base">The revision that the draft began from; null where there was none.</param>
/// <param name="Days">The days, each once, by date.</param>
/// <param name="Years">Loaded years; empty for an authority.</param>
public sealed record CalendarDraft(string Scope, Guid? Base, ImmutableSortedDictionary<DateOnly, NamedDay> Days, ImmutableSortedSet<int> Years)
{
    /// <summary>Most days that a calendar holds.</summary>
    public const int MostDays = 5_000;

    /// <summary>Longest name of a holiday, in characters.</summary>
    public const int LongestName = 40;

    /// <summary>True for the State Council's days, false for an authority's own.</summary>
    public bool IsNational => Scope == Holidays.National;

    /// <summary>The draft that changes nothing.</summary>
    public static CalendarDraft Of(string scope, Guid? revision, CalendarLayer? layer) =>
        new(scope, revision, (layer?.Days ?? []).ToImmutableSortedDictionary(day => day.Date, day => day), layer?.Years ?? []);

    /// <summary>One day named anew.</summary>
    public CalendarDraft Name(NamedDay day) => this with { Days = Days.SetItem(day.Date, day), Years = IsNational ? Years.Add(day.Date.Year) : Years };

    /// <summary>One day left to the rule below: Monday to Friday, or for an authority the calendar above it.</summary>
    public CalendarDraft Clear(DateOnly date) => this with { Days = Days.Remove(date) };

    /// <summary>
    /// The days of a file. A year of which it names more than days of its December is loaded anew; a notice that begins with days at the end of the
    /// year before adds those.
    /// </summary>
    public CalendarDraft Load(IReadOnlyCollection<NamedDay> days)
    {
        var whole = days.Where(day => day.Date.Month < 12).Select(day => day.Date.Year).ToImmutableSortedSet();
        var kept = Days.Where(day => !whole.Contains(day.Key.Year)).ToImmutableSortedDictionary();
        return this with { Days = kept.SetItems(days.Select(day => KeyValuePair.Create(day.Date, day))), Years = IsNational ? Years.Union(days.Select(day => day.Date.Year)) : Years };
    }

    /// <summary>As a layer that takes effect at a moment.</summary>
    public CalendarLayer Layer(DateTimeOffset effectiveAt) => new(Scope, [.. Days.Values], Years, effectiveAt);
}
