using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Data.Sqlite;

/// <summary>What a claim took.</summary>
/// <param name="Case">The case.</param>
/// <param name="Token">The new token.</param>
/// <param name="LapsedHolder">Whose lease had run out; null where the case was free.</param>
public sealed record ClaimedRow(CaseId Case, int Token, ReviewerId? LapsedHolder);

/// <summary>The statements that EF cannot write; all of SQLite's own SQL stands here.</summary>
public static class SqliteDialect
{
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, DbCommand>> Kept = [];

    // One seek for each authority in reach; the most urgent of what they find is taken.
    private static readonly string Claim = $"""
        update "Cases" set
          "LapsedHolder" = case when "State" = {(int)CaseState.Claimed} then "Holder" end,
          "State" = {(int)CaseState.Claimed}, "Holder" = @who, "Token" = "Token" + 1, "LeaseUntil" = @lease, "Prefetched" = @prefetch,
          "InHandSince" = case when @prefetch then null else @now end, "Version" = "Version" + 1
        where "Id" = (
          select found."Id" from json_each(@authorities) reach join "Cases" found on found."Id" = (
            select free."Id" from "Cases" free
            where free."Queue" = @queue and free."Authority" = reach.value and free."State" in ({(int)CaseState.Open}, {(int)CaseState.Claimed})
              and (free."State" = {(int)CaseState.Open} or free."LeaseUntil" <= @now)
              and (free."Proposer" is null or free."Proposer" <> @who)
              and free."Applicant" not in (select own."Id" from "Applicants" own where own."DocumentIndex" = @own)
              and not exists (select 1 from "Recusals" declined where declined."Case" = free."Id" and declined."Reviewer" = @who)
              and not exists (select 1 from "PutBacks" mine where mine."Case" = free."Id" and mine."Reviewer" = @who and mine."At" >= @since)
            order by free."Priority", free."DueAt", free."Id" limit 1)
          order by found."Priority", found."DueAt", found."Id" limit 1)
        returning "Id", "Token", "LapsedHolder"
        """;

