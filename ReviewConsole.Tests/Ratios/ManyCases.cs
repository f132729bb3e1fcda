using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Ratios;

/// <summary>A store on the disk with a great many open cases, copied row by row from a few that the product itself made.</summary>
public sealed class ManyCases(int count) : IAsyncLifetime
{
    // Every column of a row as it is, but for those that must differ.
    private static readonly string[] Different = ["Id", "ReceiptNumber", "Subject", "Applicant", "DueAt", "Authority", "HomeAuthority"];

    /// <summary>Authorities that they belong to.</summary>
    public static readonly string[] Places = ["粤A", "粤B", "浙A"];

    public TestStore Store { get; } = new() { OnDisk = true };

    public int Count => count;

    public async Task InitializeAsync()
    {
        await Store.InitializeAsync();
        await new Sample(Store).ELicence();
        string seed, applicant;
        await using (var db = await Store.Open())
        {
            var made = await db.Cases.SingleAsync();
            (seed, applicant) = (Text(made.Id.Value), Text(made.Applicant));
        }

        using var connection = Bench.Connect(Store.Folder);
        var columns = Columns(connection, "Cases").Except(Different).Select(c => $"\"{c}\"").ToList();
        var people = Columns(connection, "Applicants").Except(["Id", "DocumentIndex"]).Select(c => $"\"{c}\"").ToList();
        var ledger = Columns(connection, "SlaLedger").Except(["Case"]).Select(c => $"\"{c}\"").ToList();
        const string Numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < @count)";
        const string Id = "printf('%08X-0000-7000-8000-%012X', i / 65536, i)";
        var place = $"case i % 3 when 0 then '{Places[0]}' when 1 then '{Places[1]}' else '{Places[2]}' end";
        using var transaction = connection.BeginTransaction();
        Bench.Run(connection, $"""
            {Numbers} insert into "Cases" ("Id", "ReceiptNumber", "Subject", "Applicant", "DueAt", "Authority", "HomeAuthority", {string.Join(", ", columns)})
            select {Id}, printf('SQ%012d', i), {Id}, {Id}, "DueAt" + i * 1000000, {place}, {place}, {string.Join(", ", columns)} from n, "Cases" where "Id" = @seed
            """, transaction, ("@count", count), ("@seed", seed));
        Bench.Run(connection, $"""
            {Numbers} insert into "Applicants" ("Id", "DocumentIndex", {string.Join(", ", people)})
            select {Id}, 'many' || i, {string.Join(", ", people)} from n, "Applicants" where "Id" = @seed
            """, transaction, ("@count", count), ("@seed", applicant));
        Bench.Run(connection, $"""
            {Numbers} insert into "SlaLedger" ("Case", {string.Join(", ", ledger)})
            select {Id}, {string.Join(", ", ledger)} from n, "SlaLedger" where "Case" = @seed
            """, transaction, ("@count", count), ("@seed", seed));
        transaction.Commit();
        Bench.Run(connection, "pragma wal_checkpoint(truncate); analyze;");
    }

    public Task DisposeAsync() => Store.DisposeAsync();

    /// <summary>A reviewer who reaches all of them.</summary>
    public static Actor Reviewer() =>
        Actor.StaffMember(Guid.NewGuid(), "r", Roles.Reviewer, Places, [Queues.ELicence]) with { OnDuty = true };

    /// <summary>Where a page begins that lies so deep in the list, 0 to 1.</summary>
    public async Task<(DateTimeOffset DueAt, CaseId Id)> At(double depth)
    {
        await using var db = await Store.Open();
        var found = await db.Cases.OrderBy(c => c.DueAt).ThenBy(c => c.Id).Skip((int)(depth * (count - 60))).Select(c => new { c.DueAt, c.Id }).FirstAsync();
        return (found.DueAt, found.Id);
    }

    private static List<string> Columns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select name from pragma_table_info('{table}')";
        using var rows = command.ExecuteReader();
        List<string> names = [];
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names;
    }

    private static string Text(Guid id) => id.ToString().ToUpperInvariant();
}
