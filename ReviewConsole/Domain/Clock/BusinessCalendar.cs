using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReviewConsole.Domain.Clock;

/// <summary>A day that the State Council's notice names: a public holiday, or a weekend day that is worked (调休).</summary>
/// <param name="Date">Shanghai date.</param>
/// <param name="Worked">True for a worked day, false for a day off.</param>
/// <param name="Name">The holiday it belongs to, as the notice names it.</param>
public readonly record struct NamedDay(DateOnly Date, bool Worked, string Name);

/// <summary>Why a day is worked or not.</summary>
public enum DayKind
{
    /// <summary>Monday to Friday, not named by a notice.</summary>
    Workday,

    /// <summary>Worked because a notice says so (调休).</summary>
    AdjustedWorkday,

    /// <summary>Saturday or Sunday, not named by a notice.</summary>
    Weekend,

    /// <summary>Off because a notice says so.</summary>
    Holiday,
}

/// <summary>What the calendar says about one day.</summary>
/// <param name="Date">Shanghai date.</param>
/// <param name="Kind">Why it is worked or not.</param>
/// <param name="Name">The holiday that a notice names it for; null on ordinary days.</param>
/// <param name="YearLoaded">False where no notice of the year is loaded, so that the plain Monday-Friday rule answered (SLA-1).</param>
public readonly record struct CalendarDay(DateOnly Date, DayKind Kind, string? Name, bool YearLoaded)
{
    /// <summary>Whether business time runs on the day.</summary>
    public bool IsBusinessDay => Kind is DayKind.Workday or DayKind.AdjustedWorkday;
}

/// <summary>
/// Which days are business days (SLA-1): Monday to Friday, changed by the days that the loaded years' notices name. Immutable;
/// two calendars of one <see cref="Version"/> answer alike. A year that is not loaded works by the plain Monday-Friday rule.
/// </summary>
public sealed class BusinessCalendar
{
    private readonly FrozenDictionary<DateOnly, NamedDay> named;

    // Day numbers on which the answer differs from Monday-Friday, ascending, and the sum of +1 (worked) and -1 (off) over the
    // first i of them: business days are counted by a formula for weekdays plus this drift, whatever the distance.
    private readonly int[] exceptions;
    private readonly int[] drift;

    /// <summary>Makes a calendar from the days that the notices name.</summary>
    /// <param name="name">Short name of the calendar; it begins the version.</param>
    /// <param name="days">The named days, each once and each in a loaded year.</param>
    /// <param name="loadedYears">Years whose notice is loaded; left out, the years of the days.</param>
    /// <exception cref="ArgumentException">A day is named twice, or lies in a year that is not loaded.</exception>
    public BusinessCalendar(string name, IEnumerable<NamedDay> days, IEnumerable<int>? loadedYears = null)
        : this(name, [.. days.OrderBy(day => day.Date)], loadedYears?.ToImmutableSortedSet())
    {
        if (Days.FirstOrDefault(day => !LoadedYears.Contains(day.Date.Year)) is { Name: not null } stray)
        {
            throw new ArgumentException($"{stray.Date:yyyy-MM-dd} lies in a year that is not loaded.", nameof(days));
        }
    }

    private BusinessCalendar(string name, ImmutableArray<NamedDay> days, ImmutableSortedSet<int>? loadedYears)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Days = days;
        LoadedYears = loadedYears ?? Days.Select(day => day.Date.Year).ToImmutableSortedSet();
        if (Days.GroupBy(day => day.Date).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentException($"{twice.Key:yyyy-MM-dd} is named twice.", nameof(days));
        }

        named = Days.ToFrozenDictionary(day => day.Date);
        var changed = Days.Where(day => day.Worked != IsWeekday(day.Date)).ToList();
        exceptions = [.. changed.Select(day => day.Date.DayNumber)];
        drift = new int[exceptions.Length + 1];
        for (var i = 0; i < exceptions.Length; i++)
        {
            drift[i + 1] = drift[i] + (changed[i].Worked ? 1 : -1);
        }