    /// <summary>Takes the most urgent free case of a queue, in one statement (WORK-1). A lease that has run out counts as free. What the reviewer put back today is taken only where nothing else is left.</summary>
    /// <param name="db">The store, inside the transaction of a commit.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="actor">The reviewer, who is passed over where the case is the person's own, or was proposed or declined by the person (WORK-6, WORK-7).</param>
    /// <param name="prefetch">True to keep the case ready only.</param>
    /// <param name="leaseUntil">End of the lease.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<ClaimedRow?> ClaimNext(
        ReviewDb db, string queue, Actor actor, bool prefetch, DateTimeOffset leaseUntil, DateTimeOffset now, CancellationToken cancel)
    {
        return await Take(Shanghai.At(Shanghai.DateOf(now), TimeSpan.Zero)) ?? await Take(DateTimeOffset.MaxValue);

        async Task<ClaimedRow?> Take(DateTimeOffset since)
        {
            var command = Prepared(
                db,
                Claim,
                ("@since", since.UtcTicks),
                ("@queue", queue),
                ("@authorities", JsonSerializer.Serialize(actor.Authorities)),
                ("@who", Text(actor.Reviewer.Value)),
                ("@own", actor.OwnDocument ?? ""),
                ("@prefetch", prefetch),
                ("@lease", leaseUntil.UtcTicks),
                ("@now", now.UtcTicks));
            await using var row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel)
                ? new(new(row.GetGuid(0)), row.GetInt32(1), await row.IsDBNullAsync(2, cancel) ? null : new ReviewerId(row.GetGuid(2)))
                : null;
        }
    }

    /// <summary>Keeps a lease that still runs, and with it that of the case kept ready; a lease heartbeat is no event and has no audit row.</summary>
    /// <returns>False where the claim was lost.</returns>
    public static async Task<bool> KeepLease(ReviewDb db, CaseId id, ReviewerId who, int token, DateTimeOffset leaseUntil, DateTimeOffset now, CancellationToken cancel)
    {
        var kept = await db.Cases
            .Where(c => c.Id == id && c.State == CaseState.Claimed && c.Holder == who && c.Token == token && c.LeaseUntil > now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, leaseUntil), cancel) == 1;
        if (kept)
        {
            await db.Cases.Where(c => c.Holder == who && c.State == CaseState.Claimed && c.Prefetched && c.LeaseUntil > now && c.LeaseUntil < leaseUntil)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, leaseUntil), cancel);
        }

        return kept;
    }

    /// <summary>True where a case stands in the store as it was read: its version, and the lease, which a heartbeat renews without one.</summary>
    public static async Task<bool> Unchanged(ReviewDb db, ReviewCase read, CancellationToken cancel)
    {
        var command = Prepared(
            db,
            """select 1 from "Cases" where "Id" = @id and "Version" = @version and "LeaseUntil" is @lease""",
            ("@id", Text(read.Id.Value)),
            ("@version", read.Version),
            ("@lease", read.LeaseUntil is { } lease ? lease.UtcTicks : DBNull.Value));
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    /// <summary>The last links of some streams of the audit log; a stream that has not begun is not named.</summary>
    public static async Task<Dictionary<string, AuditHead>> Heads(ReviewDb db, IEnumerable<string> streams, CancellationToken cancel)
    {
        Dictionary<string, AuditHead> heads = new(StringComparer.Ordinal);
        foreach (var stream in streams)
        {
            var command = Prepared(db, """select "Sequence", "Hash" from "AuditHeads" where "Stream" = @stream""", ("@stream", stream));
            await using var row = await command.ExecuteReaderAsync(cancel);
            if (await row.ReadAsync(cancel))
                heads.Add(stream, new AuditHead { Stream = stream, Sequence = row.GetInt32(0), Hash = row.GetString(1) });
        }

        return heads;
    }

    /// <summary>Appends to the audit log, moves its heads, and plans the work that follows.</summary>
    public static async Task Append(ReviewDb db, IEnumerable<AuditEntry> links, IEnumerable<AuditHead> heads, IEnumerable<OutboxMessage> work, CancellationToken cancel)
    {
        foreach (var e in links)
        {
            await Prepared(
                db,
                """
                insert into "AuditEntries" ("Stream", "Sequence", "At", "Actor", "Kind", "Payload", "Hash")
                values (@stream, @sequence, @at, @actor, @kind, @payload, @hash)
                """,
                ("@stream", e.Stream), ("@sequence", e.Sequence), ("@at", e.At.UtcTicks), ("@actor", e.Actor), ("@kind", e.Kind), ("@payload", e.Payload), ("@hash", e.Hash)).ExecuteNonQueryAsync(cancel);
        }

        foreach (var head in heads)
        {
            await Prepared(
                db,
                """
                insert into "AuditHeads" ("Stream", "Sequence", "Hash") values (@stream, @sequence, @hash)
                on conflict ("Stream") do update set "Sequence" = excluded."Sequence", "Hash" = excluded."Hash"
                """,
                ("@stream", head.Stream), ("@sequence", head.Sequence), ("@hash", head.Hash)).ExecuteNonQueryAsync(cancel);
        }

        foreach (var message in work)
        {
            await Prepared(
                db,
                """insert into "Outbox" ("Id", "Topic", "Key", "DueAt", "Failures") values (@id, @topic, @key, @due, @failures)""",
                ("@id", Text(message.Id)), ("@topic", message.Topic), ("@key", message.Key), ("@due", message.DueAt.UtcTicks), ("@failures", message.Failures)).ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Adds to the roll-ups, however many rows. Hours in which nothing waits any more go; of the other metrics few rows ever come to nothing.</summary>
    public static async Task Add(ReviewDb db, IReadOnlyList<Rollup> deltas, CancellationToken cancel)
    {
        if (deltas.Count == 0)
            return;
        // All rows in one parameter: to find a parameter by its name SQLite goes through all of them.
        const string Sql = """
            insert into "Rollups" ("Metric", "Queue", "Authority", "Slot", "Key", "Count")
            select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(@rows) where true
            on conflict ("Metric", "Queue", "Authority", "Slot", "Key") do update set "Count" = "Count" + excluded."Count"
            """;
        var rows = JsonSerializer.Serialize(deltas.Select(r => new object[] { (int)r.Metric, r.Queue, r.Authority, r.Slot.UtcTicks, r.Key, r.Count }));
        await Prepared(db, Sql, ("@rows", rows)).ExecuteNonQueryAsync(cancel);
        foreach (var less in deltas.Where(d => d is { Metric: Metric.Waiting or Metric.Age, Count: < 0 }))
            await db.Rollups.Where(r => r.Metric == less.Metric && r.Queue == less.Queue && r.Authority == less.Authority && r.Slot == less.Slot && r.Key == less.Key && r.Count == 0).ExecuteDeleteAsync(cancel);
    }

    /// <summary>The roll-ups' <see cref="RollupShares.Definition"/> by which the store was counted last; 0 in a new one.</summary>
    public static Task<int> RollupDefinition(ReviewDb db, CancellationToken cancel) =>
        db.Database.SqlQueryRaw<int>("""select "user_version" as "Value" from pragma_user_version""").SingleAsync(cancel);

    /// <summary>Notes that the store's roll-ups are counted by the present definition.</summary>
    public static Task RollupsDefined(ReviewDb db, CancellationToken cancel) =>
        Prepared(db, $"pragma user_version = {RollupShares.Definition}").ExecuteNonQueryAsync(cancel);

    /// <summary>The next number of a series of receipt numbers: 1, 2, 3 …</summary>
    public static async Task<int> NextReceipt(ReviewDb db, string series, CancellationToken cancel)
    {
        const string Sql = """
            insert into "ReceiptCounters" ("Series", "Last") values (@series, 1)
            on conflict ("Series") do update set "Last" = "Last" + 1 returning "Last"
            """;
        return Convert.ToInt32(await Prepared(db, Sql, ("@series", series)).ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>Lets everything that <paramref name="db"/> reads from now on be of one moment; writers go on meanwhile.</summary>
    /// <returns>Dispose it to see the present again.</returns>
    public static async Task<IAsyncDisposable> Snapshot(ReviewDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        // Deferred: otherwise it would take the writers' lock.
        return (await db.Database.UseTransactionAsync(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true), cancel))!;
    }

    /// <summary>Every row of the audit log, stream by stream in the order of an index, as it is stored.</summary>
    public static IAsyncEnumerable<AuditRow> AuditRows(ReviewDb db) => db.Database.SqlQueryRaw<AuditRow>(
        """select "Id", "Stream", "Sequence", "At", "Actor", "Kind", "Payload", "Hash" from "AuditEntries" order by "Stream", "Sequence" """).AsAsyncEnumerable();

    /// <summary>Every head of the audit log by stream, as it is stored.</summary>
    public static IAsyncEnumerable<AuditHeadRow> AuditHeads(ReviewDb db) => db.Database.SqlQueryRaw<AuditHeadRow>(
        """select "Stream", "Sequence", "Hash" from "AuditHeads" order by "Stream" """).AsAsyncEnumerable();

    /// <summary>The last id that was given out in the audit log, whether or not its row is still there.</summary>
    public static Task<long> LastAuditId(ReviewDb db, CancellationToken cancel) => db.Database.SqlQueryRaw<long>("""
        select max(coalesce((select "seq" from "sqlite_sequence" where "name" = 'AuditEntries'), 0), coalesce((select max("Id") from "AuditEntries"), 0)) as "Value"
        """).SingleAsync(cancel);

    /// <summary>A statement with its values. The connection keeps it, so that SQLite translates it once: the one that writes stays open.</summary>
    private static DbCommand Prepared(ReviewDb db, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var connection = db.Database.GetDbConnection();
        var kept = Kept.GetValue(connection, NewlyKept);
        if (!kept.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            kept.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i].Value;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("This statement belongs into the transaction of a commit.");
        return command;
    }

    // What was translated for a connection is worth nothing once it was closed.
    private static Dictionary<string, DbCommand> NewlyKept(DbConnection connection)
    {
        Dictionary<string, DbCommand> kept = new(StringComparer.Ordinal);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState != ConnectionState.Closed)
                return;
            foreach (var command in kept.Values)
                command.Dispose();
            kept.Clear();
        };
        return kept;
    }

    // EF stores a Guid as upper-case text.
    private static string Text(Guid id) => id.ToString().ToUpperInvariant();
}
