using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Supervise;

/// <summary>人员: who works on what now, and the reviewer view by name.</summary>
public sealed partial class PeoplePage : IDisposable
{
    private const int DefaultDays = 30;
    private readonly CancellationTokenSource leaving = new();
    private People? people;
    private Refusal? refusal;
    private IReadOnlyList<Authority> reach = [];
    private int days = DefaultDays;
    private Renewal? renewal;

    /// <summary>Only this authority and those below it.</summary>
    [SupplyParameterFromQuery(Name = "authority")]
    public string? AuthorityCode { get; set; }

    /// <summary>How many days the numbers look back; one of <see cref="DashboardRequest.Spans"/>.</summary>
    [SupplyParameterFromQuery(Name = "days")]
    public string? Days { get; set; }

    [Inject]
    private PeopleQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private Dictionary<string, string?> Filters => new(StringComparer.Ordinal) { ["authority"] = AuthorityCode, ["days"] = $"{days}" };

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
            renewal = new(Feed, Time, e => e is CaseEvent or CameOnDuty or WentOffDuty, () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        days = int.TryParse(Days, CultureInfo.InvariantCulture, out var asked) && DashboardRequest.Spans.Contains(asked) ? asked : DefaultDays;
        var actor = await Who.Get();
        reach = [.. Authorities.All.Where(authority => actor.Authorities.Contains(authority.Code))];
        await Load();
    }

    private async Task Load()
    {
        var answer = await Query.Handle(await Who.Get(), new(null, string.IsNullOrWhiteSpace(AuthorityCode) ? null : AuthorityCode.Trim(), days), leaving.Token);
        refusal = answer.Refusal;
        people = refusal is null ? answer.Value : null;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    private void Go(string name, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, string.IsNullOrEmpty(value) ? null : value));
}
