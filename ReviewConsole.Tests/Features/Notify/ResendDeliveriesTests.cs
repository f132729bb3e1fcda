using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Features.Notify;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Features.Notify;

public sealed class ResendDeliveriesTests : IAsyncLifetime
{
    private static readonly Actor Administrator = Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []);
    private static readonly Actor Supervisor = Actor.StaffMember(Guid.NewGuid(), "主管", Roles.Supervisor, Authorities.Standard.All.Select(a => a.Code), Queues.Standard.All.Select(q => q.Id));
    private readonly TestStore store = new();
    private readonly Casework work;

    public ResendDeliveriesTests() => work = new(store);

    private ResendDeliveries Resend => store.Get<ResendDeliveries>();

    [Fact]
    public async Task Each_is_put_in_line_and_what_cannot_be_is_named_without_stopping_the_others()
    {
        var ids = await Dead(3);
        var asOf = (await Find(new())).AsOf;
        Assert.Empty((await Resend.Handle(Administrator, [ids[0]], asOf)).Value);
        var unknown = Guid.NewGuid();

        var not = (await Resend.Handle(Administrator, [.. ids, unknown], asOf)).Value;
        Assert.Equal([(ids[0], Refusals.DeliveryMovedOn), (unknown, Refusals.NotFound)], not.Select(one => (one.Delivery, one.Why)));
        Assert.Equal(3, await work.Waiting(Effects.Deliver));
        foreach (var id in ids)
            Assert.Equal(nameof(DeliveryResent), (await work.Audited(DeliveryEvent.StreamOf(id)))[^1]);
    }

    [Fact]
    public async Task Two_people_at_once_send_each_again_once()
    {
        var ids = await Dead(40);
        var (one, two) = (await Find(new()), await Find(new()));
        var answers = await Task.WhenAll(Resend.Handle(Administrator, one.Deliveries, one.AsOf), Resend.Handle(Administrator, two.Deliveries, two.AsOf));
        Assert.Equal(40, answers.Sum(answer => answer.Value.Length));
        Assert.Equal(40, await work.Waiting(Effects.Deliver));
        Assert.Equal(ids.Order(), one.Deliveries.Order());
    }

    [Fact]
    public async Task What_was_given_up_again_since_somebody_looked_is_left_alone_until_somebody_looks_again()
    {
        var id = Assert.Single(await Dead(1));
        var seen = (await Find(new())).AsOf;
        Assert.Empty((await Resend.Handle(Administrator, [id], seen)).Value);
        await work.Do(unit => unit.Db.Deliveries.Single(d => d.Id == id).Fail("HTTP 400", 0));

        Assert.Equal(Refusals.DeliveryMovedOn, Assert.Single((await Resend.Handle(Administrator, [id], seen)).Value).Why);
        Assert.Empty((await Resend.Handle(Administrator, [id], (await Find(new())).AsOf)).Value);
    }

    [Fact]
    public async Task Only_what_the_filter_asks_for_is_found_whatever_its_state_says()
    {
        await Dead(3);
        var id = await work.Application();
        await work.Decide(id);
        await work.Settle();
        var receipt = (await work.Case(id)).ReceiptNumber;

        Assert.Equal(3, (await Find(new(State: DeliveryState.Delivered))).Deliveries.Length);
        Assert.Equal(3, (await Find(new(Channel: Channel.Sms))).Deliveries.Length);
        Assert.Empty((await Find(new(Channel: Channel.App))).Deliveries);
        Assert.Empty((await Find(new(receipt))).Deliveries);
        Assert.Empty((await Find(new("SQ0"))).Deliveries);
        await using var db = await store.Open();
        var notice = (await db.Notices.SingleAsync(n => n.Case == id)).Id;
        await db.Deliveries.Where(d => d.Notice == notice).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Dead));
        Assert.Equal(2, (await Find(new(receipt))).Deliveries.Length);
    }

    [Fact]
    public async Task Who_may_only_see_notices_sends_nothing_again()
    {
        var ids = await Dead(1);
        Assert.Equal(Refusals.NotPermitted, (await Resend.Handle(Supervisor, ids, long.MaxValue)).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await store.Get<DeadLettersQuery>().Handle(Supervisor, new())).Refusal);
        Assert.Equal(0, await work.Waiting(Effects.Deliver));
    }

    [Fact]
    public async Task A_batch_is_bounded() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Resend.Handle(Administrator, new Guid[ResendDeliveries.MostAtOnce + 1], 0));

    [Fact]
    public async Task What_is_left_to_do_is_counted_within_reach_and_calls_only_who_can_do_something()
    {
        await Dead(2);
        var id = await work.Application();
        await work.Decide(id);
        await work.Settle();
        await using (var db = await store.Open())
        {
            var notice = (await db.Notices.SingleAsync(n => n.Case == id)).Id;
            await db.Deliveries.Where(d => d.Notice == notice && d.Channel == Channel.Sms).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Dead));
            await db.Deliveries.Where(d => d.Notice == notice && d.Channel == Channel.App).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Pending));
        }

        var counts = store.Get<DeliveryCountsQuery>();
        var elsewhere = Actor.StaffMember(Guid.NewGuid(), "", Roles.Auditor, ["浙A"], Queues.Standard.All.Select(q => q.Id));
        Assert.Equal(new DeliveryCounts(3, 1), (await counts.Handle(Administrator)).Value);
        Assert.Equal(new DeliveryCounts(1, 1), (await counts.Handle(Supervisor)).Value);
        Assert.Equal(new DeliveryCounts(0, 0), (await counts.Handle(elsewhere)).Value);
        Assert.Equal((3, 0), (await counts.Count(Administrator), await counts.Count(Supervisor)));
        Assert.Equal("999+", Bounded.Text(Bounded.Most + 1));
    }

    [Fact]
    public async Task The_history_says_who_sent_it_again_and_is_found_within_reach_only()
    {
        var person = await store.Services.AddStaffMember("op", Roles.Administrator);
        var id = Assert.Single(await Dead(1));
        Assert.Empty((await Resend.Handle(person, [id], long.MaxValue)).Value);
        var history = store.Get<DeliveryHistoryQuery>();
        var lines = (await history.Handle(Administrator, id)).Value.Lines;
        Assert.Equal([(nameof(DeliveryResent), "op"), (nameof(DeliveryGivenUp), "test"), (nameof(DeliveryPlanned), "test")], lines.Select(line => (line.Kind, line.Who.Name)));
        // It tells of no case, so it is in nobody's reach but an administrator's.
        Assert.Equal(Refusals.NotFound, (await history.Handle(Supervisor, id)).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await history.Handle(Actor.StaffMember(Guid.NewGuid(), "", Roles.Reviewer, [], []), id)).Refusal);
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<DeadLetters> Find(MailboxFilter filter) => (await store.Get<DeadLettersQuery>().Handle(Administrator, filter)).Value;

    // Notices with one delivery each, given up; the work that planning them left is taken away.
    private async Task<List<Guid>> Dead(int count)
    {
        var person = await work.Person();
        List<Guid> ids = [];
        await work.Do(unit =>
        {
            for (var i = 0; i < count; i++)
            {
                Notice notice = new(Guid.NewGuid(), null, person, "lapsed", new("短信", "标题", "正文"), "13812345678", unit.Now);
                unit.Db.Notices.Add(notice);
                Delivery delivery = new(Guid.NewGuid(), notice.Id, Channel.Sms, unit.Now);
                delivery.Fail("HTTP 400", 0);
                unit.Db.Deliveries.Add(delivery);
                ids.Add(delivery.Id);
            }
        });
        await store.Drain();
        return ids;
    }
}
