using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Data.Audit;

public sealed class StreamHistoryTests : IAsyncLifetime, IUseCase
{
    private readonly TestStore store = new();

    public static Permission Needs => Permission.System;

    [Fact]
    public async Task The_last_rows_come_newest_first_with_the_names_of_everybody_in_them()
    {
        Sample sample = new(store);
        var (first, second) = (await sample.Staff(Roles.Reviewer, "李雷"), await sample.Staff(Roles.Reviewer, "韩梅梅"));
        var id = await sample.ELicence();
        Assert.Null((await store.Get<ClaimCase>().Handle(first, id)).Refusal);
        store.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null((await store.Get<ClaimCase>().Handle(second, id)).Refusal);

        var lines = await Read(CaseEvent.StreamOf(id), 3);
        Assert.Equal(["CaseClaimed", "ClaimExpired", "CaseClaimed"], lines.Select(l => l.Kind));
        Assert.Equal([new(DoerKind.Staff, "韩梅梅"), new(DoerKind.Staff, "韩梅梅"), new(DoerKind.Staff, "李雷")], lines.Select(l => l.Who));
        // Who did it stands there once; the other person of the event by name.
        Assert.DoesNotContain(lines[0].Details, d => d.Field == "Holder");
        Assert.Equal(["李雷"], Assert.Single(lines[1].Details, d => d.Field == "Holder").Values);
        Assert.Equal([id.ToString()], Assert.Single(lines[0].Details, d => d.Field == "Case").Values);
    }

    [Fact]
    public async Task Clients_have_their_names_and_the_product_says_which_work_it_was()
    {
        var client = Guid.NewGuid();
        await store.Get<Commit>().Run<StreamHistoryTests, Done>(Actor.System("test"), unit =>
        {
            unit.Db.ApiClients.Add(new() { Id = client, Name = "交管12123", KeyHash = "h", Permissions = [], CreatedAt = unit.Now });
            return Task.FromResult<Answer<Done>>(default(Done));
        });
        foreach (var actor in new[] { Actor.Client(client, "", [Permission.System]), Actor.System("lapse"), Actor.Client(Guid.Empty, "", [Permission.System]) })
            await Record(actor);
        Assert.Equal([new(DoerKind.Client, Guid.Empty.ToString()), new(DoerKind.System, "lapse"), new(DoerKind.Client, "交管12123")], (await Read("s:1", 9)).Select(l => l.Who));
    }

    [Fact]
    public async Task A_row_that_somebody_broke_is_still_shown()
    {
        await Record(Actor.System("test"));
        await using var db = await store.Open();
        foreach (var payload in new[] { "", "{", "[1]", "7" })
        {
            await db.Database.ExecuteSqlAsync($"update AuditEntries set Payload = {payload}, Actor = 'staff:nobody' where Stream = 's:1'");
            var line = Assert.Single(await Read("s:1", 9));
            Assert.Equal(new(DoerKind.Staff, "nobody"), line.Who);
            Assert.Empty(line.Details);
        }
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<IReadOnlyList<ChangeLine>> Read(string stream, int most)
    {
        await using var db = await store.Open();
        return await StreamHistory.Read(db, stream, most, CancellationToken.None);
    }

    private async Task Record(Actor actor) => await store.Get<Commit>().Run<StreamHistoryTests, Done>(actor, unit =>
    {
        unit.Record(new TamperedLog.Happened("s:1", 1));
        return Task.FromResult<Answer<Done>>(default(Done));
    });
}
