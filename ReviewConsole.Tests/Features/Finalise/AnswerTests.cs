using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Finalise;

public sealed class AnswerTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private readonly Casework work;

    public AnswerTests() => work = new(store);

    [Fact]
    public async Task Who_does_not_answer_is_reminded_a_day_before_and_told_at_the_end()
    {
        var id = await work.Application();
        await work.Ask(id);
        await work.Settle(TimeSpan.FromDays(6) - TimeSpan.FromSeconds(1));
        Assert.Empty(await work.Notices(id));
        await work.Settle(TimeSpan.FromSeconds(1));
        var reminder = Assert.Single(await work.Notices(id));
        Assert.Equal(Notices.InformationReminder, reminder.Template);
        Assert.Contains("2026年11月30日13:26前", reminder.Sms, StringComparison.Ordinal);

        await work.Settle(TimeSpan.FromDays(1));
        var closed = await work.Case(id);
        Assert.Equal((CaseState.Closed, Outcome.Lapsed), (closed.State, closed.Outcome!.Value));
        Assert.Equal(["information-reminder", "lapsed"], (await work.Notices(id)).Select(n => n.Template));
        await work.Settle(TimeSpan.FromDays(10));
        Assert.Equal(2, (await work.Notices(id)).Count);
    }

    [Fact]
    public async Task The_deadline_of_an_answered_round_means_nothing_to_the_next_one()
    {
        var id = await work.Application();
        await work.Ask(id);
        store.Time.Advance(TimeSpan.FromDays(5));
        await work.Resubmit(id);
        await work.Ask(id);
        // The first round's reminder and deadline pass within the second round.
        await work.Settle(TimeSpan.FromDays(1));
        await work.Settle(TimeSpan.FromDays(1));
        Assert.Equal(CaseState.Returned, (await work.Case(id)).State);
        Assert.Empty(await work.Notices(id));

        await work.Settle(TimeSpan.FromDays(4));
        await work.Settle(TimeSpan.FromDays(1));
        Assert.Equal(["information-reminder", "lapsed"], (await work.Notices(id)).Select(n => n.Template));
        Assert.Equal((0, 0), (await work.Waiting(Effects.Lapse), await work.Waiting(Effects.Remind)));
    }

    [Fact]
    public async Task Who_has_answered_hears_nothing_more_of_it()
    {
        var id = await work.Application();
        await work.Ask(id);
        await work.Resubmit(id);
        await work.Open(id);
        await work.Settle(TimeSpan.FromDays(8));

        Assert.Equal(CaseState.Open, (await work.Case(id)).State);
        Assert.Empty(await work.Notices(id));
    }

    [Fact]
    public async Task After_an_outage_past_the_deadline_only_the_end_is_told()
    {
        var id = await work.Application();
        await work.Ask(id);
        await work.Settle(TimeSpan.FromDays(20));
        Assert.Equal(["lapsed"], (await work.Notices(id)).Select(n => n.Template));
    }

    [Fact]
    public async Task A_time_of_one_day_has_no_reminder_of_its_own()
    {
        var id = await work.Application();
        await work.Ask(id, days: 1);
        await store.Drain();
        Assert.Empty(await work.Notices(id));
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();
}
