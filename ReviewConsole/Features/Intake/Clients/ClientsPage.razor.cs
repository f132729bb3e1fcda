using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Domain;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Intake.Clients;

/// <summary>The API clients: who they are, what they may do, and their keys. The one that is looked at stands in the URL.</summary>
public sealed partial class ClientsPage : IDisposable
{
    private const string NewClient = "new";
    private readonly CancellationTokenSource leaving = new();
    private ImmutableArray<ClientRow> rows;
    private Refusal? refusal;
    private (Guid Id, string Key)? made;

    /// <summary>Id of the client whose details are shown; <c>new</c> for one to be made.</summary>
    [SupplyParameterFromQuery(Name = "client")]
    public string? Client { get; set; }

    [Inject]
    private ClientsQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private ClientRow? Chosen => rows.IsDefault || !Guid.TryParse(Client, out var id) ? null : rows.FirstOrDefault(row => row.Id == id);

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var answer = await Query.Handle(await Who.Get(), leaving.Token);
        refusal = answer.Refusal;
        rows = refusal is null ? answer.Value : default;
    }

    private async Task Created((Guid Id, string Key) client)
    {
        made = client;
        await Load();
        Go(client.Id.ToString());
    }

    private void Go(string? client)
    {
        if (client is null || client == NewClient)
            made = null;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/clients", new Dictionary<string, object?>(StringComparer.Ordinal) { ["client"] = client }));
    }
}
