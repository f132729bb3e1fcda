using System.Globalization;
using Microsoft.Data.Sqlite;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Supervision;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>What ten million closed cases cost the dashboard: what a hundred thousand would. The same numbers grouped from the rows themselves are equal, and take fifty times as long.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class DashboardRatios(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rounds = 15;
    private const int RawRounds = 3;
    private readonly ManyClosed many = new(Sizes.Of(10_000_000));
    private readonly ManyClosed few = new(100_000);

    [Fact]
    public async Task The_dashboard_over_history_costs_what_its_rollups_cost_and_says_what_the_rows_say()
    {
        List<double> small = [], large = [], raw = [];
        for (var round = -3; round < Rounds; round++)
        {
            var (s, l) = (await Bench.Time(() => Dashboard(few)), await Bench.Time(() => Dashboard(many)));
            if (round < 0)
                continue;
            small.Add(s);
            large.Add(l);
        }

        var (said, counted) = (await Dashboard(many), new RawNumbers());
        for (var round = 0; round < RawRounds; round++)
            raw.Add(await Bench.Time(() => Task.Run(() => counted = many.Count(said.At))));

        Assert.Equal(counted.InTime, said.InTime.Select(i => (i.InTimeCount, i.All)));
        Assert.Equal(counted.Outcomes, said.Outcomes.ToDictionary(p => p.Key, p => p.Count));
        Assert.Equal(counted.Arrived, said.Today.Select(h => h.Arrived));
        Assert.Equal(counted.Decided, said.Today.Select(h => h.Decided));
        Assert.Equal(Histogram.Took.Percentile(counted.Took, .5), said.P50);
        Assert.Equal(Histogram.Took.Percentile(counted.Took, .9), said.P90);
        Assert.True(said.InTime[3].All > many.Cases / 10);

        var (fewMs, manyMs, rawMs) = (Bench.Percentile(small, .5), Bench.Percentile(large, .5), Bench.Percentile(raw, .5));
        Bench.Row(output, $"dashboard over {few.Cases:N0} closed cases, p50", fewMs, "ms");
        Bench.Row(output, $"dashboard over {many.Cases:N0} closed cases, p50", manyMs, "ms");
        Bench.Row(output, "the same numbers grouped from the rows, p50", rawMs, "ms");
        Bench.Row(output, "dashboard : grouped from rows", manyMs / rawMs, "x", 0.02);
        Bench.Row(output, "dashboard over many : over few", manyMs / fewMs, "x", 3);
        // A tenth of the rows takes a tenth of the time, the dashboard does not.
        Bench.Keeps(manyMs / rawMs, Sizes.Full ? 0.02 : 0.2);
        Bench.Keeps(manyMs / fewMs, 3);
    }

    public async Task InitializeAsync()
    {
        await few.InitializeAsync();
        await many.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await few.DisposeAsync();
        await many.DisposeAsync();
    }

    private static async Task<Dashboard> Dashboard(ManyClosed store) => (await store.Store.Get<DashboardQuery>().Handle(ManyClosed.Supervisor, new())).Value;
}

/// <summary>What is grouped from rows.</summary>
internal sealed record RawNumbers
{
    public List<(int InTime, int All)> InTime { get; init; } = [];

    public Dictionary<string, int> Outcomes { get; init; } = [];

    public List<int> Arrived { get; init; } = [];

    public List<int> Decided { get; init; } = [];

    public Dictionary<int, int> Took { get; init; } = [];
}

/// <summary>A store with a great many closed cases of one year, bulk-loaded; its roll-ups are counted by the product's own rebuild.</summary>
internal sealed class ManyClosed(int cases) : IAsyncLifetime
{
    private const string Places = "case i % 5 when 0 then '粤A' when 1 then '粤B' when 2 then '粤C' when 3 then '浙A' else '浙B' end";
    private static readonly string[] Different =
        ["Id", "ReceiptNumber", "Subject", "Applicant", "Queue", "HomeQueue", "Authority", "HomeAuthority", "ReceivedAt", "DueAt", "DecidedAt", "ClosedAt", "State", "Outcome", "OnTime", "Took", "Holder", "InHandSince"];

    public static Actor Supervisor { get; } = Actor.StaffMember(Guid.NewGuid(), "s", Roles.Supervisor, Authorities.Standard.All.Select(a => a.Code), Queues.Standard.All.Select(q => q.Id));

    public TestStore Store { get; } = new() { OnDisk = true };

    public int Cases => cases;

    public async Task InitializeAsync()
    {
        await Store.InitializeAsync();
        await new Sample(Store).ELicence();
        using (var connection = Bench.Connect(Store.Folder))
            Load(connection);
        Assert.Null((await Store.Get<RebuildRollups>().Handle(Actor.System("test") with { Permissions = [Permission.Administer] }, mend: true)).Refusal);
    }

    public Task DisposeAsync() => Store.DisposeAsync();

