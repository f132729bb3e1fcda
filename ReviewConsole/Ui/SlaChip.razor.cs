using Microsoft.AspNetCore.Components;

namespace ReviewConsole.Ui;

/// <summary>How long until a case is due.</summary>
public sealed partial class SlaChip
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    // A timer counts whole milliseconds: one more, and it does not come before the instant.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private ITimer? timer;

    private enum Clock
    {
        Running,
        Paused,
        Stopped,
    }

    /// <summary>When half of the time is used.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset HalfAt { get; set; }

    /// <summary>When four fifths of the time are used.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset PressingAt { get; set; }

    /// <summary>When the decision is due; overdue from that exact instant.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset DueAt { get; set; }

    /// <summary>True while the applicant is waited for (SLA-3).</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <summary>The moment of the decision; null while there is none.</summary>
    [Parameter]
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Writes the due instant out beside the remaining time.</summary>
    [Parameter]
    public bool ShowDue { get; set; }

    private Clock Runs => DecidedAt is not null ? Clock.Stopped : Paused ? Clock.Paused : Clock.Running;

    private DateTimeOffset Now => DecidedAt ?? Time.GetUtcNow();

    // The state changes at its instant, whatever the rhythm of the renewals (SLA-4).
    private TimeSpan UntilNext
    {
        get
        {
            var now = Time.GetUtcNow();
            var next = Runs is Clock.Running ? new[] { HalfAt, PressingAt, DueAt }.Where(at => at > now).DefaultIfEmpty(now + Renewal).Min() - now : Renewal;
            return next < Renewal ? next + Tick : Renewal;
        }
    }

    private string Tone => Runs switch
    {
        Clock.Paused => "",
        _ when Now >= DueAt => "bad",
        Clock.Stopped => "ok",
        _ when Now >= PressingAt => "look",
        _ when Now >= HalfAt => "ok half",
        _ => "ok",
    };

    private string Words => Runs switch
    {
        Clock.Paused => T["Sla_Paused"],
        Clock.Stopped => T[Now < DueAt ? "Sla_InTime" : "Sla_Late"],
        _ => Now < DueAt ? Span("Sla_Left_", DueAt - Now, Math.Ceiling) : Span("Sla_Late_", Now - DueAt, Math.Floor),
    };

    private string About => Runs switch
    {
        Clock.Paused => T["Sla_PausedAbout"],
        Clock.Stopped => T["Sla_DecidedAt", Times.WithDay(Now), Times.WithDay(DueAt)],
        _ => T["Sla_Due", Times.WithDay(DueAt)],
    };

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            timer = Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, UntilNext, Renewal);
        else
            timer?.Change(UntilNext, Renewal);
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    // Minutes left are rounded up and minutes late down: 'nothing left' is never said before the instant, nor 'late' a minute too much.
    private string Span(string key, TimeSpan span, Func<double, double> round)
    {
        var minutes = (int)round(span.TotalMinutes);
        var (days, hours) = (minutes / 1440, minutes / 60);
        return days > 0 ? T[key + "Days", days, hours % 24]
            : hours > 0 ? T[key + "Hours", hours, minutes % 60]
            : T[key + "Minutes", minutes];
    }
}
