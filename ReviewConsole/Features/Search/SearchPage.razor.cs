using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Search;

/// <summary>Finding a case. Filters and the place in the list stand in the URL; what was typed names people and stays out of it.</summary>
public sealed partial class SearchPage(
    SearchQuery query, LastSearch last, CurrentActor who, NavigationManager navigation, Queues queueTypes, Reasons reasons, Authorities authorities, IStringLocalizer<Text> shared) : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private IReadOnlyList<QueueType> queues = [];
    private Found? found;
    private string? foundBy;
    private Refusal? refusal;
    private bool looking;
    private int loads;

    /// <summary>Only what came in by this queue.</summary>
    [SupplyParameterFromQuery(Name = "queue")]
    public string? Queue { get; set; }

    /// <summary>Only cases in this state; one of <see cref="CaseState"/>.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>Only cases whose verdict names this reason; a code of the catalogue.</summary>
    [SupplyParameterFromQuery(Name = "reason")]
    public string? Reason { get; set; }

    /// <summary>First day of receipt, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>Last day of receipt, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary>The last case of the page before.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    private Queues Queues => queueTypes;

    private Authorities Authorities => authorities;

    private IStringLocalizer<Text> Shared => shared;

    private Filter Filters => new(Blank(Queue), Blank(State), Blank(Reason), Blank(From), Blank(To));

    private IEnumerable<RejectReason> Offered => reasons.All.Where(reason => Blank(Queue) is { } one ? reason.QueueId == one : queues.Any(queue => queue.Id == reason.QueueId));

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var actor = await who.Get();
        queues = [.. queueTypes.All.Where(queue => actor.Queues.Contains(queue.Id))];
        await Load();
    }

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    // What is looked for anew begins on its first page.
    private Task Look()
    {
        if (Before is null)
            return Load();
        Go(Filters);
        return Task.CompletedTask;
    }

    private async Task Load()
    {
        CaseState? state = Enum.TryParse<CaseState>(State, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : null;
        SearchRequest asked = new(
            Blank(last.Text), Blank(Queue), state, reasons.Find(Blank(Reason) ?? "")?.Code, Times.Day(From), Times.Day(To), Guid.TryParse(Before, out var id) ? new CaseId(id) : null);
        var started = ++loads;
        if (!asked.Asks)
        {
            (found, refusal, looking) = (null, null, false);
            return;
        }

        looking = true;
        var answer = await query.Handle(await who.Get(), asked, leaving.Token);
        // A newer question is already under way.
        if (started != loads)
            return;
        (looking, refusal) = (false, answer.Refusal);
        (found, foundBy) = (refusal is null ? answer.Value : null, asked.Text);
    }

    private void Go(Filter filter, CaseId? before = null) => navigation.NavigateTo(navigation.GetUriWithQueryParameters("/search", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["queue"] = Blank(filter.Queue),
        ["state"] = Blank(filter.State),
        ["reason"] = Blank(filter.Reason),
        ["from"] = Blank(filter.From),
        ["to"] = Blank(filter.To),
        ["before"] = before?.ToString(),
    }));

    private sealed record Filter(string? Queue = null, string? State = null, string? Reason = null, string? From = null, string? To = null);
}
