using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Ui;

/// <summary>Marks the words of derivations of due times: <c>ClockText.resx</c>.</summary>
public sealed class ClockText;

/// <summary>Says line by line why something is due when it is (SLA-3): the same on the case page and on the command line.</summary>
public sealed class ClockWords(IStringLocalizer<ClockText> text)
{
    /// <summary>One line: the time that it tells of, and what it tells.</summary>
    public (string When, string What) Say(SlaStep step) => step.Kind switch
    {
        SlaStepKind.Start => (At(step.From), text["Start", Rule(step.Versions!.Value.Policy), step.Versions.Value.Calendar]),
        SlaStepKind.Count => (
            $"{At(step.From)}-{(Date(step.To!.Value) == Date(step.From) ? Time(step.To.Value) : "24:00")}", text["Count", Length(Whole(step.To.Value) - Whole(step.From)), Reason(step.Day!.Value)]),
        SlaStepKind.Skip => (Date(step.From), text["Skip", Reason(step.Day!.Value)]),
        SlaStepKind.Pause => (At(step.From), step.To is { } to ? text["Pause", Why(step.Why), At(to)] : text["Paused", Why(step.Why)]),
        SlaStepKind.Due => (At(step.From), text["Due", Length(step.Total)]),
        SlaStepKind.Stop => (At(step.From), text["Stop", Why(step.Why)]),
        _ => (At(step.From), text["Retarget", Why(step.Why), step.Versions!.Value.Policy, step.Versions.Value.Calendar]),
    };

    /// <summary>A rule in words.</summary>
    public string Say(SlaPolicy policy) => text[$"Rule_{policy.Kind}", policy.Days, policy.Version.Split('/')[^1]];

    private static string Date(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string At(DateTimeOffset moment) => $"{Date(moment)} {Time(moment)}";

    private static string Time(DateTimeOffset moment) =>
        moment.ToString(Whole(moment).Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    // Fractions of a second count in full and are left off in print, at both ends of a line: so each says what it shows.
    private static DateTimeOffset Whole(DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond));

    private string Reason(CalendarDay day)
    {
        var weekday = CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day.Date.DayOfWeek);
        string reason = day.Kind is DayKind.Workday ? weekday : text[$"Day_{day.Kind}", weekday, day.Name ?? ""];
        return day.YearLoaded ? reason : text["YearNotLoaded", reason];
    }

    // The version as it stands in the ledger, and what it means.
    private string Rule(string version) => SlaPolicy.TryParse(version, out var policy) ? text["Rule", version, Say(policy)] : version;

    // What the product itself writes into the ledger is a code; anything else somebody wrote.
    private string Why(string? why) => text[$"Why_{why}"] is { ResourceNotFound: false } words ? words : why ?? text["Why_"];

    private string Length(TimeSpan time)
    {
        var (hours, minutes) = ((long)time.TotalHours, time.Minutes);
        return time.Seconds == 0 ? text["Length", hours, minutes] : text["LengthExact", hours, minutes, time.Seconds];
    }
}
