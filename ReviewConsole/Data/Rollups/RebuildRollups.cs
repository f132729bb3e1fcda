using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data.Rollups;

/// <summary>What a rebuild found.</summary>
/// <param name="Rows">Rows there should be.</param>
/// <param name="Differing">Rows that were missing, too many, or held another number.</param>
public sealed record RollupCheck(int Rows, int Differing);

/// <summary>Counts the roll-ups anew from the cases. They are written in the commits that change them, so a rebuild finds nothing unless somebody changed the store by hand.</summary>
public sealed class RebuildRollups(Commit commit, Clocks clocks, IDbContextFactory<ReviewDb> stores) : IUseCase
{
    private const int CasesAtOnce = 200;
    private const int RowsAtOnce = 10_000;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Compares, and where <paramref name="mend"/> replaces what differs.</summary>
    public Task<Answer<RollupCheck>> Handle(Actor actor, bool mend, CancellationToken cancel = default) => commit.Run<RebuildRollups, RollupCheck>(actor, async unit =>
    {
        Dictionary<(Metric, string, string, string, DateTimeOffset), Rollup> counted = [];
        await foreach (var row in RollupShares.Of(unit.Db, cancel))
        {
            var key = KeyOf(row);
            counted[key] = counted.TryGetValue(key, out var before) ? RollupShares.Row(row.Metric, row.Key, row.Queue, row.Authority, row.Slot, before.Count + row.Count) : row;
        }

        var rows = counted.Count;
        List<Rollup> corrections = [];
        await foreach (var kept in unit.Db.Rollups.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
        {
            counted.Remove(KeyOf(kept), out var right);
            if (kept.Count != (right?.Count ?? 0))
                corrections.Add(RollupShares.Row(kept.Metric, kept.Key, kept.Queue, kept.Authority, kept.Slot, (right?.Count ?? 0) - kept.Count));
        }

        corrections.AddRange(counted.Values);
        if (mend && corrections.Count > 0)
        {
            foreach (var some in corrections.Chunk(RowsAtOnce))
                await SqliteDialect.Add(unit.Db, some, cancel);
            unit.Record(new RollupsRebuilt(rows, corrections.Count));
        }

        if (mend)
            await SqliteDialect.RollupsDefined(unit.Db, cancel);

        return new RollupCheck(rows, corrections.Count);
    }, cancel);

    /// <summary>Counts a store anew, once, that was counted by another definition of the shares; where it was not, nothing is done.</summary>
    public async Task BringUpToDate(CancellationToken cancel)
    {
        await using (var db = await stores.CreateDbContextAsync(cancel))
        {
            if (await SqliteDialect.RollupDefinition(db, cancel) == RollupShares.Definition)
                return;
        }

        var work = Actor.System("rebuild-rollups") with { Permissions = [Permission.Administer] };
        while ((await NoteTook(work, cancel)).Value == CasesAtOnce)
        {
        }

        for (CaseId? after = default(CaseId); after is { } id;)
            after = (await NoteReasons(work, id, cancel)).Value.Next;
        await Handle(work, mend: true, cancel);
    }

    // Cases that were decided before it was kept how long that took.
    private Task<Answer<int>> NoteTook(Actor actor, CancellationToken cancel) => commit.Run<RebuildRollups, int>(actor, async unit =>
    {
        var some = await unit.Db.Cases.Where(c => c.Took == null && (c.State == CaseState.Decided || c.State == CaseState.Closed)).OrderBy(c => c.Id).Take(CasesAtOnce).ToListAsync(cancel);
        foreach (var subject in some)
            subject.NoteTook(clocks.Of(subject));
        return some.Count;
    }, cancel);

    // Verdicts that were given before their reasons stood beside them.
    private Task<Answer<(CaseId? Next, int Added)>> NoteReasons(Actor actor, CaseId after, CancellationToken cancel) => commit.Run<RebuildRollups, (CaseId?, int)>(actor, async unit =>
    {
        var some = await unit.Db.Cases.AsNoTracking().Where(c => c.Id > after && (c.State == CaseState.Decided || c.State == CaseState.Closed))
            .OrderBy(c => c.Id).Take(CasesAtOnce).Select(c => new { c.Id, c.Verdict }).ToListAsync(cancel);
        List<CaseReason> due = [.. some.SelectMany(c => c.Verdict?.Reasons ?? [], (c, reason) => new CaseReason { Reason = reason, Case = c.Id })];
        var (reasons, cases) = (due.Select(r => r.Reason).Distinct().ToList(), due.Select(r => r.Case).Distinct().ToList());
        var there = (await unit.Db.CaseReasons.Where(r => reasons.Contains(r.Reason) && cases.Contains(r.Case)).Select(r => new { r.Reason, r.Case }).ToListAsync(cancel)).Select(r => (r.Reason, r.Case)).ToHashSet();
        due.RemoveAll(r => there.Contains((r.Reason, r.Case)));
        unit.Db.CaseReasons.AddRange(due);
        return (some.Count == CasesAtOnce ? some[^1].Id : null, due.Count);
    }, cancel);

    /// <summary>The verb of the command line.</summary>
    /// <param name="withStore">Runs something with the services of the product, the store being up to date.</param>
    public static Command Verb(Func<Func<IServiceProvider, CancellationToken, Task<int>>, CancellationToken, Task<int>> withStore)
    {
        Option<bool> check = new("--check") { Description = "Only compare; exits with 1 where something differs." };
        Command verb = new("rebuild-rollups", "Counts the numbers of the screens anew from the cases, and says how many rows differed.") { check };
        verb.SetAction((words, cancel) => withStore(async (services, stop) =>
        {
            var mend = !words.GetValue(check);
            var found = (await services.GetRequiredService<RebuildRollups>().Handle(Actor.System("rebuild-rollups") with { Permissions = [Permission.Administer] }, mend, stop)).Value;
            await words.InvocationConfiguration.Output.WriteLineAsync($"{found.Rows} rows, {found.Differing} differed{(mend && found.Differing > 0 ? " and were put right" : "")}");
            return !mend && found.Differing > 0 ? 1 : 0;
        }, cancel));
        return verb;
    }

    private static (Metric, string, string, string, DateTimeOffset) KeyOf(Rollup row) => (row.Metric, row.Key, row.Queue, row.Authority, row.Slot);
}

/// <summary>The roll-ups were put right.</summary>
/// <param name="Rows">Rows there are now, those at zero left out.</param>
/// <param name="Differing">Rows that were wrong.</param>
public sealed record RollupsRebuilt(int Rows, int Differing) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => "system:rollups";
}
