using CsCheck;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Tests.Data.Audit;

/// <summary>Whatever is done to the log past the product is found, and the first bad row is named (REC-1).</summary>
public sealed class VerifyAuditTests(TamperedLog log) : IClassFixture<TamperedLog>
{
    private static readonly Actor Auditor = Actor.StaffMember(Guid.NewGuid(), "审计员", Roles.Auditor, [], []);

    // The third of the six rows of c:1.
    private AuditEntry Row => log.Of("c:1")[2];

    [Fact]
    public async Task A_log_that_nobody_touched_holds()
    {
        List<AuditProgress> progress = [];
        var verdict = (await log.Store.Get<VerifyAudit>().Handle(Auditor, new Heard(progress))).Value;
        Assert.Equal(new(log.Rows.Count, log.Rows.Select(r => r.Stream).Distinct().Count(), null), verdict);
        Assert.Equal(new(log.Rows.Count, log.Rows.Count), progress[^1]);
    }

    [Fact]
    public async Task Only_who_may_audit_gets_an_answer() =>
        Assert.Equal(Refusals.NotPermitted, (await log.Store.Get<VerifyAudit>().Handle(Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []))).Refusal);

    [Fact]
    public async Task It_stops_when_it_is_cancelled()
    {
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => log.Store.Get<VerifyAudit>().Handle(Auditor, cancel: cancel.Token));
    }

    [Theory]
    [InlineData("\"Payload\" = replace(\"Payload\", 'Turn', 'turn')")]
    [InlineData("\"Actor\" = 'staff:0'")]
    [InlineData("\"Kind\" = 'Other'")]
    [InlineData("\"At\" = \"At\" + 1")]
    [InlineData("\"At\" = -1")]
    [InlineData("\"At\" = 9223372036854775807")]
    [InlineData("\"Hash\" = upper(\"Hash\")")]
    [InlineData("\"Hash\" = ''")]
    public async Task An_edited_column_is_found(string set)
    {
        var sql = "update \"AuditEntries\" set " + set + " where \"Id\" = {0}";
        Assert.Equal(Named(AuditFault.Changed, Row), await log.After(db => db.Database.ExecuteSqlRawAsync(sql, Row.Id)));
    }

    [Fact]
    public async Task An_edited_stream_names_the_row_where_it_now_stands()
    {
        Assert.Equal(new(AuditFault.UnknownHead, "b:1", 3, Row.Id), await log.After($"update AuditEntries set Stream = 'b:1' where Id = {Row.Id}"));
        Assert.Equal(new(AuditFault.UnknownHead, "aa:1", 3, Row.Id), await log.After($"update AuditEntries set Stream = 'aa:1' where Id = {Row.Id}"));
    }

    [Fact]
    public async Task An_edited_sequence_is_found_whatever_was_written()
    {
        Assert.Equal(new(AuditFault.Missing, "c:1", 3, null), await log.After($"update AuditEntries set Sequence = 5000000000 where Id = {Row.Id}"));
        Assert.Equal(new(AuditFault.OutOfOrder, "c:1", 0, Row.Id), await log.After($"update AuditEntries set Sequence = 0 where Id = {Row.Id}"));
    }

    [Fact]
    public async Task A_row_deleted_in_the_middle_is_missing() =>
        Assert.Equal(new(AuditFault.Missing, "c:1", 3, null), await log.After($"delete from AuditEntries where Id = {Row.Id}"));

    [Fact]
    public async Task Rows_that_exchanged_their_places_are_out_of_order()
    {
        var other = log.Of("c:1")[4];
        Assert.Equal(new(AuditFault.OutOfOrder, "c:1", 3, other.Id), await log.After(db => Swap(db, "Sequence", Row, other)));
        Assert.Equal(new(AuditFault.OutOfOrder, "c:1", 3, other.Id), await log.After(db => Swap(db, "Id", Row, other)));
    }

    [Fact]
    public async Task Rows_that_exchanged_their_contents_are_changed() =>
        Assert.Equal(Named(AuditFault.Changed, Row), await log.After(db => SwapContents(db, Row, log.Of("c:1")[3])));

    [Fact]
    public async Task A_cut_off_end_is_found()
    {
        Assert.Equal(new(AuditFault.CutOff, "c:1", 5, null), await log.After($"delete from AuditEntries where Stream = 'c:1' and Sequence >= 5"));
        Assert.Equal(new(AuditFault.CutOff, "b:1", 1, null), await log.After($"delete from AuditEntries where Stream = 'b:1'"));
        // The last stream of the walk ends with it.
        Assert.Equal(new(AuditFault.CutOff, "system:calendar", 1, null), await log.After($"delete from AuditEntries where Stream = 'system:calendar'"));
    }

    [Fact]
    public async Task A_stream_that_is_gone_with_its_head_leaves_its_numbers() =>
        Assert.Equal(new(AuditFault.Missing, null, null, log.Of("b:1")[0].Id), await log.After(async db =>
        {
            await db.Database.ExecuteSqlAsync($"delete from AuditEntries where Stream = 'b:1'");
            await db.Database.ExecuteSqlAsync($"delete from AuditHeads where Stream = 'b:1'");
        }));

    [Fact]
    public async Task An_end_that_was_cut_off_and_mended_is_still_missing()
    {
        var last = log.Rows.MaxBy(row => row.Id)!;
        var before = log.Of(last.Stream)[^2];
        Assert.Equal(new(AuditFault.Missing, null, null, last.Id), await log.After(async db =>
        {
            await db.Database.ExecuteSqlAsync($"delete from AuditEntries where Id = {last.Id}");
            await db.Database.ExecuteSqlAsync($"update AuditHeads set Sequence = {before.Sequence}, Hash = {before.Hash} where Stream = {last.Stream}");
        }));
    }

    [Fact]
    public async Task The_whole_log_gone_leaves_its_first_number() =>
        Assert.Equal(new(AuditFault.Missing, null, null, 1), await log.After(async db =>
        {
            await db.Database.ExecuteSqlAsync($"delete from AuditEntries");
            await db.Database.ExecuteSqlAsync($"delete from AuditHeads");
        }));

    [Fact]
    public async Task A_head_that_was_deleted_or_edited_is_found()
    {
        var rows = log.Of("c:1");
        Assert.Equal(Named(AuditFault.UnknownHead, rows[0]), await log.After($"delete from AuditHeads where Stream = 'c:1'"));
        Assert.Equal(Named(AuditFault.UnknownHead, rows[5]), await log.After($"update AuditHeads set Hash = 'x' where Stream = 'c:1'"));
        Assert.Equal(Named(AuditFault.UnknownHead, rows[4]), await log.After($"update AuditHeads set Sequence = 4 where Stream = 'c:1'"));
        Assert.Equal(new(AuditFault.CutOff, "c:1", 7, null), await log.After($"update AuditHeads set Sequence = 7 where Stream = 'c:1'"));
        Assert.Equal(new(AuditFault.CutOff, "bb:1", 1, null), await log.After($"update AuditHeads set Stream = 'bb:1' where Stream = 'c:1'"));
    }

    [Fact]
    public async Task A_row_that_was_put_in_is_found()
    {
        var next = log.Rows.Max(row => row.Id) + 1;
        Assert.Equal(new(AuditFault.UnknownHead, "c:1", 7, next), await log.After($"insert into AuditEntries (Stream, Sequence, At, Actor, Kind, Payload, Hash) select Stream, 7, At, Actor, Kind, Payload, Hash from AuditEntries where Id = {Row.Id}"));
        Assert.Equal(new(AuditFault.UnknownHead, "cc:1", 1, next), await log.After($"insert into AuditEntries (Stream, Sequence, At, Actor, Kind, Payload, Hash) select 'cc:1', 1, At, Actor, Kind, Payload, Hash from AuditEntries where Id = {Row.Id}"));
    }

    [Fact]
    public void Whatever_is_edited_deleted_exchanged_or_cut_off_the_right_row_is_named() =>
        Gen.Select(Gen.Int[0, log.Rows.Count - 1], Gen.Int[0, log.Rows.Count - 1], Gen.Int[0, 4], Gen.Int[0, 4]).Sample(
            (index, second, verb, column) =>
            {
                var row = log.Rows[index];
                var mates = log.Of(row.Stream);
                var mate = mates[second % mates.Count];
                var (first, last) = row.Sequence < mate.Sequence ? (row, mate) : (mate, row);
                var end = mates[^1].Sequence == row.Sequence;
                BadAuditRow? named = verb switch
                {
                    0 => Named(AuditFault.Changed, row),
                    1 => new(end ? AuditFault.CutOff : AuditFault.Missing, row.Stream, row.Sequence, null),
                    2 => first == last ? null : new(AuditFault.OutOfOrder, first.Stream, first.Sequence, last.Id),
                    3 => first == last ? null : Named(AuditFault.Changed, first),
                    _ => new(AuditFault.CutOff, row.Stream, row.Sequence, null),
                };
                return named == log.After(db => verb switch
                {
                    0 => Edit(db, row, column),
                    1 => db.Database.ExecuteSqlAsync($"delete from AuditEntries where Id = {row.Id}"),
                    2 => Swap(db, "Sequence", first, last),
                    3 => SwapContents(db, first, last),
                    _ => db.Database.ExecuteSqlAsync($"delete from AuditEntries where Stream = {row.Stream} and Sequence >= {row.Sequence}"),
                }).GetAwaiter().GetResult();
            },
            iter: 300,
            threads: 1);

    private static BadAuditRow Named(AuditFault fault, AuditEntry row) => new(fault, row.Stream, row.Sequence, row.Id);

    private static Task<int> Edit(ReviewDb db, AuditEntry row, int column) => column switch
    {
        0 => db.Database.ExecuteSqlAsync($"update AuditEntries set Payload = Payload || ' ' where Id = {row.Id}"),
        1 => db.Database.ExecuteSqlAsync($"update AuditEntries set Actor = Actor || '0' where Id = {row.Id}"),
        2 => db.Database.ExecuteSqlAsync($"update AuditEntries set Kind = '' where Id = {row.Id}"),
        3 => db.Database.ExecuteSqlAsync($"update AuditEntries set At = At - 10000000 where Id = {row.Id}"),
        _ => db.Database.ExecuteSqlAsync($"update AuditEntries set Hash = {new string('0', 64)} where Id = {row.Id}"),
    };

    private static async Task Swap(ReviewDb db, string column, AuditEntry one, AuditEntry other)
    {
        // Past the unique index by way of a number that nobody has.
        var (a, b) = column == "Id" ? (one.Id, other.Id) : (one.Sequence, other.Sequence);
        var sql = "update AuditEntries set " + column + " = {0} where " + column + " = {1} and Stream = {2}";
        foreach (var (from, to) in new[] { (a, -1L), (b, a), (-1L, b) })
            await db.Database.ExecuteSqlRawAsync(sql, to, from, one.Stream);
    }

    private static async Task SwapContents(ReviewDb db, AuditEntry one, AuditEntry other)
    {
        foreach (var (to, from) in new[] { (one, other), (other, one) })
            await db.Database.ExecuteSqlAsync($"update AuditEntries set At = {from.At.UtcTicks}, Actor = {from.Actor}, Kind = {from.Kind}, Payload = {from.Payload}, Hash = {from.Hash} where Id = {to.Id}");
    }

    private sealed class Heard(List<AuditProgress> progress) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => progress.Add(value);
    }
}
