using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>What the write lane and the one door for writes cost and save.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class WriteRatios(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Writers = 16;
    private const string Insert = "insert into Lane (Text) values ('one row')";
    private readonly TestStore store = new() { OnDisk = true };
    private Sample? sample;

    [Fact]
    public async Task Waiting_in_line_beats_racing_for_the_lock()
    {
        using (var connection = Bench.Connect(store.Folder))
            Bench.Run(connection, "create table Lane (Id integer primary key, Text text)");
        var lane = store.Get<WriteLane>();
        // In bursts, as people come: who races for long lets the winner of the first second finish everything before the others begin.
        // The quieter of the bursts: now and then a disk stands still for a moment, or a machine has something else to do, whoever's turn it is.
        List<double> racing = [], queueing = [];
        for (var burst = 0; burst < (Sizes.Full ? 15 : 5); burst++)
        {
            racing.Add(Bench.Percentile(await Write(50, turn: null), .99));
            queueing.Add(Bench.Percentile(await Write(50, lane), .99));
        }

        var (raced, queued) = (Bench.Percentile(racing, .25), Bench.Percentile(queueing, .25));
        Bench.Row(output, $"{Writers} free writers, p99 of a commit", raced, "ms");
        Bench.Row(output, $"{Writers} writers through the lane, p99", queued, "ms");
        Bench.Row(output, "lane : free", queued / raced, "x", .1);
        Bench.Keeps(queued / raced, .1);
    }

    [Fact]
    public async Task Decisions_reach_half_the_rate_of_the_same_rows_written_by_hand()
    {
        const int Batch = 80;
        var rounds = Sizes.Of(50);
        // The rows of a decision are the same for both, and each works on cases of its own.
        var product = await Claimed((rounds + 5) * Batch);
        var byHand = await Claimed((rounds + 5) * Batch);
        var decide = store.Get<Decide>();
        using ByHand hand = new(store.Folder);
        List<double> decisions = [], rows = [], alone = [], rowsAlone = [];
        for (var round = 0; round < rounds + 5; round++)
        {
            var (mine, theirs) = (product[(round * Batch)..((round + 1) * Batch)], byHand[(round * Batch)..((round + 1) * Batch)]);
            // In turn, so that whatever else the machine does falls on both alike.
            var took = await Bench.Time(() => Together(mine, each => Decided(decide, each.Reviewer, each.Claim)));
            var floor = await Bench.Time(() => Together(theirs, each => hand.Decide(each.Claim.Case)));
            if (round < 5)
                continue;
            decisions.Add(took / Batch);
            rows.Add(floor / Batch);
        }

        var (one, other) = (await Claimed(rounds * Batch / 8), await Claimed(rounds * Batch / 8));
        foreach (var (mine, theirs) in one.Chunk(Batch).Zip(other.Chunk(Batch)))
        {
            alone.Add(await Bench.Time(async () => { foreach (var each in mine) await Decided(decide, each.Reviewer, each.Claim); }) / Batch);
            rowsAlone.Add(await Bench.Time(async () => { foreach (var each in theirs) await hand.Decide(each.Claim.Case); }) / Batch);
        }

        // Medians: now and then a commit moves the log into the database file, whoever's it is.
        var ratio = Bench.Percentile(decisions, .5) / Bench.Percentile(rows, .5);
        Bench.Row(output, "a decision of somebody alone, p50", Bench.Percentile(alone, .5), "ms");
        Bench.Row(output, "the same rows by hand of somebody alone, p50", Bench.Percentile(rowsAlone, .5), "ms");
        Bench.Row(output, $"a decision where {Writers} decide at once", Bench.Percentile(decisions, .5), "ms");
        Bench.Row(output, $"the same rows by hand, {Writers} at once", Bench.Percentile(rows, .5), "ms");
        Bench.Row(output, "time of a decision : of its rows by hand", ratio, "x", 2);
        Bench.Keeps(ratio, 2);
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private static async Task Decided(Decide decide, Actor reviewer, Claim claim) =>
        Assert.Null((await decide.Handle(reviewer, claim, Outcome.Approved, [], null, null)).Refusal);

    private static Task Together<T>(IReadOnlyCollection<T> all, Func<T, Task> work) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (one, _) => await work(one));

    /// <summary>That many cases, each in the hands of somebody else.</summary>
    private async Task<List<(Actor Reviewer, Claim Claim)>> Claimed(int count)
    {
        sample ??= new(store);
        List<(Actor, Claim)> claimed = [];
        for (var i = 0; i < count; i++)
        {
            await sample.ELicence();
            var reviewer = ManyCases.Reviewer();
            claimed.Add((reviewer, (await store.Get<ClaimNext>().Handle(reviewer, Queues.ELicence)).Value));
        }

        return claimed;
    }

    private async Task<List<double>> Write(int each, WriteLane? turn)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Factory.StartNew(async () =>
        {
            List<double> times = [];
            using var connection = Bench.Connect(store.Folder);
            for (var i = 0; i < each; i++)
            {
                var started = Stopwatch.GetTimestamp();
                if (turn is null)
                {
                    using var transaction = connection.BeginTransaction();
                    Bench.Run(connection, Insert, transaction);
                    transaction.Commit();
                }
                else
                {
                    await turn.Write(async db => (await db.Database.ExecuteSqlRawAsync(Insert), true), CancellationToken.None);
                }

                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return times;
        }, TaskCreationOptions.LongRunning).Unwrap()));
        return [.. all.SelectMany(times => times)];
    }

    /// <summary>
    /// The rows of a decision as somebody would write them without the product: a connection from the pool, a transaction, plain commands, one
    /// after the other. The case, the ledger, two audit links hashed onto their head, the work that follows; it changes no roll-up.
    /// </summary>
    private sealed class ByHand(string folder) : IDisposable
    {
        private static readonly string Payload = new('x', 220);
        private readonly SemaphoreSlim line = new(1, 1);

        public async Task Decide(CaseId id)
        {
            await line.WaitAsync();
            try
            {
                Write(id);
            }
            finally
            {
                line.Release();
            }
        }

        public void Dispose() => line.Dispose();

        private void Write(CaseId id)
        {
            using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "review.db")}");
            connection.Open();
            using var transaction = connection.BeginTransaction();
            var (subject, stream, text) = (id.Value.ToString().ToUpperInvariant(), CaseEvent.StreamOf(id), "staff:00000000-0000-0000-0000-000000000000 and some more");
            var (sequence, head) = Head(connection, transaction, stream);
            Run("""update "Cases" set "State" = 4, "Verdict" = @verdict, "DecidedAt" = 1, "HeldUntil" = 2, "LeaseUntil" = null, "Took" = 0, "WarnAt" = null, "Version" = "Version" + 1 where "Id" = @case""", ("@case", subject), ("@verdict", Payload[..155]));
            Run(
                """insert into "SlaLedger" ("Case", "Sequence", "Kind", "At", "By", "Why", "PolicyVersion", "CalendarVersion", "Due") values (@case, 100, 3, 1, @text, 'decide', @text, @text, 1)""",
                ("@case", subject), ("@text", text));
            foreach (var kind in new[] { nameof(CaseDecided), nameof(ClockMoved) })
            {
                head = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(head + kind + Payload)));
                Run(
                    """insert into "AuditEntries" ("Stream", "Sequence", "At", "Actor", "Kind", "Payload", "Hash") values (@stream, @sequence, 1, @text, @kind, @payload, @hash)""",
                    ("@stream", stream), ("@sequence", ++sequence), ("@text", text), ("@kind", kind), ("@payload", Payload), ("@hash", head));
            }

            Run("""update "AuditHeads" set "Sequence" = @sequence, "Hash" = @hash where "Stream" = @stream""", ("@sequence", sequence), ("@hash", head), ("@stream", stream));
            Run("""insert into "Outbox" ("Id", "Topic", "Key", "DueAt", "Failures") values (@id, 'finalise', @case, 1, 0)""", ("@id", Guid.CreateVersion7().ToString().ToUpperInvariant()), ("@case", subject));
            transaction.Commit();

            void Run(string sql, params (string Name, object Value)[] values) => Bench.Run(connection, sql, transaction, values);
        }

        private static (int Sequence, string Hash) Head(SqliteConnection connection, SqliteTransaction transaction, string stream)
        {
            using var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = ("""select "Sequence", "Hash" from "AuditHeads" where "Stream" = @stream""", transaction);
            command.Parameters.AddWithValue("@stream", stream);
            using var row = command.ExecuteReader();
            Assert.True(row.Read());
            return (row.GetInt32(0), row.GetString(1));
        }
    }
}
