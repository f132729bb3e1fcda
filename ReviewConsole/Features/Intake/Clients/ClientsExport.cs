using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Intake.Clients;

/// <summary>The API clients as their list shows them; keys are not kept, and not there.</summary>
internal sealed class ClientsExport(ClientsQuery query, IStringLocalizer<ClientText> words) : IListExport
{
    /// <inheritdoc/>
    public string Name => "clients";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel) =>
        (await query.Handle(actor, cancel)).Then<ExportTable>(clients => new ExportTable(
            [words["Column_Name"], words["Column_State"], words["Column_Permissions"], words["Column_Rate"], words["Column_LastUsed"], words["Column_Created"]],
            clients.Select(row => new object?[]
            {
                row.Name, ClientLook.State(words, row), ClientLook.Permissions(words, row), row.RequestsPerMinute, row.LastUsed is { } used ? Times.Exact(used) : null, Times.Exact(row.CreatedAt),
            }).ToAsyncEnumerable()));
}
