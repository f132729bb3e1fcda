using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>Twelve small months of a calendar.</summary>
public sealed partial class YearGrid
{
    // Weeks begin on Monday, as offices in China count them.
    private static readonly DayOfWeek[] Weekdays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public BusinessCalendar Calendar { get; set; } = null!;

    /// <summary>The year, 1 to 9999.</summary>
    [Parameter, EditorRequired]
    public int Year { get; set; }

    /// <summary>Today's Shanghai date.</summary>
    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    /// <summary>Days that an authority sets itself.</summary>
    [Parameter]
    public IReadOnlySet<DateOnly> Local { get; set; } = new HashSet<DateOnly>();

    /// <summary>Days that a draft would change.</summary>
    [Parameter]
    public IReadOnlySet<DateOnly> Changed { get; set; } = new HashSet<DateOnly>();

    /// <summary>The day that is being looked at.</summary>
    [Parameter]
    public DateOnly? Picked { get; set; }

    /// <summary>A day was chosen; not set where nobody may change one.</summary>
    [Parameter]
    public EventCallback<DateOnly> OnPick { get; set; }

    private static DateTimeFormatInfo Names => CultureInfo.CurrentCulture.DateTimeFormat;

    private static IEnumerable<DateOnly?[]> Weeks(DateOnly first)
    {
        var before = ((int)first.DayOfWeek + 6) % 7;
        var days = DateTime.DaysInMonth(first.Year, first.Month);
        for (var start = -before; start < days; start += 7)
            yield return [.. Enumerable.Range(start, 7).Select(i => i >= 0 && i < days ? first.AddDays(i) : (DateOnly?)null)];
    }

    private string? Sign(CalendarDay day) => day.Name is null ? null : T[$"Sign_{day.Kind}"].Value;

    private string Look(CalendarDay day) => string.Join(' ', new[]
    {
        day.Kind switch
        {
            DayKind.Holiday => "off",
            DayKind.AdjustedWorkday => "work",
            DayKind.Weekend => "weekend",
            _ => null,
        },
        Local.Contains(day.Date) ? "local" : null,
        Changed.Contains(day.Date) ? "changed" : null,
        day.Date == Today ? "today" : null,
    }.OfType<string>());

    private string Tip(CalendarDay day) => day.Name is null ? T[$"Kind_{day.Kind}"] : T["Tip", T[$"Kind_{day.Kind}"], day.Name];

    private string About(CalendarDay day) => T[
        "Day_About", day.Date.ToString("yyyy-M-d", CultureInfo.InvariantCulture), Names.GetDayName(day.Date.DayOfWeek),
        Tip(day) + (Local.Contains(day.Date) ? T["Comma"] + T["Legend_Local"] : "") + (Changed.Contains(day.Date) ? T["Comma"] + T["Legend_Changed"] : "")];
}
