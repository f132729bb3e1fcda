using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Intake;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class BacklogTests(IntakeApi api)
{
    private static readonly QueueType Queue = Queues.Standard.Find(Queues.ELicence)!;

    // Monday after a week that ended with five business days and was preceded by an off weekend.
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 13, 26, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task The_number_ahead_goes_up_with_each_request_and_down_with_each_end()
    {
        var before = (int)(await api.Get("backlog?queue=id-photo&authority=浙A")).Json["waiting"]!;
        var body = api.IdPhoto();
        body["authority"] = "浙A";
        var first = await api.SendIdPhoto(body);
        Assert.Equal(before, (int)first.Json["backlog"]!);
        body = api.IdPhoto();
        body["authority"] = "浙A";
        Assert.Equal(before + 1, (int)(await api.SendIdPhoto(body)).Json["backlog"]!);
        Assert.Equal(before + 2, (int)(await api.Get("backlog?queue=id-photo&authority=浙")).Json["waiting"]!);
        Assert.Equal(0, (int)(await api.Get("backlog?queue=id-photo&authority=浙B")).Json["waiting"]!);
        await api.Post($"requests/{first.Id}/withdrawal", "{}");
        Assert.Equal(before + 1, (int)(await api.Get("backlog?queue=id-photo&authority=浙A")).Json["waiting"]!);
    }

    [Fact]
    public async Task Unknown_queues_and_authorities_are_named()
    {
        Assert.Equal(["queue QUEUE_UNKNOWN", "authority AUTHORITY_UNKNOWN"], (await api.Get("backlog?queue=second&authority=X")).Errors);
        Assert.Equal(["queue REQUIRED"], (await api.Get("backlog")).Errors);
    }

    [Fact]
    public async Task Items_ahead_are_divided_by_the_decisions_of_the_last_five_business_days()
    {
        // 60 decisions in five days of 24 hours are one in two hours; 6 wait, so half a business day.
        var found = await Count(waiting: 6, (Day(-7), "Approved:OnTime", 40), (Day(-3), "Rejected:Late", 15), (Day(-3), "Referred:OnTime", 5));
        Assert.Equal((6, Now.AddHours(12), null), (found.Waiting, found.ExpectedDecisionAt, found.ExpectedDecisionUnknown));
    }

    [Fact]
    public async Task Days_off_today_older_days_and_what_nobody_decided_do_not_count()
    {
        var found = await Count(
            waiting: 6, (Day(-7), "Approved:OnTime", 60), (Day(-8), "Approved:OnTime", 99), (Day(-1), "Approved:OnTime", 99), (Day(0), "Approved:OnTime", 99), (Day(-4), "Withdrawn:OnTime", 99), (Day(-4), "Lapsed:OnTime", 99));
        Assert.Equal(Now.AddHours(12), found.ExpectedDecisionAt);
    }

    [Theory]
    [InlineData(0, "NO_DECISIONS_YET")]
    [InlineData(1, "BEYOND_FORECAST")]
    public async Task Where_nothing_can_be_said_the_reason_is(int decisions, string reason)
    {
        var found = await Count(waiting: 10_000, (Day(-3), "Approved:OnTime", decisions));
        Assert.Equal((null, reason), (found.ExpectedDecisionAt, found.ExpectedDecisionUnknown));
    }

    [Fact]
    public void More_waiting_is_never_expected_earlier() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[0, 200], Gen.Int[0, 200]).Sample(
            (decisions, few, more) =>
            {
                var a = Count(few, (Day(-3), "Approved:OnTime", decisions)).GetAwaiter().GetResult();
                var b = Count(few + more, (Day(-3), "Approved:OnTime", decisions)).GetAwaiter().GetResult();
                return b.ExpectedDecisionAt is null || a.ExpectedDecisionAt <= b.ExpectedDecisionAt;
            },
            iter: 20,
            threads: 1);

    private static DateTimeOffset Day(int offset) => Shanghai.At(Shanghai.DateOf(Now).AddDays(offset), TimeSpan.FromHours(9));

    /// <summary>Counts over these roll-ups and leaves none of them behind.</summary>
    private async Task<Backlog> Count(int waiting, params (DateTimeOffset Slot, string Key, int Count)[] closed)
    {
        await using var db = await api.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        List<Rollup> rows = [Row(Metric.Waiting, "", Now, waiting), .. closed.Select(c => Row(Metric.Closed, c.Key, c.Slot, c.Count))];
        await SqliteDialect.Add(db, rows, CancellationToken.None);
        return await Backlog.Of(db, Queue, ["川A"], new SlaClock(Queue.Sla, Holidays.Shipped), Now, CancellationToken.None);
    }

    private static Rollup Row(Metric metric, string key, DateTimeOffset slot, int count) =>
        new() { Metric = metric, Key = key, Queue = Queue.Id, Authority = "川A", Slot = RollupShares.Hour(slot), Count = count };
}
