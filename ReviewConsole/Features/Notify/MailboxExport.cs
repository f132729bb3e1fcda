using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Notify;

/// <summary>Notices as their list is filtered, receivers masked as on the screen.</summary>
internal sealed class MailboxExport(MailboxQuery query, IStringLocalizer<NotifyText> words) : IListExport
{
    /// <inheritdoc/>
    public string Name => "notices";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        MailboxFilter filter = new(
            filters["receipt"], filters.Enum<DeliveryState>("state"), filters.Enum<Channel>("channel"), Times.Day(filters["from"]), Times.Day(filters["to"]), Rows: ExportTable.RowsAtOnce);
        return (await query.Handle(actor, filter, cancel)).Then<ExportTable>(page => ExportTable.Of(
            [words["Column_Time"], words["Column_Receipt"], words["Column_Template"], words["Column_Receiver"], words["Column_Text"], words["AppForm"], words["Column_Deliveries"]],
            page,
            some => some.Rows.Select(row => new object?[]
            {
                Times.Exact(row.WrittenAt), row.ReceiptNumber, row.Title, row.Receiver, row.Sms, row.Body,
                string.Join("; ", row.Deliveries.Select(d => words["Delivery", words[$"Channel_{d.Channel}"].Value, words[$"State_{d.State}"].Value].Value)),
            }),
            some => some.Next is not null,
            some => query.Handle(actor, filter with { After = some.Next }, cancel)));
    }
}
