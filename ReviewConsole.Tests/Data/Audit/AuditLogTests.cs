using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Audit;

namespace ReviewConsole.Tests.Data.Audit;

public sealed class AuditLogTests(TamperedLog log) : IClassFixture<TamperedLog>
{
    [Fact]
    public void A_payload_does_not_repeat_its_stream() =>
        Assert.Equal("""{"In":"b:1","Turn":0}""", log.Of("b:1")[0].Payload);

    [Fact]
    public async Task Rows_that_repeat_it_since_they_are_older_still_hold()
    {
        const string Payload = """{"Stream":"old:1","Turn":0}""";
        Assert.Null(await log.After(async db =>
        {
            var hash = AuditLog.HashOf("", "old:1", 1, 5, "system:test", "Happened", Payload);
            await db.Database.ExecuteSqlAsync($"insert into AuditEntries (Stream, Sequence, At, Actor, Kind, Payload, Hash) values ('old:1', 1, 5, 'system:test', 'Happened', {Payload}, {hash})");
            await db.Database.ExecuteSqlAsync($"insert into AuditHeads (Stream, Sequence, Hash) values ('old:1', 1, {hash})");
        }));
    }
}
