using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace ReviewConsole.Domain.Clock;

/// <summary>One version of the days that the State Council, or one authority, sets.</summary>
/// <param name="Scope">The national calendar's name, or the code of an authority.</param>
/// <param name="Days">Its days, each once: all of the notices', or an authority's own.</param>
/// <param name="Years">The years whose notice is loaded; empty for an authority, whose days say nothing about that.</param>
/// <param name="EffectiveAt">From when receipts go by it.</param>
public sealed record CalendarLayer(string Scope, ImmutableArray<NamedDay> Days, ImmutableSortedSet<int> Years, DateTimeOffset EffectiveAt);

/// <summary>
/// Every version of every layer: the national calendar, and the local days of authorities on top, each inherited by the authorities below. Immutable; the
/// same authority and moment always give the same calendar.
/// </summary>
public sealed class CalendarLayers
{
    private readonly string national;
    private readonly ILookup<string, CalendarLayer> byScope;
    private readonly ConcurrentDictionary<(string Scope, long At), BusinessCalendar> known = new();

    /// <summary>Makes them.</summary>
    /// <param name="national">The national calendar's name.</param>
    /// <param name="layers">The layers of each scope in the order in which they were made, which is that of their effective moments; the national one from the beginning.</param>
    /// <exception cref="ArgumentException">The layers are out of order, or there is no national one.</exception>
    public CalendarLayers(string national, IEnumerable<CalendarLayer> layers)
    {
        this.national = national;
        All = [.. layers];
        byScope = All.ToLookup(layer => layer.Scope, StringComparer.Ordinal);
        if (!byScope.Contains(national) || byScope.Any(scope => scope.Zip(scope.Skip(1)).Any(pair => pair.First.EffectiveAt > pair.Second.EffectiveAt)))
        {
            throw new ArgumentException("The layers begin with a national one and take effect in the order in which they were made.", nameof(layers));
        }
    }

    /// <summary>All layers in the order in which they were made.</summary>
    public ImmutableArray<CalendarLayer> All { get; }

    /// <summary>The layer of a scope made last, whether or not it is in force yet; null where there is none.</summary>
    public CalendarLayer? Last(string scope) => byScope[scope].LastOrDefault();

    /// <summary>The layer of a scope that is in force at the moment; null where there is none.</summary>
    public CalendarLayer? InForce(string scope, DateTimeOffset at) => byScope[scope].LastOrDefault(layer => layer.EffectiveAt <= at);

    /// <summary>The calendar in force at the moment for an authority.</summary>
    /// <param name="path">The codes from the province down to the authority; empty for the national calendar.</param>
    /// <param name="at">The moment.</param>
    public BusinessCalendar For(IEnumerable<string> path, DateTimeOffset at)
    {
        var local = path.Select(code => InForce(code, at)).OfType<CalendarLayer>().ToList();
        var layer = InForce(national, at) ?? byScope[national].First();
        // Which layers are in force changes at few moments: the last of them stands for all between.
        var since = local.Append(layer).Max(l => l.EffectiveAt);
        return known.GetOrAdd((local.Count > 0 ? local[^1].Scope : national, since.UtcTicks), _ =>
        {
            var calendar = BusinessCalendar.Restore(national, layer.Days, layer.Years);
            return local.Aggregate(calendar, (below, own) => below.WithLocal(own.Scope, own.Days));
        });
    }

    /// <summary>These and one more.</summary>
    public CalendarLayers With(CalendarLayer layer) => new(national, All.Add(layer));

    /// <summary>The days, ascending, that the last layer of a scope tells differently from the one before, by name alone included.</summary>
    public static IReadOnlyList<DateOnly> Changed(CalendarLayer? before, CalendarLayer after) =>
        [.. (before?.Days ?? []).Except(after.Days).Concat(after.Days.Except(before?.Days ?? [])).Select(day => day.Date).Distinct().Order()];
}
