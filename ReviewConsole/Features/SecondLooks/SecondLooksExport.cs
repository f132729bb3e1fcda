using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>Compared second looks as their list is filtered.</summary>
internal sealed class SecondLooksExport(SecondLooksQuery query, Queues queues, IStringLocalizer<SecondLookText> words, IStringLocalizer<Text> shared) : IListExport
{
    /// <inheritdoc/>
    public string Name => "second-looks";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        var state = SecondLooksPage.StateOf(filters["show"]);
        return (await query.Handle(actor, state, null, ExportTable.RowsAtOnce, cancel)).Then<ExportTable>(page => ExportTable.Of(
            [words["Receipt"], words["Queue"], words["Authority"], words["First"], words["FirstBy"], words["Second"], words["SecondBy"], words["Why"], words["SampledAt"], words["State"]],
            page,
            some => some.Rows.Select(row => new object?[]
            {
                row.Receipt, queues.Find(row.Queue) is { } queue ? Names.Of(queue) : row.Queue, row.Authority, shared[$"Outcome_{row.First}"].Value, row.FirstBy, shared[$"Outcome_{row.Second}"].Value, row.SecondBy,
                words[$"Cause_{row.Why}"].Value, Times.Exact(row.SampledAt), words[$"State_{row.State}"].Value,
            }),
            some => some.Next is not null,
            some => query.Handle(actor, state, some.Next, ExportTable.RowsAtOnce, cancel)));
    }
}
