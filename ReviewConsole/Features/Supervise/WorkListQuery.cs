using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Supervise;

/// <summary>Which cases of a supervisor's list.</summary>
public enum WorkFilter
{
    /// <summary>超时与将超时: overdue, or due within eight business hours.</summary>
    Pressing,

    /// <summary>超时.</summary>
    Overdue,

    /// <summary>在办: everything that waits for the desk.</summary>
    Open,
}

/// <summary>What a supervisor's list is asked for.</summary>
/// <param name="Queue">Only this queue; null for all in reach.</param>
/// <param name="Authority">Only this authority and those below it; null for all in reach.</param>
/// <param name="Filter">Which cases.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Rows">Most rows of a page, 1 or more.</param>
public sealed record WorkRequest(string? Queue = null, string? Authority = null, WorkFilter Filter = WorkFilter.Pressing, string? After = null, int Rows = WorkListQuery.PageSize);

/// <summary>A case in a supervisor's list; it names no applicant.</summary>
public sealed record WorkRow(
    CaseId Id, string ReceiptNumber, string Queue, string Authority, SlaTargets Targets, DateTimeOffset ReceivedAt, CaseState State, CasePriority Priority, bool Proposed, string? HeldBy, bool Ready);

/// <summary>A page of it.</summary>
/// <param name="Rows">Its rows, by due time.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record WorkPage(IReadOnlyList<WorkRow> Rows, string? Next);

/// <summary>Lists what waits, over several queues, by due time and keyset: each queue is a seek in the index, and the pages are merged.</summary>
internal sealed class WorkListQuery(Reads reads, Queues queues, Authorities authorities, StaffedTime hours, TimeProvider time) : IUseCase
{
    /// <summary>Rows a page.</summary>
    public const int PageSize = 25;

    private const int PressingHours = 8;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Supervise;

    /// <summary>One page.</summary>
    public Task<Answer<WorkPage>> Handle(Actor actor, WorkRequest request, CancellationToken cancel = default) => reads.Run<WorkListQuery, WorkPage>(actor, async db =>
    {
        var scoped = Scope.Of(actor, queues, authorities, request.Queue, request.Authority);
        if (scoped.Refusal is { } notFound)
            return notFound;
        var (scope, now, after) = (scoped.Value, time.GetUtcNow(), Cursor.Read(request.After));
        var limit = request.Filter switch
        {
            WorkFilter.Overdue => now,
            WorkFilter.Pressing => hours.Business.Add(now, TimeSpan.FromHours(PressingHours)).ToUniversalTime(),
            _ => DateTimeOffset.MaxValue,
        };
        List<Found> found = [];
        foreach (var queue in scope.Queues)
        {
            var cases = db.Cases.Where(c => c.Queue == queue && c.State != CaseState.Closed && scope.Authorities.Contains(c.Authority) && !c.Paused && c.DecidedAt == null && c.DueAt <= limit);
            // 'a >= A && (a > A || …)' lets the database seek.
            if (after is not null)
                cases = cases.Where(c => c.DueAt >= after.At && (c.DueAt > after.At || c.Id > after.Id));
            found.AddRange(await cases.OrderBy(c => c.DueAt).ThenBy(c => c.Id).Take(request.Rows + 1).Select(c => new Found(
                c.Id, c.ReceiptNumber, c.Queue, c.Authority, c.HalfAt, c.PressingAt, c.DueAt, c.ReceivedAt, c.State, c.Priority, c.Proposal != null, c.Holder, c.LeaseUntil, c.Prefetched)).ToListAsync(cancel));
        }

        // As the database orders ids: by their text.
        found = [.. found.OrderBy(c => c.DueAt).ThenBy(c => c.Id.ToString(), StringComparer.Ordinal)];
        var page = found.Take(request.Rows).ToList();
        var holders = page.Where(c => c.Holder is not null).Select(c => c.Holder!.Value.Value).Distinct().ToList();
        var names = await db.Users.Where(u => holders.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        return new WorkPage(
            [.. page.Select(c =>
            {
                var held = c.State == CaseState.Claimed && c.LeaseUntil > now;
                return new WorkRow(
                    c.Id, c.ReceiptNumber, c.Queue, c.Authority, new(c.HalfAt, c.PressingAt, c.DueAt), c.ReceivedAt, c.State == CaseState.Claimed && !held ? CaseState.Open : c.State, (CasePriority)c.Priority, c.Proposed,
                    held ? names.GetValueOrDefault(c.Holder!.Value.Value, "") : null, held && c.Ready);
            })],
            found.Count > request.Rows ? Cursor.Write(page[^1].DueAt, page[^1].Id) : null);
    }, cancel);

    private sealed record Found(
        CaseId Id, string ReceiptNumber, string Queue, string Authority, DateTimeOffset HalfAt, DateTimeOffset PressingAt, DateTimeOffset DueAt, DateTimeOffset ReceivedAt, CaseState State, int Priority, bool Proposed,
        ReviewerId? Holder, DateTimeOffset? LeaseUntil, bool Ready);
}
