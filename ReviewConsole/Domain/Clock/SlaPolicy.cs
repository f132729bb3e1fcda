using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ReviewConsole.Domain.Clock;

/// <summary>How a queue's due time follows from the receipt (SLA-2).</summary>
public enum SlaPolicyKind
{
    /// <summary>So many business days of 24 hours: received Friday 15:00, due Monday 15:00.</summary>
    ElapsedBusinessDays,

    /// <summary>The end (24:00) of the first business day after the day of receipt.</summary>
    EndOfNextBusinessDay,

    /// <summary>So many business days of office hours: time runs inside the spans of a business day only.</summary>
    OfficeHours,
}

/// <summary>A part of a business day in which time runs: from the start, included, to the end, excluded.</summary>
/// <param name="From">Time of day, 00:00 or later, in whole minutes.</param>
/// <param name="To">Time of day after <paramref name="From"/>, 24:00 at most, in whole minutes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DaySpan(TimeSpan From, TimeSpan To)
{
    /// <summary>The whole day, 00:00 to 24:00.</summary>
    public static readonly DaySpan WholeDay = new(TimeSpan.Zero, TimeSpan.FromDays(1));

    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;
}

/// <summary>
/// The rule by which a due time is set (SLA-2). Immutable; the <see cref="Version"/> spells the whole rule, so that an item that keeps the
/// version keeps the rule (SLA-5), and <see cref="TryParse"/> gives the rule back.
/// </summary>
/// <remarks>
/// 'End of the next business day' never gives less than one whole business day: received Friday 15:00, due Monday 24:00; received on a Saturday
/// off, the clock starts Monday 00:00 and Monday is the next business day after the receipt, so due Monday 24:00.
/// </remarks>
public sealed record SlaPolicy
{
    private const string Elapsed = "business-days";
    private const string EndOfNext = "end-of-next-business-day";
    private const string Office = "office-hours";

    private SlaPolicy(SlaPolicyKind kind, int days, ImmutableArray<DaySpan> spans, string version)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 1000);
        (Kind, Days, Spans, Version) = (kind, days, spans, version);
    }

    /// <summary>One business day of 24 hours, the default of every queue (APP-4).</summary>
    public static SlaPolicy OneBusinessDay { get; } = BusinessDays(1);

    /// <summary>The end (24:00) of the first business day after the day of receipt.</summary>
    public static SlaPolicy EndOfNextBusinessDay { get; } = new(SlaPolicyKind.EndOfNextBusinessDay, 1, [DaySpan.WholeDay], EndOfNext);

    /// <summary>Which kind of rule.</summary>
    public SlaPolicyKind Kind { get; }

    /// <summary>Number of business days, 1 to 1000.</summary>
    public int Days { get; }

    /// <summary>When time runs on a business day: ascending, apart from each other.</summary>
    public ImmutableArray<DaySpan> Spans { get; }

    /// <summary>The rule in writing, for instance <c>office-hours/1/09:00-12:00,13:30-17:30</c>.</summary>
    public string Version { get; }

    /// <summary>So many business days of 24 hours.</summary>
    /// <param name="days">1 to 1000.</param>
    public static SlaPolicy BusinessDays(int days) =>
        new(SlaPolicyKind.ElapsedBusinessDays, days, [DaySpan.WholeDay], string.Create(CultureInfo.InvariantCulture, $"{Elapsed}/{days}"));

    /// <summary>So many business days of office hours, one business day being the sum of the spans of a day.</summary>
    /// <param name="days">1 to 1000.</param>
    /// <param name="spans">At least one, ascending, not overlapping, in whole minutes.</param>
    /// <exception cref="ArgumentException">The spans break these rules.</exception>
    public static SlaPolicy OfficeHours(int days, params IEnumerable<DaySpan> spans)
    {
        ImmutableArray<DaySpan> hours = [.. spans];
        var end = TimeSpan.Zero;
        foreach (var span in hours)
        {
            if (span.From < end || span.To <= span.From || span.To > DaySpan.WholeDay.To || !IsWholeMinutes(span.From) || !IsWholeMinutes(span.To))
            {
                throw new ArgumentException($"Office hours {Text(span)} are out of order, empty, outside the day or not in whole minutes.", nameof(spans));
            }

            end = span.To;
        }

        return hours.IsEmpty
            ? throw new ArgumentException("Office hours need at least one span.", nameof(spans))
            : new(SlaPolicyKind.OfficeHours, days, hours, string.Create(CultureInfo.InvariantCulture, $"{Office}/{days}/{string.Join(',', hours.Select(Text))}"));
    }

    /// <summary>Reads a rule back from its <see cref="Version"/>.</summary>
    public static bool TryParse(string? version, [NotNullWhen(true)] out SlaPolicy? policy)
    {
        policy = null;
        try
        {
            policy = version?.Split('/') switch
            {
                [EndOfNext] => EndOfNextBusinessDay,
                [Elapsed, var days] => BusinessDays(int.Parse(days, NumberStyles.None, CultureInfo.InvariantCulture)),
                [Office, var days, var spans] => OfficeHours(int.Parse(days, NumberStyles.None, CultureInfo.InvariantCulture), spans.Split(',').Select(ParseSpan)),
                _ => null,
            };
        }
        catch (Exception broken) when (broken is FormatException or OverflowException or ArgumentException)
        {
            return false;
        }

        return policy is not null;
    }

    /// <inheritdoc/>
    public bool Equals(SlaPolicy? other) => other is not null && Version == other.Version;

    /// <inheritdoc/>
    public override int GetHashCode() => Version.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Version;

    private static bool IsWholeMinutes(TimeSpan time) => time.Ticks % TimeSpan.TicksPerMinute == 0;

    private static string Text(DaySpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(span.From)}-{Text(span.To)}");

    private static string Text(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    private static DaySpan ParseSpan(string text) => text.Split('-') is [var from, var to]
        ? new(ParseTime(from), ParseTime(to))
        : throw new FormatException($"'{text}' is not a span such as 09:00-12:00.");

    // By hand, since the framework reads 24:00 as 24 days.
    private static TimeSpan ParseTime(string text) => text is [_, _, ':', _, _]
        ? TimeSpan.FromMinutes((int.Parse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture) * 60L) + int.Parse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{text}' is not a time such as 09:00.");
}