        Version = $"{name}-{Fingerprint()}";
    }

    /// <summary>Short name, for instance <c>national</c>.</summary>
    public string Name { get; }

    /// <summary>Name and fingerprint of the content: the same days, names and loaded years give the same version on every machine.</summary>
    public string Version { get; }

    /// <summary>The days that the notices name, by date.</summary>
    public ImmutableArray<NamedDay> Days { get; }

    /// <summary>The years whose notice is loaded.</summary>
    public ImmutableSortedSet<int> LoadedYears { get; }

    /// <summary>Whether the year's notice is loaded; otherwise the plain Monday-Friday rule answers.</summary>
    public bool HasYear(int year) => LoadedYears.Contains(year);

    /// <summary>Whether business time runs on the Shanghai date.</summary>
    public bool IsBusinessDay(DateOnly date) => named.TryGetValue(date, out var day) ? day.Worked : IsWeekday(date);

    /// <summary>What the calendar says about a day, with the reason.</summary>
    public CalendarDay Day(DateOnly date) => named.TryGetValue(date, out var day)
        ? new(date, day.Worked ? DayKind.AdjustedWorkday : DayKind.Holiday, day.Name, HasYear(date.Year))
        : new(date, IsWeekday(date) ? DayKind.Workday : DayKind.Weekend, Name: null, HasYear(date.Year));

    /// <summary>The first business day after the date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none before the year 10000.</exception>
    public DateOnly NextBusinessDay(DateOnly date) => BusinessDay(CountBefore(date.DayNumber + 1));

    /// <summary>The calendar with one year's notice loaded, or replaced.</summary>
    /// <param name="year">The year of the notice.</param>
    /// <param name="days">All days the notice names; a day at the end of the year before counts, too, where that year is loaded.</param>
    public BusinessCalendar With(int year, IEnumerable<NamedDay> days)
    {
        var news = days.ToDictionary(day => day.Date);
        return new(Name, Days.Where(day => day.Date.Year != year && !news.ContainsKey(day.Date)).Concat(news.Values), LoadedYears.Add(year));
    }

    /// <summary>The calendar of an authority: this one with the authority's own days on top. A local day says nothing about whether the year's notice is loaded.</summary>
    /// <param name="name">Short name of the new calendar, for instance the authority's code.</param>
    /// <param name="days">The local days, each once; each stands in the place of what this calendar says of it.</param>
    public BusinessCalendar WithLocal(string name, IEnumerable<NamedDay> days)
    {
        var local = days.ToDictionary(day => day.Date);
        return new(name, [.. Days.Where(day => !local.ContainsKey(day.Date)).Concat(local.Values).OrderBy(day => day.Date)], LoadedYears);
    }

    /// <summary>A calendar as it was kept: days of an authority may lie in years whose notice is not loaded.</summary>
    public static BusinessCalendar Restore(string name, IEnumerable<NamedDay> days, IEnumerable<int> loadedYears) =>
        new(name, [.. days.OrderBy(day => day.Date)], loadedYears.ToImmutableSortedSet());

    /// <summary>The days, ascending, that are a business day in one of the two calendars only: what a retarget has to look at (SLA-5).</summary>
    public IReadOnlyList<DateOnly> ChangedDays(BusinessCalendar other) =>
    [
        .. Days.Concat(other.Days).Select(day => day.Date).Distinct().Where(date => IsBusinessDay(date) != other.IsBusinessDay(date)).Order(),
    ];

    /// <summary>The years, ascending, that the span touches and whose notice is not loaded (SLA-1).</summary>
    /// <param name="from">Start of the span, included.</param>
    /// <param name="to">End of the span, excluded: a due on 31 December 24:00 does not touch the next year.</param>
    public IEnumerable<int> YearsNotLoaded(DateTimeOffset from, DateTimeOffset to)
    {
        var last = to > from ? Shanghai.In(to).AddTicks(-1).Year : Shanghai.In(from).Year;
        for (var year = Shanghai.In(from).Year; year <= last; year++)
        {
            if (!HasYear(year))
            {
                yield return year;
            }
        }
    }

    /// <summary>The years whose notice ought to be loaded by now and is not: this one, and from 1 December on the next (SLA-1).</summary>
    public IEnumerable<int> YearsToLoad(DateTimeOffset now)
    {
        var today = Shanghai.DateOf(now);
        return Enumerable.Range(today.Year, today.Month == 12 ? 2 : 1).Where(year => !HasYear(year));
    }

    /// <summary>Number of business days from the first day of the first year up to, and without, the day.</summary>
    /// <param name="dayNumber">A <see cref="DateOnly.DayNumber"/>, or one past the last.</param>
    internal int CountBefore(int dayNumber)
    {
        // Day 0 is a Monday.
        var weekdays = (dayNumber / 7 * 5) + Math.Min(dayNumber % 7, 5);
        var index = Array.BinarySearch(exceptions, dayNumber);
        return weekdays + drift[index < 0 ? ~index : index];
    }

    /// <summary>The business day before which there are exactly <paramref name="count"/> others: the inverse of <see cref="CountBefore"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would lie after the year 9999.</exception>
    internal DateOnly BusinessDay(long count)
    {
        var (low, high) = (0, DateOnly.MaxValue.DayNumber + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = CountBefore(middle + 1) > count ? (low, middle) : (middle + 1, high);
        }

        return low <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(low)
            : throw new ArgumentOutOfRangeException(nameof(count), "The calendar ends with the year 9999.");
    }

    private static bool IsWeekday(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private string Fingerprint()
    {
        var content = new StringBuilder(Name).Append('\n').AppendJoin(',', LoadedYears).Append('\n');
        foreach (var day in Days)
        {
            content.Append(CultureInfo.InvariantCulture, $"{day.Date:yyyy-MM-dd},{(day.Worked ? "work" : "off")},{day.Name}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..12];
    }
}
