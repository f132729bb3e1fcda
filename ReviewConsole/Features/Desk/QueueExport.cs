using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Desk;

/// <summary>A queue's list as it is filtered, names and numbers masked as on the screen.</summary>
internal sealed class QueueExport(QueueQuery query, IStringLocalizer<DeskText> words, IStringLocalizer<Text> shared) : IListExport
{
    private const int RowsAtOnce = 200;

    /// <inheritdoc/>
    public string Name => "queue";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        ListRequest request = new(filters["queue"] ?? "", filters.Enum("show", ListFilter.Unclosed), filters["authority"], filters["receipt"], Rows: RowsAtOnce);
        var first = await query.Page(actor, request, cancel);
        return first.Then<ExportTable>(page => new ExportTable(
            [words["Column_Receipt"], words["Column_Name"], words["Column_Document"], words["Column_Authority"], words["Column_Received"], words["Column_DueAt"], words["Column_State"], words["Column_Holder"], words["Column_DecidedAt"]],
            Rows(page)));

        async IAsyncEnumerable<object?[]> Rows(ListPage page)
        {
            while (true)
            {
                foreach (var row in page.Rows)
                {
                    yield return
                    [
                        row.ReceiptNumber, row.Name, row.Document, row.Authority, Times.Exact(row.ReceivedAt), Times.Exact(row.Targets.DueAt),
                        row.Outcome is { } outcome ? shared[$"Outcome_{outcome}"].Value : shared[$"State_{row.State}"].Value, row.HeldBy, row.DecidedAt is { } at ? Times.Exact(at) : null,
                    ];
                }

                if (page.Next is null || await query.Page(actor, request with { After = page.Next }, cancel) is not { Refusal: null } next)
                    yield break;
                page = next.Value;
            }
        }
    }
}
