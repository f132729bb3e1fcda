using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Data.Audit;

/// <summary>A log of a few streams, written through the commit, and a place to tamper with it by plain SQL that is taken back afterwards.</summary>
public sealed class TamperedLog : IAsyncLifetime, IUseCase
{
    /// <summary>Streams in the order of the walk, with how many rows each gets; they are written one row a turn.</summary>
    private static readonly (string Stream, int Rows)[] Plan = [("a:1", 4), ("b:1", 1), ("c:1", 6), ("c:2", 3), ("d:1", 2)];

    public static Permission Needs => Permission.System;

    public TestStore Store { get; } = new();

    /// <summary>Every row of the log as it was written, by stream and sequence.</summary>
    public IReadOnlyList<AuditEntry> Rows { get; private set; } = [];

    public IReadOnlyList<AuditEntry> Of(string stream) => [.. Rows.Where(row => row.Stream == stream)];

    /// <summary>What the walk says after <paramref name="tamper"/>, which is taken back.</summary>
    public async Task<BadAuditRow?> After(Func<ReviewDb, Task> tamper)
    {
        await using var db = await Store.Open();
        await using var undone = await db.Database.BeginTransactionAsync();
        await tamper(db);
        return (await VerifyAudit.Walk(db, null, CancellationToken.None)).FirstBad;
    }

    /// <summary>As the other, with one statement.</summary>
    public Task<BadAuditRow?> After(FormattableString sql) => After(db => db.Database.ExecuteSqlAsync(sql));

    public Task Commit(string actor, params DomainEvent[] happened) => Store.Get<Commit>().Run<TamperedLog, Done>(Actor.System(actor), unit =>
    {
        foreach (var e in happened)
            unit.Record(e);
        return Task.FromResult<Answer<Done>>(default(Done));
    });

    public async Task InitializeAsync()
    {
        await Store.InitializeAsync();
        for (var turn = 0; turn < Plan.Max(p => p.Rows); turn++)
        {
            await Commit("test", [.. Plan.Where(p => turn < p.Rows).Select(p => new Happened(p.Stream, turn))]);
            Store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await using var db = await Store.Open();
        Rows = await db.AuditEntries.AsNoTracking().OrderBy(e => e.Stream).ThenBy(e => e.Sequence).ToListAsync();
    }

    public Task DisposeAsync() => Store.DisposeAsync();

    /// <summary>Something in a stream of the test's choice.</summary>
    public sealed record Happened(string In, int Turn) : DomainEvent
    {
        public override string Stream => In;
    }
}
