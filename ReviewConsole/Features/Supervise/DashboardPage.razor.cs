using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Supervise;

/// <summary>The dashboard (时限看板): what is overdue, are we on time, what comes tomorrow; then the list to act on. What it shows stands in the address.</summary>
public sealed partial class DashboardPage : IDisposable
{
    private const int DefaultDays = 7;
    private const int MostReasons = 6;
    private readonly CancellationTokenSource leaving = new();
    private Dashboard? numbers;
    private Refusal? refusal;
    private IReadOnlyList<QueueType> queues = [];
    private IReadOnlyList<Authority> reach = [];
    private int days = DefaultDays;
    private WorkFilter show;
    private bool reasoning;
    private WorkList? list;
    private Renewal? renewal;
    private int loads;
    private int shown;

    /// <summary>Only this queue.</summary>
    [SupplyParameterFromQuery(Name = "queue")]
    public string? Queue { get; set; }

    /// <summary>Only this authority and those below it.</summary>
    [SupplyParameterFromQuery(Name = "authority")]
    public string? AuthorityCode { get; set; }

    /// <summary>How many days the mixes look back; one of <see cref="DashboardRequest.Spans"/>.</summary>
    [SupplyParameterFromQuery(Name = "days")]
    public string? Days { get; set; }

    /// <summary>Which cases the list shows; one of <see cref="WorkFilter"/>.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    /// <summary>Cursor of the list.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [Inject]
    private DashboardQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues All { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    [Inject]
    private Reasons Reasons { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IOptions<SuperviseSettings> settings { get; set; } = null!;

    private Dictionary<string, string?> Filters => new(StringComparer.Ordinal) { ["queue"] = Queue, ["authority"] = AuthorityCode, ["show"] = Show };

    /// <inheritdoc/>
    public void Dispose()
    {
        renewal?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            renewal = new(Feed, Time, e => e is CaseEvent and not ClockMoved and not PersonalDataRevealed, () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        days = int.TryParse(Days, CultureInfo.InvariantCulture, out var asked) && DashboardRequest.Spans.Contains(asked) ? asked : DefaultDays;
        show = Enum.TryParse<WorkFilter>(Show, ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : WorkFilter.Pressing;
        var actor = await Who.Get();
        queues = [.. All.All.Where(queue => actor.Queues.Contains(queue.Id))];
        reach = [.. Authorities.All.Where(authority => actor.Authorities.Contains(authority.Code))];
        await Load();
    }

    private async Task Load()
    {
        var started = ++loads;
        var answer = await Query.Handle(await Who.Get(), new(Blank(Queue), Blank(AuthorityCode), days), leaving.Token);
        // A newer answer, perhaps to other filters, is already there.
        if (started < shown)
            return;
        (shown, refusal) = (started, answer.Refusal);
        numbers = refusal is null ? answer.Value : null;
    }

    private async Task Renew()
    {
        await Load();
        if (list is not null)
            await list.Load();
        StateHasChanged();
    }

    private void Go(string name, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["after"] = null,
        [name] = Blank(value),
    }));

    private string Tone(InTime inTime) => inTime.Share is not { } share ? "" : share >= settings.Value.Target ? "ok" : share >= settings.Value.Target - 0.05 ? "look" : "bad";

    private string Span(int over) => over == 1 ? T["Span_Today"] : T["Span_Days", over];

    private static string Hours(TimeSpan? span) => span is { } s ? Shown.Number(s.TotalHours) : "—";

    private List<BarTable.BarRow> AgeRows(Dashboard n)
    {
        string[] tones = ["ok", "ok", "look", "look", "bad"];
        var limits = DashboardQuery.AgeLimits;
        return [.. n.Ages.Select((count, i) => new BarTable.BarRow(
            i == 0 ? T["Ages_Under", limits[0]] : i == limits.Count ? T["Ages_Over", limits[^1]] : T["Ages_Between", limits[i - 1], limits[i]], count, $"{count}", tones[i]))];
    }

    private List<BarTable.BarRow> DueRows(Dashboard n) =>
    [
        new(T["Due_Overdue"], n.Overdue, $"{n.Overdue}", "bad"),
        .. n.Within.Select((count, i) => new BarTable.BarRow(T["Due_Within", DashboardQuery.DueWithin[i]], count, $"{count}", "look")),
    ];

    private List<BarTable.BarRow> InTimeRows(Dashboard n) =>
        [.. n.InTime.Select(over => new BarTable.BarRow(Span(over.Days), over.Share ?? 0, over.All == 0 ? "—" : $"{Shown.Percent(over.Share)}", Tone(over)))];

    private List<BarTable.BarRow> OutcomeRows(Dashboard n) => [.. n.Outcomes.Select(p => Row(Shared[$"Outcome_{p.Key}"], p))];

    private List<BarTable.BarRow> ReasonRows(Dashboard n) => [.. n.Reasons.Take(MostReasons).Select(p => Row(NameOf(p.Key), p))];

    private List<BarTable.BarRow> DisagreementRows(Dashboard n) => [.. n.Disagreements.Take(MostReasons).Select(p => Row(Shared[$"Check_{p.Key}"], p))];

    private static BarTable.BarRow Row(string label, Part part) => new(label, part.Share, Shown.Percent(part.Share));

    private string NameOf(string reason) => Reasons.Find(reason) is { } known ? Names.Of(known) : reason;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
