using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Intake.Clients;

/// <summary>One API client: what it may do, its key, what was changed; or the form of a new one.</summary>
public sealed partial class ClientPanel
{
    private readonly HashSet<Permission> granted = [Permission.Intake];
    private ImmutableArray<ChangeLine> changes = [];
    private string? name = "";
    private string? rate = ClientEntry.UsualRate.ToString(CultureInfo.InvariantCulture);
    private string? overlap = "24";
    private ElementReference keyField;
    private string? key;
    private string? seen;
    private string? told;
    private bool refused;
    private bool revoking;
    private bool busy;

    /// <summary>The client; null for one to be made.</summary>
    [Parameter]
    public ClientRow? Row { get; set; }

    /// <summary>The key of a client that was just made: it is shown this once.</summary>
    [Parameter]
    public string? FirstKey { get; set; }

    /// <summary>Something was changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>A client was made: its id and key.</summary>
    [Parameter]
    public EventCallback<(Guid Id, string Key)> OnCreated { get; set; }

    /// <summary>The panel is closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private ClientsQuery Query { get; set; } = null!;

    [Inject]
    private CreateApiClient CreateClient { get; set; } = null!;

    [Inject]
    private ChangeApiClient Change { get; set; } = null!;

    [Inject]
    private RotateApiKey RotateKey { get; set; } = null!;

    [Inject]
    private RevokeApiClient RevokeClient { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    // Not a number is no rate: the use case then says what is one.
    private ClientEntry Entry => new(name ?? "", granted, int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : 0);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Row is not { } row)
            return;
        (name, rate, key) = (row.Name, row.RequestsPerMinute.ToString(CultureInfo.InvariantCulture), FirstKey);
        granted.Clear();
        granted.UnionWith(row.Permissions);
        await LoadChanges();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (key == seen)
            return;
        seen = key;
        // A new key must not appear out of sight.
        if (key is not null)
            await keyField.FocusAsync();
    }

    private void Grant(Permission permission, bool on)
    {
        if (on)
            granted.Add(permission);
        else
            granted.Remove(permission);
    }

    private Task Save() => Do(async actor =>
    {
        if (Row is { } row)
            return Say((await Change.Handle(actor, row.Id, Entry)).Refusal, T["Saved"]);
        var made = await CreateClient.Handle(actor, Entry, CancellationToken.None);
        if (Say(made.Refusal, null))
            await OnCreated.InvokeAsync((ApiKey.Read(made.Value)!.Value.Id, made.Value));
        return false;
    });

    private Task Rotate() => Do(async actor =>
    {
        var answer = await RotateKey.Handle(actor, Row!.Id, TimeSpan.FromHours(double.Parse(overlap!, CultureInfo.InvariantCulture)));
        if (answer.Refusal is null)
            key = answer.Value;
        return Say(answer.Refusal, null);
    });

    private Task Revoke() => Do(async actor =>
    {
        var answer = await RevokeClient.Handle(actor, Row!.Id);
        (revoking, key) = (false, null);
        return Say(answer.Refusal, T["Revoked"]);
    });

    private async Task Copy()
    {
        try
        {
            await Script.InvokeVoidAsync("navigator.clipboard.writeText", key);
            Say(null, T["Key_Copied"]);
        }
        catch (JSException)
        {
            // A browser gives the clipboard to safe origins alone, and only when it is allowed to.
            (refused, told) = (true, T["Key_CopyFailed"]);
        }
    }

    private async Task Do(Func<Actor, Task<bool>> work)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            if (await work(await Who.Get()))
            {
                await OnChanged.InvokeAsync();
                await LoadChanges();
            }
        }
        finally
        {
            busy = false;
        }
    }

    private bool Say(Refusal? refusal, string? done)
    {
        (refused, told) = (refusal is not null, refusal is null ? done : Words.Of(refusal));
        return !refused;
    }

    private async Task LoadChanges()
    {
        var answer = await Query.History(await Who.Get(), Row!.Id);
        changes = answer.Refusal is null ? answer.Value : [];
    }
}
