using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Audit;

/// <summary>The audit log as its list is filtered.</summary>
internal sealed class AuditExport(AuditQuery query, AuditWords subjects, EventWords events, IStringLocalizer<AuditText> words, IStringLocalizer<EventText> lines) : IListExport
{
    /// <inheritdoc/>
    public string Name => "audit";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        AuditFilter filter = new(filters["who"], filters["kind"], filters["about"], Times.Day(filters["from"]), Times.Day(filters["to"]), Rows: ExportTable.RowsAtOnce);
        return (await query.Handle(actor, filter, cancel)).Then<ExportTable>(page => ExportTable.Of(
            [words["Column_Row"], words["Column_Time"], words["Who"], words["Column_What"], words["Column_Details"], words["Column_About"], words["Column_Stream"], words["Column_Hash"]],
            page,
            some => some.Rows.Select(row => new object?[]
            {
                row.Id, Times.Exact(row.Line.At), events.Who(row.Line.Who), events.Kind(row.Line.Kind),
                string.Join("; ", events.Details(row.Line).Select(detail => lines["Line", detail.Field, detail.Value].Value)), subjects.Of(row), row.Stream, row.Hash,
            }),
            some => some.Next is not null,
            some => query.Handle(actor, filter with { Before = some.Next }, cancel)));
    }
}

/// <summary>Says in the reader's language what a row of the log is about.</summary>
internal sealed class AuditWords(IStringLocalizer<AuditText> words)
{
    /// <summary>The subject with its kind; the stream where that has no words.</summary>
    public string Of(AuditListRow row) => row.About == "system" && words[$"Stream_{row.Subject}"] is { ResourceNotFound: false } named ? named
        : words[$"About_{row.About}", EventWords.Short(row.Subject)] is { ResourceNotFound: false } said ? said
        : row.Stream;
}
