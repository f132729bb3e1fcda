using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Search;

/// <summary>Finding a case. Filters stand in the URL; what was typed names people and stays in the page.</summary>
public sealed partial class SearchPage(SearchQuery query, CurrentActor who, NavigationManager navigation, Queues queueTypes, Authorities authorities, IStringLocalizer<Text> shared) : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private IReadOnlyList<QueueType> queues = [];
    private string text = "";
    private Found? found;
    private Refusal? refusal;
    private CaseId? before;
    private bool looking;
    private int loads;

    /// <summary>Only what came in by this queue.</summary>
    [SupplyParameterFromQuery(Name = "queue")]
    public string? Queue { get; set; }

    /// <summary>Only cases in this state; one of <see cref="CaseState"/>.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>First day of receipt, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>Last day of receipt, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    private Queues Queues => queueTypes;

    private Authorities Authorities => authorities;

    private IStringLocalizer<Text> Shared => shared;

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
        // A filter narrows what is shown already.
        if (found is not null)
            await Load(null);
    }

    private static string Name(QueueType queue) => CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal) ? queue.Name : queue.NameEn;

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private Task Look() => Load(null);

    private async Task Load(CaseId? after)
    {
        if (Blank(text) is not { } asked)
        {
            (found, refusal) = (null, null);
            return;
        }

        var started = ++loads;
        looking = true;
        CaseState? state = Enum.TryParse<CaseState>(State, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : null;
        var answer = await query.Handle(await who.Get(), new(asked, Blank(Queue), state, Times.Day(From), Times.Day(To), after), leaving.Token);
        // A newer question is already under way.
        if (started != loads)
            return;
        (looking, refusal, before) = (false, answer.Refusal, after);
        found = refusal is null ? answer.Value : null;
    }

    private void Go(string? queue, string? state, string? from, string? to) => navigation.NavigateTo(navigation.GetUriWithQueryParameters("/search", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["queue"] = Blank(queue),
        ["state"] = Blank(state),
        ["from"] = Blank(from),
        ["to"] = Blank(to),
    }));
}
