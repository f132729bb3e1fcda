using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Search;

/// <summary>What was found.</summary>
internal sealed class SearchExport(SearchQuery query, Queues queues, Reasons reasons, IStringLocalizer<SearchText> words, IStringLocalizer<Text> shared) : IListExport
{
    /// <inheritdoc/>
    public string Name => "search";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        SearchRequest request = new(
            filters.Typed, filters["queue"], filters.Enum<CaseState>("state"), reasons.Find(filters["reason"] ?? "")?.Code, Times.Day(filters["from"]), Times.Day(filters["to"]), Rows: ExportTable.RowsAtOnce);
        return (await query.Handle(actor, request, cancel)).Then<ExportTable>(page => ExportTable.Of(
            [words["Receipt"], words["Queue"], words["Name"], words["Document"], words["Authority"], words["Received"], words["State"], words["Closed"]],
            page,
            some => some.Rows.Select(row => new object?[]
            {
                row.ReceiptNumber, queues.Find(row.Queue) is { } queue ? Names.Of(queue) : row.Queue, row.Name, row.Document, row.Authority, Times.Exact(row.ReceivedAt),
                row.Outcome is { } outcome ? shared[$"Outcome_{outcome}"].Value : shared[$"State_{row.State}"].Value, row.ClosedAt is { } at ? Times.Exact(at) : null,
            }),
            some => some.Next is not null,
            some => query.Handle(actor, request with { Before = some.Next }, cancel)));
    }
}
