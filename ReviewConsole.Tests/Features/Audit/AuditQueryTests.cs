using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Audit;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Data.Audit;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Audit;

/// <summary>The list of the audit log and the record of its verification.</summary>
public sealed class AuditQueryTests : IAsyncLifetime, IUseCase
{
    private static readonly Actor Auditor = Actor.StaffMember(Guid.NewGuid(), "审计员", Roles.Auditor, [], []);
    private readonly TestStore store = new();
    private readonly Sample sample;
    private Actor reviewer = Actor.Nobody;
    private CaseId id;

    public AuditQueryTests() => sample = new(store);

    public static Permission Needs => Permission.System;

    [Fact]
    public async Task The_newest_row_comes_first_with_the_names_of_who_and_what()
    {
        var row = (await List()).Rows[0];
        Assert.Equal(("CaseClaimed", "case", id), (row.Line.Kind, row.About, row.Case));
        Assert.Equal(("审核员07", (await Case()).ReceiptNumber), (row.Line.Who.Name, row.Subject));
    }

    [Fact]
    public async Task Everything_is_seen_once_page_by_page_whatever_is_filtered()
    {
        for (var i = 0; i < 60; i++)
            await Record($"s:{i % 2}");
        await using var db = await store.Open();
        var all = await db.AuditEntries.CountAsync();
        foreach (var (filter, count) in new[] { (new AuditFilter(), all), (new(About: "s:1"), 30), (new(Kind: "Happened"), 60), (new(Who: "system:test", Kind: "Happened"), 60), (new(From: new(2026, 11, 23), To: new(2026, 11, 23)), all) })
        {
            List<long> seen = [];
            long? before = null;
            do
            {
                var page = await List(filter with { Before = before });
                Assert.InRange(page.Rows.Length, 1, AuditQuery.PageSize);
                seen.AddRange(page.Rows.Select(row => row.Id));
                before = page.Next;
            }
            while (before is not null);
            Assert.Equal(count, seen.Count);
            Assert.Equal(seen.Distinct().OrderDescending(), seen);
        }
    }

    [Fact]
    public async Task A_receipt_number_stands_for_the_stream_of_its_case()
    {
        var rows = (await List(new(About: (await Case()).ReceiptNumber))).Rows;
        Assert.Equal(["CaseClaimed", "CaseOpened"], rows.Select(r => r.Line.Kind).Where(kind => kind is "CaseClaimed" or "CaseOpened"));
        Assert.All(rows, row => Assert.Equal(CaseEvent.StreamOf(id), row.Stream));
        Assert.Empty((await List(new(About: "SQ0"))).Rows);
    }

    [Fact]
    public async Task Who_and_days_narrow_the_list()
    {
        Assert.Equal(["CaseClaimed"], (await List(new(Who: reviewer.Id))).Rows.Select(r => r.Line.Kind));
        Assert.DoesNotContain((await List(new(Who: AuditQuery.System))).Rows, row => row.Line.Who.Kind != DoerKind.System);
        store.Time.Advance(TimeSpan.FromDays(1));
        await Record("s:1");
        Assert.Equal(["Happened"], (await List(new(From: new(2026, 11, 24)))).Rows.Select(r => r.Line.Kind));
        Assert.Equal("CaseClaimed", (await List(new(To: new(2026, 11, 23)))).Rows[0].Line.Kind);
        Assert.Empty((await List(new(From: new(2026, 11, 25)))).Rows);
        Assert.Empty((await List(new(To: new(2026, 11, 22)))).Rows);
    }

