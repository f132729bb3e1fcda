using ReviewConsole.Catalog;
using ReviewConsole.Demo;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Demo;

public sealed class DemoPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 13, 26, 0, TimeSpan.FromHours(8));
    private static readonly IReadOnlyList<DemoRequest> Plan = DemoPlan.Make(Now);

    [Fact]
    public void There_are_300_requests_of_three_authorities_in_both_queues()
    {
        Assert.Equal(300, Plan.Count);
        Assert.Equal(Enumerable.Range(0, 300), Plan.Select(request => request.Number));
        Assert.Equal(["浙A", "粤A", "粤B"], Plan.Select(request => request.Authority).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Plan, request => Assert.NotNull(Authorities.Standard.Find(request.Authority)));
        Assert.Equal([225, 75], [Plan.Count(r => r.Queue == Queues.ELicence), Plan.Count(r => r.Queue == Queues.IdPhoto)]);
        Assert.Equal(6, Plan.Select(request => (request.Authority, request.Queue)).Distinct().Count());
    }

    [Fact]
    public void Everybody_has_a_valid_number_of_their_own_a_valid_name_and_phone()
    {
        var today = Shanghai.DateOf(Now);
        Assert.All(Plan, request =>
        {
            Assert.True(CitizenId.TryParse(request.CitizenNumber, today, out var id, out _), request.CitizenNumber);
            Assert.InRange(id.AgeOn(today), 18, 75);
            Assert.True(PersonName.TryParse(request.Name, out _, out _), request.Name);
            Assert.True(PhoneNumber.TryParse(request.Phone, out _, out _), request.Phone);
        });
        Assert.Equal(300, Plan.Select(request => request.CitizenNumber).Distinct().Count());
    }

    [Fact]
    public void They_came_in_over_the_last_week_oldest_first_and_most_of_them_lately()
    {
        var ages = Plan.Select(request => Now - request.At).ToList();
        Assert.Equal(ages.OrderDescending(), ages);
        Assert.InRange(ages[0], TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.InRange(ages[^1], TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(ages[150], TimeSpan.FromHours(12), TimeSpan.FromHours(60));
    }

    [Fact]
    public void Few_old_ones_wait_and_many_young_ones()
    {
        var waiting = Plan.Where(request => request.Fate == DemoFate.Waits).ToList();
        Assert.InRange(waiting.Count(request => request.At < Now.AddHours(-24)), 1, 6);
        Assert.InRange(waiting.Count, 50, 150);
    }

    [Fact]
    public void Whatever_is_handled_is_handled_after_it_came_in_and_before_now() =>
        Assert.All(Plan.Where(request => request.Fate != DemoFate.Waits), request => Assert.InRange(request.HandledAt, request.At, Now));

    [Fact]
    public void A_reason_belongs_to_the_queue_and_to_what_is_done_with_it()
    {
        Assert.All(Plan, request =>
        {
            var needsOne = request.Fate is DemoFate.Rejected or DemoFate.Asked or DemoFate.AnsweredAndWaits or DemoFate.SecondReview;
            Assert.Equal(needsOne, request.Reason is not null);
            if (request.Reason is null)
                return;
            var reason = Reasons.Standard.Find(request.Reason)!;
            Assert.Equal(request.Queue, reason.QueueId);
            Assert.Equal(request.Fate == DemoFate.SecondReview, reason.SecondPerson);
            Assert.Equal(request.Fate == DemoFate.SecondReview ? NextStep.Refer : NextStep.Retry, reason.NextStep);
        });
    }

    [Fact]
    public void Every_fate_occurs() => Assert.Equal(Enum.GetValues<DemoFate>(), Plan.Select(request => request.Fate).Distinct().Order());

    [Fact]
    public void The_same_moment_gives_the_same_plan_and_a_later_one_the_same_people()
    {
        Assert.Equal(Plan, DemoPlan.Make(Now));
        Assert.Equal(Plan.Select(request => (request.CitizenNumber, request.Name, request.Queue)), DemoPlan.Make(Now.AddDays(30)).Select(request => (request.CitizenNumber, request.Name, request.Queue)));
    }
}