    /// <summary>The dashboard's numbers from the rows: one statement for each, as somebody without roll-ups would write it.</summary>
    public RawNumbers Count(DateTimeOffset now)
    {
        using var connection = Bench.Connect(Store.Folder);
        var day = RollupShares.Day(now);
        var (approved, referred) = ((int)Outcome.Approved, (int)Outcome.Referred);
        var decided = string.Create(CultureInfo.InvariantCulture, $"""State = {(int)CaseState.Closed} and Outcome between {approved} and {referred}""");
        RawNumbers numbers = new();
        foreach (var days in DashboardRequest.Spans)
        {
            var row = Rows(connection, $"select coalesce(sum(OnTime), 0), count(*) from Cases where {decided} and DecidedAt >= {day.AddDays(1 - days).UtcTicks}").Single();
            numbers.InTime.Add(((int)row.Key, row.Count));
        }

        var week = day.AddDays(-6).UtcTicks;
        foreach (var (outcome, count) in Rows(connection, $"select Outcome, count(*) from Cases where State = {(int)CaseState.Closed} and coalesce(DecidedAt, ClosedAt) >= {week} group by 1"))
            numbers.Outcomes[$"{(Outcome)outcome}"] = count;
        var arrived = Rows(connection, $"select (ReceivedAt - {day.UtcTicks}) / {TimeSpan.TicksPerHour}, count(*) from Cases where ReceivedAt >= {day.UtcTicks} group by 1").ToDictionary(r => r.Key, r => r.Count);
        var closed = Rows(connection, $"select (DecidedAt - {day.UtcTicks}) / {TimeSpan.TicksPerHour}, count(*) from Cases where {decided} and DecidedAt >= {day.UtcTicks} group by 1").ToDictionary(r => r.Key, r => r.Count);
        numbers.Arrived.AddRange(Enumerable.Range(0, 24).Select(hour => arrived.GetValueOrDefault(hour)));
        numbers.Decided.AddRange(Enumerable.Range(0, 24).Select(hour => closed.GetValueOrDefault(hour)));
        foreach (var (took, count) in Rows(connection, $"select Took, count(*) from Cases where {decided} and DecidedAt >= {week} and Took is not null group by 1"))
        {
            var bucket = Histogram.Took.BucketOf(TimeSpan.FromTicks(took));
            numbers.Took[bucket] = numbers.Took.GetValueOrDefault(bucket) + count;
        }

        return numbers;
    }

    // The year before today, evenly; times to decision from seconds to thirty hours, each in whole seconds.
    private void Load(SqliteConnection connection)
    {
        var indexes = Names(connection, "select name from sqlite_master where type = 'index' and tbl_name = 'Cases' and sql is not null and name not in ('IX_Cases_Unclosed', 'IX_Cases_Closed', 'IX_Cases_Holder')");
        foreach (var index in indexes)
            Bench.Run(connection, $"drop index \"{index}\"");
        var same = string.Join(", ", Names(connection, "select name from pragma_table_info('Cases')").Except(Different).Select(c => $"\"{c}\""));
        var (to, year) = (Store.Time.GetUtcNow().UtcTicks, TimeSpan.FromDays(365).Ticks);
        Bench.Run(connection, $"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < @count),
              made(i, decided, spent) as (select i, @to - (i * (@year / @count)), (i * 7919 % 108000 + 1) * {TimeSpan.TicksPerSecond} from n)
            insert into "Cases" ("Id", "ReceiptNumber", "Subject", "Applicant", "Queue", "HomeQueue", "Authority", "HomeAuthority", "ReceivedAt", "DueAt", "DecidedAt", "ClosedAt", "State", "Outcome", "OnTime", "Took", "Holder", "InHandSince", {same})
            select printf('%08X-0000-7000-8000-%012X', i / 65536, i), printf('C%012d', i), printf('%08X-0000-7000-8000-%012X', i / 65536, i), printf('%08X-0000-7000-8000-%012X', i / 65536, i),
              case i % 4 when 0 then 'id-photo' else 'e-licence' end, case i % 4 when 0 then 'id-photo' else 'e-licence' end, {Places}, {Places},
              decided - spent, decided - spent + {TimeSpan.TicksPerDay}, decided, decided + 100000000, {(int)CaseState.Closed}, case when i % 7 = 0 then 1 when i % 101 = 0 then 2 else 0 end,
              spent < {TimeSpan.TicksPerDay}, spent, printf('%08X-0000-7000-8000-000000000000', i % 40), decided - (i % 300 + 5) * {TimeSpan.TicksPerSecond}, {same}
            from made, "Cases" where "ReceiptNumber" = 'T000001'
            """, null, ("@count", cases), ("@to", to), ("@year", year));
        Bench.Run(connection, "pragma wal_checkpoint(truncate); analyze;");
    }

    private static List<(long Key, int Count)> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 3600);
        using var rows = command.ExecuteReader();
        List<(long, int)> found = [];
        while (rows.Read())
            found.Add((rows.GetInt64(0), rows.GetInt32(1)));
        return found;
    }

    private static List<string> Names(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        List<string> names = [];
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names;
    }
}
