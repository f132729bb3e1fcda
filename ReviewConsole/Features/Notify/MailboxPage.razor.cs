using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Notify;

/// <summary>What applicants were told, and whether it reached them. What the list shows stands in the URL.</summary>
public sealed partial class MailboxPage(
    MailboxQuery query, DeliveryCountsQuery counting, DeliveryHistoryQuery changes, DeadLettersQuery dead, ResendDeliveries resend,
    CurrentActor who, ChangeFeed feed, NavigationManager navigation, ISnackbar snackbar, RefusalWords words, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private MailboxList? list;
    private DeliveryCounts? counts;
    private DeliveryHistory? history;
    private Refusal? refusal;
    private Refusal? historyRefusal;
    private DeliveryState? state;
    private Channel? channel;
    private Guid? asked;
    private Batch? batch;
    private ElementReference confirm;
    private bool focusConfirm;
    private bool maySeeCases;
    private bool mayResend;
    private bool busy;
    private Renewal? renewal;
    private int loads;
    private int shown;

    /// <summary>Only notices about the case of this 受理号.</summary>
    [SupplyParameterFromQuery(Name = "receipt")]
    public string? Receipt { get; set; }

    /// <summary>Only notices with a delivery in this state; one of <see cref="DeliveryState"/>.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>Only deliveries on this channel; one of <see cref="Domain.Notices.Channel"/>.</summary>
    [SupplyParameterFromQuery(Name = "channel")]
    public string? ChannelName { get; set; }

    /// <summary>First day, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>Last day, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary>The last notice of the page before.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    /// <summary>The delivery whose history is open.</summary>
    [SupplyParameterFromQuery(Name = "delivery")]
    public string? DeliveryId { get; set; }

    private bool Filtered => Here != new Address() || After is not null;

    // The filters; place and open history are added where they stay.
    private Address Here => new(state?.ToString(), channel?.ToString(), Blank(Receipt), Blank(From), Blank(To));

    private MailboxFilter Filter => new(Blank(Receipt), state, channel, Times.Day(From), Times.Day(To), MailboxPlace.Parse(After));

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
            renewal = new(feed, time, e => e is DeliveryEvent, () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        (state, channel) = (Named<DeliveryState>(State), Named<Channel>(ChannelName));
        asked = Guid.TryParse(DeliveryId, out var id) ? id : null;
        // What was proposed was proposed for another filter.
        if (batch is { State: BatchState.Proposed } && batch.For != Filter with { After = null })
            batch = null;
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focusConfirm)
        {
            focusConfirm = false;
            await confirm.FocusAsync();
        }
    }

    private static T? Named<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static string Tone(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "ok",
        DeliveryState.Dead => "bad",
        _ => "look",
    };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private string? RowClass(MailboxRow row) =>
        (row.Deliveries.Any(d => d.State == DeliveryState.Dead), row.Deliveries.Any(d => d.Id == asked)) switch
        {
            (true, true) => "late on",
            (true, false) => "late",
            (false, true) => "on",
            _ => null,
        };

    private string Fault(string fault) => Values[$"Value_{fault}"] is { ResourceNotFound: false } said ? said : fault;

    private async Task Load()
    {
        var started = ++loads;
        var actor = await who.Get();
        var answer = await query.Handle(actor, Filter, leaving.Token);
        var counted = await counting.Handle(actor, leaving.Token);
        var told = asked is { } id ? await changes.Handle(actor, id, leaving.Token) : (Answer<DeliveryHistory>?)null;
        // A newer answer is there already.
        if (started < shown)
            return;
        shown = started;
        (maySeeCases, mayResend) = (actor.May(Permission.SeeCases), actor.May(ResendDeliveries.Needs));
        refusal = answer.Refusal;
        list = refusal is null ? answer.Value : null;
        counts = counted.Refusal is null ? counted.Value : null;
        historyRefusal = told?.Refusal;
        history = told is { Refusal: null } lines ? lines.Value : null;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    // Only what can be a receipt number may stand in the address: people type names and numbers here, too.
    private void ChooseReceipt(string? receipt)
    {
        if (Blank(receipt) is not { } text || Queues.ReceiptStart(text) is not null)
            Go(Here with { Receipt = receipt });
        else
            snackbar.Add(words.Of(new("RECEIPT_TEXT")), Severity.Warning);
    }

    private async Task Send(MailboxDelivery delivery)
    {
        if (busy || list is null)
            return;
        busy = true;
        try
        {
            var answer = await resend.Handle(await who.Get(), [delivery.Id], list.AsOf);
            var no = answer.Refusal ?? (answer.Value is [var not] ? not.Why : null);
            snackbar.Add(no is not null ? words.Of(no) : T["Resent"], no is null ? Severity.Success : Severity.Warning);
            await Load();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task Propose()
    {
        if (busy || batch is not null)
            return;
        var asking = Filter with { After = null };
        var answer = await dead.Handle(await who.Get(), asking, leaving.Token);
        if (answer.Refusal is { } no)
            snackbar.Add(words.Of(no), Severity.Warning);
        else if (answer.Value.Deliveries.IsEmpty)
            snackbar.Add(T["ResendAll_None"], Severity.Info);
        else
            (batch, focusConfirm) = (new(asking, answer.Value), true);
    }

    private async Task ResendAll()
    {
        if (busy || batch is not { State: BatchState.Proposed } sending)
            return;
        (busy, sending.State) = (true, BatchState.Running);
        try
        {
            var actor = await who.Get();
            foreach (var ids in sending.Ids.Chunk(ResendDeliveries.MostAtOnce))
            {
                if (sending.Stopping || leaving.IsCancellationRequested)
                    break;
                var answer = await resend.Handle(actor, ids, sending.AsOf);
                if (answer.Refusal is { } no)
                {
                    sending.Fault = no;
                    break;
                }

                sending.Tried += ids.Length;
                sending.Not.AddRange(answer.Value);
                StateHasChanged();
                // Between two batches the page hears whoever wants to stop, and others get to write.
                await Task.Yield();
            }
        }
        finally
        {
            (busy, sending.State) = (false, BatchState.Done);
        }

        if (!leaving.IsCancellationRequested)
            await Load();
    }

    private void CloseBatch() => batch = null;

    private void Go(Address address) => navigation.NavigateTo(AddressOf(address));

    private string AddressOf(Address address) => navigation.GetUriWithQueryParameters("/mailbox", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["state"] = Blank(address.State),
        ["channel"] = Blank(address.Channel),
        ["receipt"] = Blank(address.Receipt),
        ["from"] = Blank(address.From),
        ["to"] = Blank(address.To),
        ["after"] = address.After,
        ["delivery"] = address.Delivery,
    });

    private sealed record Address(
        string? State = null, string? Channel = null, string? Receipt = null, string? From = null, string? To = null, string? After = null, Guid? Delivery = null);

    private enum BatchState
    {
        Proposed,
        Running,
        Done,
    }

    /// <summary>What is sent again at one go, from the proposal to its result.</summary>
    private sealed class Batch(MailboxFilter asked, DeadLetters found)
    {
        public MailboxFilter For => asked;

        public ImmutableArray<Guid> Ids => found.Deliveries;

        public bool More => found.More;

        public long AsOf => found.AsOf;

        public BatchState State { get; set; }

        public int Tried { get; set; }

        public List<NotResent> Not { get; } = [];

        public Refusal? Fault { get; set; }

        public bool Stopping { get; private set; }

        public void Stop() => Stopping = true;
    }
}
