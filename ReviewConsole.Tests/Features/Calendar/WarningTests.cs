using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Calendar;

/// <summary>Half, four fifths and all of the time are told once each, and people in the next window (SLA-4). It is Monday 2026-11-23 13:26.</summary>
public sealed class WarningTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private Casework work = null!;
    private Actor reviewer = null!;

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        work = new(store);
        reviewer = await store.Services.AddStaffMember("reviewer", Roles.Reviewer);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Each_state_is_told_at_its_instant_and_once()
    {
        var id = await work.Application();
        var due = (await work.Case(id)).DueAt;
        foreach (var (hours, level) in new[] { (12.0, SlaState.DueSoon), (19.2, SlaState.DuePressing), (24.0, SlaState.Overdue) })
        {
            store.Time.SetUtcNow(due.AddHours(hours - 24).AddTicks(-1));
            Assert.Equal(0, await Tell());
            store.Time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(1, await Tell());
            Assert.Equal(0, await Tell());
            Assert.Equal(level, (await work.Case(id)).Warned);
        }

        Assert.Null((await work.Case(id)).WarnAt);
        Assert.Equal(3, (await work.Audited(CaseEvent.StreamOf(id))).Count(kind => kind == nameof(ClockWarned)));
    }

    [Fact]
    public async Task What_came_while_nothing_ran_is_told_after_the_start_and_what_a_step_back_of_the_clock_repeats_is_not()
    {
        var id = await work.Application();
        store.Time.Advance(TimeSpan.FromHours(20));
        Assert.Equal(2, await Tell());
        store.Time.AdjustTime(store.Time.GetUtcNow().AddHours(-1));
        Assert.Equal(0, await Tell());
        store.Time.AdjustTime(store.Time.GetUtcNow().AddHours(2));
        Assert.Equal(0, await Tell());
        Assert.Equal(SlaState.DuePressing, (await work.Case(id)).Warned);
    }

    [Fact]
    public async Task A_pause_takes_the_plan_back_and_running_on_makes_another()
    {
        var id = await work.Application();
        await work.Ask(id);
        Assert.Null((await work.Case(id)).WarnAt);
        store.Time.Advance(TimeSpan.FromHours(48));
        Assert.Equal(0, await Tell());
        await work.Resubmit(id);
        var running = await work.Case(id);
        Assert.Equal(running.HalfAt, running.WarnAt);
        await work.Withdraw(id);
        Assert.Null((await work.Case(id)).WarnAt);
    }

    [Fact]
    public async Task A_decision_ends_the_warnings_and_an_undo_plans_them_anew()
    {
        var id = await work.Application();
        await work.Decide(id);
        Assert.Null((await work.Case(id)).WarnAt);
        await work.Undo(id);
        Assert.NotNull((await work.Case(id)).WarnAt);
    }

    [Fact]
    public async Task People_in_reach_find_one_digest_a_window_and_reading_it_is_noted()
    {
        var far = await store.Services.AddStaffMember("far", Roles.Supervisor, ["浙"]);
        var first = await work.Application();
        await work.Application();
        // Half of the time is used at 01:26 of the night: told at 08:00.
        store.Time.SetUtcNow(new(2026, 11, 24, 1, 26, 0, Shanghai.Offset));
        Assert.Equal(2, await Tell());
        var messages = store.Get<MessagesQuery>();
        Assert.Equal(0, await messages.Count(reviewer));
        Assert.Empty((await messages.Handle(reviewer)).Value);

        store.Time.SetUtcNow(new(2026, 11, 24, 8, 0, 0, Shanghai.Offset));
        Assert.Equal(1, await messages.Count(reviewer));
        Assert.Equal(0, await messages.Count(far));
        store.Time.SetUtcNow(new(2026, 11, 24, 13, 26, 0, Shanghai.Offset));
        Assert.Equal(4, await Tell());
        var digest = Assert.Single((await messages.Handle(reviewer)).Value);
        Assert.Equal((new DateOnly(2026, 11, 24), true, 2), (digest.Window, digest.Unread, digest.Counts[SlaState.Overdue]));
        Assert.Contains(first, digest.Cases.Select(c => c.Id));
        Assert.Equal(1, await messages.Count(reviewer));

        await store.Get<ReadMessages>().Handle(reviewer, digest.LastAt);
        Assert.Equal(0, await messages.Count(reviewer));
        Assert.False(Assert.Single((await messages.Handle(reviewer)).Value).Unread);
        Assert.Equal(0, await messages.Count(await store.Services.AddStaffMember("auditor", Roles.Auditor)));
    }

    [Fact]
    public async Task Hours_of_an_authority_of_its_own_count_before_the_general_ones()
    {
        store.Get<Microsoft.Extensions.Options.IOptions<ReviewSettings>>().Value.TellHoursOf["粤"] = "09:30-17:00";
        await work.Application();
        store.Time.SetUtcNow(new(2026, 11, 24, 1, 26, 0, Shanghai.Offset));
        await Tell();
        await using var db = await store.Open();
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 9, 30, 0, Shanghai.Offset), (await db.ClockWarnings.SingleAsync()).TellAt);
    }

    private async Task<int> Tell() => (await store.Get<RaiseWarnings>().Handle()).Value;
}
