using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;

namespace ReviewConsole.Data.Audit;

/// <summary>
/// Walks the whole audit log, stream by stream, and names the first bad row (REC-1). It reads one moment's state of the log, holds one row at a time
/// and keeps no writer waiting.
/// </summary>
/// <remarks>
/// Each row is held by the hash of the row before, the end of a stream by its head, and the streams together by their rows' ids, which have no gap. What
/// it cannot find: a forger who writes a whole stream anew, with every hash after the change and the head, since the hashes have no secret.
/// </remarks>
public sealed class VerifyAudit(Reads reads) : IUseCase
{
    private const int RowsAReport = 1000;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Audit;

    /// <summary>Verifies the log.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="progress">Is told after every thousand rows.</param>
    /// <param name="cancel">Stops between two rows.</param>
    public Task<Answer<AuditVerdict>> Handle(Actor actor, IProgress<AuditProgress>? progress = null, CancellationToken cancel = default) =>
        // SQLite answers on the thread that asks: a page must not wait on its own.
        Task.Run(() => reads.Run<VerifyAudit, AuditVerdict>(actor, async db =>
        {
            if (!(await db.Database.GetAppliedMigrationsAsync(cancel)).Any())
                return new AuditVerdict(0, 0, null);
            await using var moment = await SqliteDialect.Snapshot(db, cancel);
            return await Walk(db, progress, cancel);
        }, cancel), cancel);

    /// <summary>Walks the log as <paramref name="db"/> sees it.</summary>
    internal static async Task<AuditVerdict> Walk(ReviewDb db, IProgress<AuditProgress>? progress, CancellationToken cancel)
    {
        var all = await db.AuditEntries.LongCountAsync(cancel);
        var (rows, streams) = (0L, 0L);
        AuditVerdict Verdict(BadAuditRow? bad) => new(all, streams, bad);

        await using var heads = SqliteDialect.AuditHeads(db).GetAsyncEnumerator(cancel);
        async Task<AuditHeadRow?> NextHead() => await heads.MoveNextAsync() ? heads.Current : null;
        var head = await NextHead();
        AuditHeadRow? own = null;
        AuditRow? before = null;
        await foreach (var row in SqliteDialect.AuditRows(db).WithCancellation(cancel))
        {
            if (before?.Stream != row.Stream)
            {
                if (AtEnd(before, own) is { } end)
                    return Verdict(end);
                if (head is not null && string.CompareOrdinal(head.Stream, row.Stream) < 0)
                    return Verdict(new(AuditFault.CutOff, head.Stream, 1, null));
                own = head?.Stream == row.Stream ? head : null;
                if (own is not null)
                    head = await NextHead();
                before = null;
                streams++;
            }

            if (Fault(before, row, own) is { } bad)
                return Verdict(await Named(db, bad, cancel));
            before = row;
            if (++rows % RowsAReport == 0)
                progress?.Report(new(rows, all));
        }

        progress?.Report(new(rows, all));
        return Verdict(AtEnd(before, own) ?? (head is null ? await FirstGap(db, all, cancel) : new(AuditFault.CutOff, head.Stream, 1, null)));
    }

    private static BadAuditRow? Fault(AuditRow? before, AuditRow row, AuditHeadRow? head)
    {
        var (expected, hash) = before is null ? (1, "") : (before.Sequence + 1, before.Hash);
        return head is null || row.Sequence > head.Sequence ? Bad(AuditFault.UnknownHead, row)
            : row.Sequence > expected ? new(AuditFault.Missing, row.Stream, expected, null)
            : row.Sequence < expected ? Bad(AuditFault.OutOfOrder, row)
            // Of two rows whose ids were exchanged, the earlier one has the later's.
            : before is not null && row.Id < before.Id ? Bad(AuditFault.OutOfOrder, before)
            : row.Hash != AuditLog.HashOf(hash, row.Stream, row.Sequence, row.At, row.Actor, row.Kind, row.Payload) ? Bad(AuditFault.Changed, row)
            : null;
    }

    private static BadAuditRow? AtEnd(AuditRow? last, AuditHeadRow? head) =>
        last is null || head is null || (head.Sequence == last.Sequence && head.Hash == last.Hash) ? null
        : head.Sequence > last.Sequence ? new(AuditFault.CutOff, last.Stream, last.Sequence + 1, null)
        : Bad(AuditFault.UnknownHead, last);

    private static BadAuditRow Bad(AuditFault fault, AuditRow row) => new(fault, row.Stream, row.Sequence, row.Id);

    // A row whose hash does not fit is in the wrong place, rather than changed, where the next one is older.
    private static async Task<BadAuditRow> Named(ReviewDb db, BadAuditRow bad, CancellationToken cancel) =>
        bad.Fault == AuditFault.Changed && await db.AuditEntries.AnyAsync(e => e.Stream == bad.Stream && e.Sequence == bad.Sequence + 1 && e.Id < bad.Row, cancel)
            ? bad with { Fault = AuditFault.OutOfOrder }
            : bad;

    // Ids are given out one after the other and never again: a number without a row is a row that was taken out, with its stream and head or after its end was mended.
    private static async Task<BadAuditRow?> FirstGap(ReviewDb db, long rows, CancellationToken cancel)
    {
        var given = await SqliteDialect.LastAuditId(db, cancel);
        if (rows == given && !await db.AuditEntries.AnyAsync(e => e.Id < 1, cancel))
            return null;
        var gap = await db.AuditEntries.AnyAsync(e => e.Id == 1, cancel)
            ? await db.AuditEntries.Where(e => e.Id >= 1 && !db.AuditEntries.Any(next => next.Id == e.Id + 1)).OrderBy(e => e.Id).Select(e => e.Id + 1).FirstAsync(cancel)
            : 1;
        return new(AuditFault.Missing, null, null, gap);
    }
}
