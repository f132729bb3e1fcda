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
    MailboxQuery query, ResendDelivery resend, CurrentActor who, ChangeFeed feed, NavigationManager navigation, ISnackbar snackbar, RefusalWords words, TimeProvider time) : IDisposable
{
    // Notices come in bursts: one reading answers all of them.
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource leaving = new();
    private MailboxList? list;
    private Refusal? refusal;
    private DeliveryState? state;
    private bool maySeeCases;
    private bool mayResend;
    private bool busy;
    private IDisposable? listening;
    private int changed;

    /// <summary>Only notices about the case of this 受理号.</summary>
    [SupplyParameterFromQuery(Name = "receipt")]
    public string? Receipt { get; set; }

    /// <summary>Only notices with a delivery in this state; one of <see cref="DeliveryState"/>.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>The last notice of the page before.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    private bool Filtered => Receipt is not null || state is not null || After is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        listening?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        state = Enum.TryParse<DeliveryState>(State, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : null;
        await Load();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            listening = feed.Listen(OnChange);
    }

    private static string Tone(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "ok",
        DeliveryState.Dead => "bad",
        _ => "look",
    };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task Load()
    {
        var actor = await who.Get();
        (maySeeCases, mayResend) = (actor.May(Permission.SeeCases), actor.May(ResendDelivery.Needs));
        var answer = await query.Handle(actor, new(Blank(Receipt), state, MailboxPlace.Parse(After)), leaving.Token);
        refusal = answer.Refusal;
        list = refusal is null ? answer.Value : null;
    }

    private void OnChange(IReadOnlyList<DomainEvent> happened)
    {
        if (happened.Any(e => e is DeliveryEvent) && Interlocked.Exchange(ref changed, 1) == 0)
            _ = InvokeAsync(Renew);
    }

    private async Task Renew()
    {
        try
        {
            await Task.Delay(Calm, time, leaving.Token);
            Interlocked.Exchange(ref changed, 0);
            await Load();
            StateHasChanged();
        }
        catch (Exception left) when (left is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left meanwhile.
        }
    }

    private async Task Send(MailboxDelivery delivery)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var answer = await resend.Handle(await who.Get(), delivery.Id);
            snackbar.Add(answer.Refusal is { } no ? words.Of(no) : T["Resent"], answer.Refusal is null ? Severity.Success : Severity.Warning);
            await Load();
        }
        finally
        {
            busy = false;
        }
    }

    private void ChooseState(string value) => Go(value, Receipt, null);

    private void ChooseReceipt(string value) => Go(State, value, null);

    private void Older() => Go(State, Receipt, list?.Next?.ToString());

    private void Newest() => Go(State, Receipt, null);

    private void Go(string? show, string? receipt, string? after) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters("/mailbox", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["state"] = Blank(show),
            ["receipt"] = Blank(receipt),
            ["after"] = after,
        }));
}
