using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>抽查比对: compared second looks, those to settle first.</summary>
public sealed partial class SecondLooksPage
{
    private const string All = "All";
    private const string Default = nameof(LookState.Differs);
    private readonly CancellationTokenSource leaving = new();
    private string shown = Default;
    private LookPage? page;
    private Refusal? refusal;
    private Renewal? renewal;

    /// <summary>Only those in this state; <c>All</c> for all.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    /// <summary>Cursor of the page before.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [Inject]
    private SecondLooksQuery Query { get; set; } = null!;

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

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

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
            renewal = new(Feed, Time, Query.Follows, () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        shown = StateOf(Show)?.ToString() ?? All;
        return Load();
    }

    /// <summary>The state that a list is filtered by; those to settle where nothing is said, and null for all.</summary>
    internal static LookState? StateOf(string? show) =>
        show == All ? null : Enum.TryParse<LookState>(show, out var state) && SecondLooksQuery.States.Contains(state) ? state : LookState.Differs;

    private async Task Load()
    {
        var actor = await Who.Get();
        var answer = await Query.Handle(actor, StateOf(Show), After, cancel: leaving.Token);
        refusal = answer.Refusal;
        page = refusal is null ? answer.Value : null;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    // Another list begins at its first page.
    private void Go(string name, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
        name == "show" ? new Dictionary<string, object?> { ["show"] = value, ["after"] = null } : new Dictionary<string, object?> { [name] = value }));
}
