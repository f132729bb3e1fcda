using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Features.Notify;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Notify;

public sealed class MailboxQueryTests : IAsyncLifetime
{
    private static readonly Actor Administrator = Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []);
    private readonly TestStore store = new();
    private readonly Casework work;

    public MailboxQueryTests() => work = new(store);

    [Fact]
    public async Task A_notice_is_listed_with_its_case_its_words_and_a_masked_receiver()
    {
        var id = await work.Application();
        await work.Decide(id, new(Outcome.Rejected, ["PHOTO_HAT"]));
        await work.Settle();

        var row = Assert.Single((await Page(new())).Rows);
        Assert.Equal((id, (await work.Case(id)).ReceiptNumber, "138****5678"), (row.Case!.Value, row.ReceiptNumber, row.Receiver));
        Assert.StartsWith("【交管12123】", row.Sms, StringComparison.Ordinal);
        Assert.Contains("请脱帽后重拍。", row.Body, StringComparison.Ordinal);
        Assert.Equal([(Channel.Sms, DeliveryState.Delivered, 1), (Channel.App, DeliveryState.Delivered, 1)], row.Deliveries.Select(d => (d.Channel, d.State, d.Tries)));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_even_within_one_moment()
    {
        var written = await Write(60);
        List<Guid> seen = [];
        MailboxPlace? after = null;
        do
        {
            var page = await Page(new(After: after));
            Assert.InRange(page.Rows.Length, 1, MailboxQuery.PageSize);
            seen.AddRange(page.Rows.Select(row => row.Id));
            after = MailboxPlace.Parse(page.Next?.ToString());
        }
        while (after is not null);

        Assert.Equal(written.OrderByDescending(n => n.WrittenAt).ThenByDescending(n => n.Id.ToString(), StringComparer.Ordinal).Select(n => n.Id), seen);
    }

    [Fact]
    public async Task State_and_receipt_number_narrow_the_list()
    {
        await Write(30);
        var id = await work.Application();
        await work.Decide(id);
        await work.Settle();
        var receipt = (await work.Case(id)).ReceiptNumber;

        Assert.Equal(id, Assert.Single((await Page(new(receipt))).Rows).Case);
        Assert.Single((await Page(new(receipt, DeliveryState.Delivered))).Rows);
        Assert.Empty((await Page(new(receipt, DeliveryState.Dead))).Rows);
        Assert.Empty((await Page(new("SQ0"))).Rows);
        var dead = await Page(new(State: DeliveryState.Dead));
        var rest = await Page(new(State: DeliveryState.Dead, After: dead.Next));
        Assert.Equal((25, 5), (dead.Rows.Length, rest.Rows.Length));
        Assert.Equal(30, dead.Rows.Concat(rest.Rows).Select(row => row.Id).Distinct().Count());
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Channel_and_days_narrow_the_list()
    {
        var written = await Write(3);
        store.Time.Advance(TimeSpan.FromDays(2));
        var later = await Write(3);
        var (first, second) = (Shanghai.DateOf(written[0].WrittenAt), Shanghai.DateOf(later[0].WrittenAt));
        await using (var db = await store.Open())
        {
            var app = later.Select(n => n.Id).ToList();
            await db.Deliveries.Where(d => app.Contains(d.Notice) && d.Channel == Channel.App).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Delivered));
        }

        Assert.Equal(3, (await Page(new(To: first))).Rows.Length);
        Assert.Equal(later.Select(n => n.Id).Order(), (await Page(new(From: second, To: second))).Rows.Select(row => row.Id).Order());
        Assert.Empty((await Page(new(From: first.AddDays(1), To: second.AddDays(-1)))).Rows);
        Assert.All((await Page(new(Channel: Channel.App))).Rows, row => Assert.Equal(Channel.App, Assert.Single(row.Deliveries).Channel));
        Assert.Equal(3, (await Page(new(State: DeliveryState.Dead, Channel: Channel.App))).Rows.Length);
        Assert.Equal(6, (await Page(new(State: DeliveryState.Dead, Channel: Channel.Sms))).Rows.Length);
        Assert.Empty((await Page(new(State: DeliveryState.Dead, Channel: Channel.App, From: second))).Rows);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1-2-3")]
    [InlineData("9223372036854775807-00000000000000000000000000000000")]
    [InlineData("x-00000000000000000000000000000000")]
    public void A_place_that_somebody_typed_is_no_place(string? text) => Assert.Null(MailboxPlace.Parse(text));

    [Fact]
    public async Task Reviewers_do_not_see_the_list() =>
        Assert.Equal(Refusals.NotPermitted, (await store.Get<MailboxQuery>().Handle(Actor.StaffMember(Guid.NewGuid(), "", Roles.Reviewer, [], []), new())).Refusal);

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    // Three notices a moment, each with deliveries that were given up.
    private async Task<List<Notice>> Write(int count)
    {
        var person = await work.Person();
        List<Notice> written = [];
        for (var i = 0; i < count; i += 3)
        {
            store.Time.Advance(TimeSpan.FromSeconds(1));
            await work.Do(unit =>
            {
                for (var j = 0; j < 3; j++)
                {
                    Notice notice = new(Guid.NewGuid(), null, person, "lapsed", new("短信", "标题", "正文"), "13812345678", unit.Now);
                    written.Add(notice);
                    unit.Db.Notices.Add(notice);
                    foreach (var channel in Enum.GetValues<Channel>())
                    {
                        Delivery delivery = new(Guid.NewGuid(), notice.Id, channel, unit.Now);
                        delivery.Fail("HTTP 400", 0);
                        unit.Db.Deliveries.Add(delivery);
                    }
                }
            });
        }

        return written;
    }

    [Fact]
    public async Task Notices_of_cases_out_of_reach_are_not_there()
    {
        var id = await work.Application();
        await work.Decide(id);
        await work.Settle();
        var elsewhere = Actor.StaffMember(Guid.NewGuid(), "审计员", Roles.Auditor, ["浙A"], Queues.Standard.All.Select(q => q.Id));
        Assert.Empty((await store.Get<MailboxQuery>().Handle(elsewhere, new())).Value.Rows);
        var here = Actor.StaffMember(Guid.NewGuid(), "审计员", Roles.Auditor, [(await work.Case(id)).Authority], Queues.Standard.All.Select(q => q.Id));
        Assert.Single((await store.Get<MailboxQuery>().Handle(here, new())).Value.Rows);
    }

    private async Task<MailboxList> Page(MailboxFilter filter) => (await store.Get<MailboxQuery>().Handle(Administrator, filter)).Value;
}
