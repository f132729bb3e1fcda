using System.Data.Common;
using System.Globalization;
using System.Text;
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
            await using var command = Command(db);
            command.CommandText = Claim;
            Add(command, "@since", since.UtcTicks);
            Add(command, "@queue", queue);
            Add(command, "@authorities", JsonSerializer.Serialize(actor.Authorities));
            Add(command, "@who", Text(actor.Reviewer.Value));
            Add(command, "@own", actor.OwnDocument ?? "");
            Add(command, "@prefetch", prefetch);
            Add(command, "@lease", leaseUntil.UtcTicks);
            Add(command, "@now", now.UtcTicks);
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
        await using var command = Command(db);
        command.CommandText = """select 1 from "Cases" where "Id" = @id and "Version" = @version and "LeaseUntil" is @lease""";
        Add(command, "@id", Text(read.Id.Value));
        Add(command, "@version", read.Version);
        Add(command, "@lease", read.LeaseUntil is { } lease ? lease.UtcTicks : DBNull.Value);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    /// <summary>The last links of some streams of the audit log; a stream that has not begun is not named.</summary>
    public static async Task<Dictionary<string, AuditHead>> Heads(ReviewDb db, IReadOnlyList<string> streams, CancellationToken cancel)
    {
        Dictionary<string, AuditHead> heads = new(StringComparer.Ordinal);
        if (streams.Count == 0)
            return heads;
        await using var command = Command(db);
        command.CommandText = $"""select "Stream", "Sequence", "Hash" from "AuditHeads" where "Stream" in ({string.Join(", ", streams.Select((_, i) => $"@{i}"))})""";
        for (var i = 0; i < streams.Count; i++)
            Add(command, $"@{i}", streams[i]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            heads.Add(row.GetString(0), new AuditHead { Stream = row.GetString(0), Sequence = row.GetInt32(1), Hash = row.GetString(2) });
        return heads;
    }

    /// <summary>Appends to the audit log, moves its heads, and plans the work that follows: three statements at most, however much happened.</summary>
    public static async Task Append(
        ReviewDb db, IReadOnlyList<AuditEntry> links, IReadOnlyCollection<AuditHead> heads, IReadOnlyList<OutboxMessage> work, CancellationToken cancel)
    {
        if (links.Count == 0)
            return;
        await using var command = Command(db);
        StringBuilder sql = new();
        Values(
            """insert into "AuditEntries" ("Stream", "Sequence", "At", "Actor", "Kind", "Payload", "Hash") values """,
            links.Select(e => new object[] { e.Stream, e.Sequence, e.At.UtcTicks, e.Actor, e.Kind, e.Payload, e.Hash }));
        Values("""; insert into "AuditHeads" ("Stream", "Sequence", "Hash") values """, heads.Select(h => new object[] { h.Stream, h.Sequence, h.Hash }));
        sql.Append(""" on conflict ("Stream") do update set "Sequence" = excluded."Sequence", "Hash" = excluded."Hash" """);
        if (work.Count > 0)
            Values("""; insert into "Outbox" ("Id", "Topic", "Key", "DueAt", "Failures") values """, work.Select(m => new object[] { Text(m.Id), m.Topic, m.Key, m.DueAt.UtcTicks, m.Failures }));
        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancel);

        void Values(string insert, IEnumerable<object[]> rows)
        {
            sql.Append(insert);
            var first = true;
            foreach (var row in rows)
            {
                sql.Append(first ? "(" : ", (");
                first = false;
                for (var i = 0; i < row.Length; i++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"@{command.Parameters.Count}");
                    sql.Append(i == 0 ? "" : ", ").Append(name);
                    Add(command, name, row[i]);
                }

                sql.Append(')');
            }
        }
    }

    /// <summary>Adds to the roll-ups, however many rows. Hours in which nothing waits any more go; of the other metrics few rows ever come to nothing.</summary>
    public static async Task Add(ReviewDb db, IReadOnlyList<Rollup> deltas, CancellationToken cancel)
    {
        if (deltas.Count == 0)
            return;
        await using var command = Command(db);
        // All rows in one parameter: to find a parameter by its name SQLite goes through all of them.
        command.CommandText = """
            insert into "Rollups" ("Metric", "Queue", "Authority", "Slot", "Key", "Count")
            select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(@rows) where true
            on conflict ("Metric", "Queue", "Authority", "Slot", "Key") do update set "Count" = "Count" + excluded."Count"
            """;
        Add(command, "@rows", JsonSerializer.Serialize(deltas.Select(r => new object[] { (int)r.Metric, r.Queue, r.Authority, r.Slot.UtcTicks, r.Key, r.Count })));
        await command.ExecuteNonQueryAsync(cancel);
        foreach (var less in deltas.Where(d => d is { Metric: Metric.Waiting or Metric.Age, Count: < 0 }))
            await db.Rollups.Where(r => r.Metric == less.Metric && r.Queue == less.Queue && r.Authority == less.Authority && r.Slot == less.Slot && r.Key == less.Key && r.Count == 0).ExecuteDeleteAsync(cancel);
    }

    /// <summary>The roll-ups' <see cref="RollupShares.Definition"/> by which the store was counted last; 0 in a new one.</summary>
    public static Task<int> RollupDefinition(ReviewDb db, CancellationToken cancel) =>
        db.Database.SqlQueryRaw<int>("""select "user_version" as "Value" from pragma_user_version""").SingleAsync(cancel);

    /// <summary>Notes that the store's roll-ups are counted by the present definition.</summary>
    public static async Task RollupsDefined(ReviewDb db, CancellationToken cancel)
    {
        await using var command = Command(db);
        command.CommandText = $"pragma user_version = {RollupShares.Definition}";
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The next number of a series of receipt numbers: 1, 2, 3 …</summary>
    public static async Task<int> NextReceipt(ReviewDb db, string series, CancellationToken cancel)
    {
        await using var command = Command(db);
        command.CommandText = """
            insert into "ReceiptCounters" ("Series", "Last") values (@series, 1)
            on conflict ("Series") do update set "Last" = "Last" + 1 returning "Last"
            """;
        Add(command, "@series", series);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
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

    private static DbCommand Command(ReviewDb db)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("This statement belongs into the transaction of a commit.");
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    // EF stores a Guid as upper-case text.
    private static string Text(Guid id) => id.ToString().ToUpperInvariant();
}