    [Fact]
    public async Task Every_page_is_a_seek()
    {
        await using var db = await store.Open();
        await db.Database.ExecuteSqlRawAsync("create index if not exists \"IX_AuditEntries_Actor_Id\" on \"AuditEntries\" (\"Actor\", \"Id\"); create index if not exists \"IX_AuditEntries_Kind_Id\" on \"AuditEntries\" (\"Kind\", \"Id\")");
        DateOnly day = new(2026, 11, 23);
        foreach (var (filter, index) in new[]
                 {
                     (new AuditFilter(Before: 9), "INTEGER PRIMARY KEY (rowid<?)"),
                     (new(From: day, To: day), "INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
                     (new(Who: reviewer.Id, Before: 9), "IX_AuditEntries_Actor_Id (Actor=? AND Id<?)"),
                     (new(Kind: "CaseClaimed", Before: 9), "IX_AuditEntries_Kind_Id (Kind=? AND Id<?)"),
                     (new(About: CaseEvent.StreamOf(id), Before: (await List(new(About: CaseEvent.StreamOf(id)))).Rows[0].Id), "IX_AuditEntries_Stream_Sequence (Stream=? AND Sequence<?)"),
                 })
        {
            var plan = await Plan(db, (await AuditQuery.Rows(db, filter, CancellationToken.None))!.Take(26));
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
            Assert.Contains(index, plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_verification_is_recorded_with_its_result_and_by_whom()
    {
        Assert.Null((await store.Get<AuditQuery>().LastVerified(Auditor)).Value);
        var auditor = await sample.Staff(Roles.Auditor, "审计员01");
        var held = (await store.Get<RecordVerification>().Handle(auditor)).Value;
        var last = (await store.Get<AuditQuery>().LastVerified(Auditor)).Value!;
        Assert.Equal((held, "审计员01", store.Time.GetUtcNow()), (last.Verdict, last.Who.Name, last.At));
        Assert.Null(held.FirstBad);

        await using var db = await store.Open();
        await db.Database.ExecuteSqlAsync($"delete from AuditEntries where Kind = 'CaseOpened'");
        Assert.Equal(AuditFault.Missing, (await store.Get<RecordVerification>().Handle(auditor)).Value.FirstBad?.Fault);
        Assert.Equal(new(AuditFault.Missing, CaseEvent.StreamOf(id), 2, null), (await store.Get<AuditQuery>().LastVerified(Auditor)).Value!.Verdict.FirstBad! with { Sequence = 2 });
    }

    [Fact]
    public async Task A_verification_that_is_cancelled_is_not_recorded()
    {
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Get<RecordVerification>().Handle(Auditor, cancel: cancel.Token));
        Assert.Null((await store.Get<AuditQuery>().LastVerified(Auditor)).Value);
    }

    [Fact]
    public async Task Nobody_but_an_auditor_reads_or_verifies()
    {
        foreach (var role in new[] { Roles.Reviewer, Roles.Senior, Roles.Supervisor, Roles.Administrator })
        {
            var other = Actor.StaffMember(Guid.NewGuid(), "x", role, [], []);
            Assert.Equal(Refusals.NotPermitted, (await store.Get<AuditQuery>().Handle(other, new())).Refusal);
            Assert.Equal(Refusals.NotPermitted, (await store.Get<AuditQuery>().Actors(other)).Refusal);
            Assert.Equal(Refusals.NotPermitted, (await store.Get<AuditQuery>().LastVerified(other)).Refusal);
            Assert.Equal(Refusals.NotPermitted, (await store.Get<RecordVerification>().Handle(other)).Refusal);
        }
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        reviewer = await sample.Staff(Roles.Reviewer);
        id = await sample.ELicence();
        Assert.Null((await store.Get<ClaimCase>().Handle(reviewer, id)).Refusal);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private static async Task<string> Plan(ReviewDb db, IQueryable<AuditEntry> rows)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = rows.CreateDbCommand();
        command.CommandText = "explain query plan " + command.CommandText;
        await using var steps = await command.ExecuteReaderAsync();
        List<string> plan = [];
        while (await steps.ReadAsync())
            plan.Add(steps.GetString(3));
        return string.Join('\n', plan);
    }

    private async Task<AuditList> List(AuditFilter? filter = null) => (await store.Get<AuditQuery>().Handle(Auditor, filter ?? new())).Value;

    private async Task<ReviewCase> Case()
    {
        await using var db = await store.Open();
        return await db.Cases.SingleAsync(c => c.Id == id);
    }

    private async Task Record(string stream) => await store.Get<Commit>().Run<AuditQueryTests, Done>(Actor.System("test"), unit =>
    {
        unit.Record(new TamperedLog.Happened(stream, 1));
        return Task.FromResult<Answer<Done>>(default(Done));
    });
}
