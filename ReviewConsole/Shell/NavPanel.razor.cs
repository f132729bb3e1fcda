using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Staff;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Shell;

/// <summary>The navigation, for the person signed in.</summary>
public sealed partial class NavPanel(
    CurrentActor current,
    Queues all,
    WaitingCounts waiting,
    IEnumerable<NavEntry> entries,
    IEnumerable<INavAlarm> alarms,
    IStringLocalizerFactory words,
    PageRoutes pages,
    ChangeFeed feed,
    ChangeDuty duty,
    NavigationManager navigation,
    TimeProvider time)
{
    // Many decisions a second must not make every open page read as often.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    // A window of notification opens without anybody doing anything.
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private Actor actor = Actor.Nobody;
    private IReadOnlyList<QueueType> queues = [];
    private Dictionary<string, int> counts = [];
    private readonly Dictionary<string, int> calling = new(StringComparer.Ordinal);
    private Renewal? renewal;
    private bool changing;

    private bool HasQueuePages => pages.Has("/queues/{QueueId}");

    private string? Role => Permissions.Single.Where(role => actor.Roles.HasFlag(role)).Select(role => Shared[$"Role_{role}"].Value).FirstOrDefault();

    /// <summary>What page it is, where that has keys; their sheet is offered then.</summary>
    [Parameter]
    public KeyPage? Page { get; set; }

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    // Going off duty gives back what is in hand: no key does so beside a case.
    private bool HasDutyKey => Page == KeyPage.Queue;

    /// <summary>The page of a queue.</summary>
    public static string QueuePage(QueueType queue) => $"/queues/{queue.Id}";

    /// <inheritdoc/>
    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        renewal?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (!RendererInfo.IsInteractive)
            return;
        renewal = new(feed, time, Counts, () => InvokeAsync(Renew), Calm, Minute);
        navigation.LocationChanged += Moved;
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Read();

    // The page that was opened may have answered what a number called for.
    private void Moved(object? sender, LocationChangedEventArgs to) => renewal?.Soon();

    private bool Counts(DomainEvent happened) =>
        happened is CaseEvent || (happened is StaffEvent changed && changed.User == actor.Staff) || alarms.Any(alarm => alarm.Follows(happened));

    private async Task ToggleDuty()
    {
        if (changing)
            return;
        changing = true;
        try
        {
            await duty.Handle(await current.Get(), !actor.OnDuty);
            await Read();
        }
        finally
        {
            changing = false;
        }
    }

    private async Task Renew()
    {
        await Read();
        // The account was closed, or its password reset: what is on the screen goes at once, not with the next step.
        if (actor == Actor.Nobody)
            navigation.NavigateTo(navigation.Uri, forceLoad: true);
        StateHasChanged();
    }

    private async Task Read()
    {
        actor = await current.Get();
        queues = actor.May(Permission.SeeCases) ? [.. all.All.Where(queue => actor.Queues.Contains(queue.Id))] : [];
        if (HasQueuePages && queues.Count > 0 && await waiting.Handle(actor) is { Refusal: null } answer)
            counts = answer.Value;
        foreach (var alarm in alarms)
            calling[alarm.Route] = await alarm.Count(actor);
    }

    private List<NavEntry> Of(NavGroup group) => [.. entries.Where(e => e.Group == group && actor.May(e.Needs)).OrderBy(e => e.Order)];

    private string Words(NavEntry entry) => words.Create(entry.Words)[entry.Key];
}
