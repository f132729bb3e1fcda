using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Desk;

/// <summary>A queue's list as it is filtered, names and numbers masked as on the screen.</summary>
internal sealed class QueueExport(QueueQuery query, IStringLocalizer<DeskText> words, IStringLocalizer<Text> shared) : IListExport
{
    /// <inheritdoc/>
    public string Name => "queue";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        ListRequest request = new(filters["queue"] ?? "", filters.Enum<ListFilter>("show") ?? ListFilter.Unclosed, filters["authority"], filters["receipt"], Rows: ExportTable.RowsAtOnce);
        var first = await query.Page(actor, request, cancel);
        return first.Then<ExportTable>(page => ExportTable.Of(
            [words["Column_Receipt"], words["Column_Name"], words["Column_Document"], words["Column_Authority"], words["Column_Received"], words["Column_DueAt"], words["Column_State"], words["Column_Holder"], words["Column_DecidedAt"]],
            page,
            some => some.Rows.Select(row => new object?[]
            {
                row.ReceiptNumber, row.Name, row.Document, row.Authority, Times.Exact(row.ReceivedAt), Times.Exact(row.Targets.DueAt),
                row.Outcome is { } outcome ? shared[$"Outcome_{outcome}"].Value : shared[$"State_{row.State}"].Value, row.HeldBy, row.DecidedAt is { } at ? Times.Exact(at) : null,
            }),
            some => some.Next is not null,
            some => query.Page(actor, request with { After = some.Next }, cancel)));
    }
}
