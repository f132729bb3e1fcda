using Microsoft.AspNetCore.Components;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Photos;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Desk;

/// <summary>A queue: its cases by due time, kept up to date, and 'next'. What the list shows stands in the URL.</summary>
public sealed partial class QueuePage : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private Actor actor = Actor.Nobody;
    private ListPage? page;
    private QueueNumbers? numbers;
    private Refusal? refusal;
    private ListFilter filter;
    private IReadOnlyList<Authority> reach = [];
    private bool mayClaim;
    private bool busy;
    private Renewal? renewal;
    private IDisposable? looking;
    private int loads;
    private int shown;

    /// <summary>The queue's id, from the address.</summary>
    [Parameter]
    public string QueueId { get; set; } = "";

    /// <summary>Which cases; one of <see cref="ListFilter"/>.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    /// <summary>Only this authority and those below it.</summary>
    [SupplyParameterFromQuery(Name = "authority")]
    public string? AuthorityCode { get; set; }

    /// <summary>Only receipt numbers that begin so.</summary>
    [SupplyParameterFromQuery(Name = "receipt")]
    public string? Receipt { get; set; }

    /// <summary>Cursor of the page before.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    [Inject]
    private QueueQuery Query { get; set; } = null!;

    [Inject]
    private ClaimNext ClaimNext { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private OpenCases Open { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private RefusalWords Words { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private QueueType? Queue => Queues.Find(QueueId);

    private string Title => Queue is null ? T["Queue_Unknown"] : Names.Of(Queue);

    private bool Filtered => filter != ListFilter.Unclosed || AuthorityCode is not null || Receipt is not null || After is not null;

    private Dictionary<string, string?> Filters => new(StringComparer.Ordinal) { ["queue"] = QueueId, ["show"] = Show, ["authority"] = AuthorityCode, ["receipt"] = Receipt };

    private bool HasPhotoSource => page?.Rows.Any(row => row.PhotoSource is not null) == true;

    /// <inheritdoc/>
    public void Dispose()
    {
        renewal?.Dispose();
        looking?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (!RendererInfo.IsInteractive)
            return;
        renewal = new(Feed, Time, e => e is CaseEvent and not ClockMoved and not PersonalDataRevealed, () => InvokeAsync(Renew));
        looking = Open.Listen(id =>
        {
            if (page?.Rows.Any(row => row.Id == id) == true)
                renewal.Soon();
        });
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        filter = Enum.TryParse<ListFilter>(Show, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : ListFilter.Unclosed;
        actor = await Who.Get();
        reach = [.. Authorities.All.Where(authority => actor.Authorities.Contains(authority.Code))];
        mayClaim = Queue is { } queue && actor.May(queue.Takes) && actor.Queues.Contains(queue.Id);
        await Load();
    }

    private static bool IsLate(DateTimeOffset now, ListRow row) => !row.Paused && (row.DecidedAt ?? row.ClosedAt ?? now) >= row.Targets.DueAt;

    private static PhotoReport? Worst(ListRow row) => row.Reports.MaxBy(report => report.Worst switch
    {
        CheckResult.Fail => 3,
        CheckResult.Look => 2,
        CheckResult.Unmeasured => 1,
        _ => 0,
    });

    private bool IsLate(ListRow row) => IsLate(Time.GetUtcNow(), row);

    private async Task Load()
    {
        var (started, reader) = (++loads, await Who.Get());
        var answer = await Query.Page(reader, new(QueueId, filter, Blank(AuthorityCode), Blank(Receipt), After), leaving.Token);
        var counted = await Query.Numbers(reader, QueueId, leaving.Token);
        // A newer answer, perhaps to other filters, is already there.
        if (started < shown)
            return;
        (shown, actor, refusal) = (started, reader, answer.Refusal);
        page = refusal is null ? answer.Value : null;
        numbers = counted.Refusal is null ? counted.Value : null;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    private async Task Next()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            // Asked anew: duty or rights may have changed since the list was read.
            var claim = await ClaimNext.Handle(await Who.Get(), QueueId);
            if (claim.Refusal is { } no)
                Snackbar.Add(Words.Of(no), Severity.Info);
            else
                Navigation.NavigateTo($"/cases/{claim.Value.Case}");
        }
        finally
        {
            busy = false;
        }
    }

    private void Choose(ListFilter value) => Go(value, AuthorityCode, Receipt, null);

    private void ChooseAuthority(string code) => Go(filter, code, Receipt, null);

    // Only what can be a receipt number may stand in the address: people type names and numbers here, too.
    private void ChooseReceipt(string receipt)
    {
        if (Blank(receipt) is null || Queues.ReceiptStart(receipt) is not null)
            Go(filter, AuthorityCode, receipt, null);
        else
            Snackbar.Add(Words.Of(new Refusal("RECEIPT_TEXT")), Severity.Warning);
    }

    private void NextPage() => Go(filter, AuthorityCode, Receipt, page?.Next);

    private void FirstPage() => Go(filter, AuthorityCode, Receipt, null);

    private void Go(ListFilter show, string? authority, string? receipt, string? after) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters($"/queues/{QueueId}", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["show"] = show == ListFilter.Unclosed ? null : show.ToString(),
            ["authority"] = Blank(authority),
            ["receipt"] = Blank(receipt),
            ["after"] = after,
        }));

    // Who holds it is named already.
    private IReadOnlyList<string> Lookers(ListRow row) => [.. Open.Names(row.Id, actor.Staff).Where(name => name != row.HeldBy)];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
