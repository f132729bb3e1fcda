using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Supervise;

/// <summary>A list was taken out of the console. What it was filtered by is in codes.</summary>
public sealed record ListExported(string List, string Format, string? Queue, string? Authority) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => "system:exports";
}

/// <summary>Records that a list is taken out, before its first row leaves.</summary>
internal sealed class RecordExport(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Export;

    /// <summary>Records.</summary>
    public Task<Answer<Done>> Handle(Actor actor, string list, string format, string? queue, string? authority, CancellationToken cancel) =>
        commit.Run<RecordExport, Done>(actor, unit =>
        {
            unit.Record(new ListExported(list, format, queue, authority));
            return Task.FromResult<Answer<Done>>(default(Done));
        }, cancel);
}

/// <summary>The addresses of the exports: <c>/exports/LIST.csv</c> and <c>.xlsx</c>, filtered like the list by the query; what was typed to find it comes in the body of a form.</summary>
internal static class ExportEndpoint
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static Task<IResult> Answer(string list, string format, HttpContext http, IEnumerable<IListExport> exports, StaffActors staff, RecordExport record, CancellationToken cancel) =>
        Answer(list, format, new(http.Request.Query), http, exports, staff, record, cancel);

    public static Task<IResult> AnswerTyped(
        string list, string format, [FromForm] string? text, HttpContext http, IEnumerable<IListExport> exports, StaffActors staff, RecordExport record, CancellationToken cancel) =>
        Answer(list, format, new(http.Request.Query, text), http, exports, staff, record, cancel);

    private static async Task<IResult> Answer(
        string list, string format, ExportFilters filters, HttpContext http, IEnumerable<IListExport> exports, StaffActors staff, RecordExport record, CancellationToken cancel)
    {
        if (exports.FirstOrDefault(e => e.Name == list) is not { } export || format is not ("csv" or "xlsx"))
            return Results.NotFound();
        var actor = await staff.Of(http.User, cancel);
        var table = await export.Open(actor, filters, cancel);
        if (table.Refusal is not null || (await record.Handle(actor, list, format, filters["queue"], filters["authority"], cancel)).Refusal is not null)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return format == "csv"
            ? Results.Stream(body => TableFile.WriteCsv(table.Value, body, cancel), "text/csv; charset=utf-8", $"{list}.csv")
            : Results.Stream(await TableFile.Xlsx(table.Value, cancel), Xlsx, $"{list}.xlsx");
    }
}

/// <summary>The supervisor's list of cases.</summary>
internal sealed class WorkExport(WorkListQuery query, Queues queues, IStringLocalizer<SuperviseText> words, IStringLocalizer<Text> shared) : IListExport
{
    /// <inheritdoc/>
    public string Name => "work";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        WorkRequest request = new(filters["queue"], filters["authority"], filters.Enum<WorkFilter>("show") ?? WorkFilter.Pressing, Rows: ExportTable.RowsAtOnce);
        var first = await query.Handle(actor, request, cancel);
        return first.Then<ExportTable>(page => ExportTable.Of(
            [words["Column_Receipt"], words["Column_Queue"], words["Column_Authority"], words["Column_Received"], words["Column_Due"], words["Column_State"], words["Column_Priority"], words["Column_Holder"]],
            page,
            some => some.Rows.Select(row => new object?[]
            {
                row.ReceiptNumber, Names.Of(queues.Find(row.Queue)!), row.Authority, Times.Exact(row.ReceivedAt), Times.Exact(row.Targets.DueAt), shared[$"State_{row.State}"].Value,
                words[$"Priority_{row.Priority}"].Value, row.HeldBy,
            }),
            some => some.Next is not null,
            some => query.Handle(actor, request with { After = some.Next }, cancel)));
    }
}

/// <summary>The reviewer view.</summary>
internal sealed class ReviewersExport(PeopleQuery query, IStringLocalizer<SuperviseText> words) : IListExport
{
    /// <inheritdoc/>
    public string Name => "reviewers";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel) =>
        (await query.Handle(actor, new(filters["queue"], filters["authority"], filters.Days), cancel)).Then<ExportTable>(people => new ExportTable(
            [words["Column_Name"], words["Column_Decided"], words["Column_Median"], words["Column_P90"], words["Column_Overturned"], words["Column_Looked"], words["Column_LookOverturned"], words["Column_OverturnedShare"], words["Column_OverturnedLow"], words["Column_OverturnedHigh"], words["Column_Returned"]],
            people.Numbers.Select(p => new object?[]
            {
                p.Name, p.Decided, p.Median?.TotalSeconds, p.P90?.TotalSeconds, p.Corrected, p.Looked, p.LookOverturned, p.Overturned?.Share, p.Overturned?.Low, p.Overturned?.High, p.Returned,
            }).ToAsyncEnumerable()));
}

/// <summary>The monthly report on the time limit.</summary>
internal sealed class SlaExport(SlaReportQuery query, Queues queues, IStringLocalizer<SuperviseText> words) : IListExport
{
    /// <inheritdoc/>
    public string Name => "sla";

    /// <inheritdoc/>
    public async Task<Answer<ExportTable>> Open(Actor actor, ExportFilters filters, CancellationToken cancel)
    {
        var month = query.MonthOf(filters["month"]);
        return (await query.Handle(actor, month, filters["queue"], filters["authority"], cancel)).Then<ExportTable>(report => new ExportTable(
            [
                words["Column_Month"], words["Column_Authority"], words["Column_Queue"], words["Column_Arrived"], words["Column_Decided"], words["Column_InTime"], words["Column_Late"], words["Column_InTimeShare"],
                words["Column_Approved"], words["Column_Rejected"], words["Column_Referred"], words["Column_Ended"], words["Column_P50Hours"], words["Column_P90Hours"],
            ],
            report.Lines.Append(report.Sum).Select(line => new object?[]
            {
                $"{month:yyyy-MM}", line.Authority.Length == 0 ? words["Sum"].Value : line.Authority, queues.Find(line.Queue) is { } queue ? Names.Of(queue) : "", line.Arrived, line.Decided, line.InTimeCount,
                line.Late, line.Share, line.Approved, line.Rejected, line.Referred, line.Ended, line.P50?.TotalHours, line.P90?.TotalHours,
            }).ToAsyncEnumerable()));
    }
}
