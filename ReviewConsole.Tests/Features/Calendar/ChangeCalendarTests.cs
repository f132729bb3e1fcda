using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Calendar;

/// <summary>A calendar is changed, previewed and applied, and the open cases follow (SLA-1, SLA-5). It is Monday 2026-11-23 13:26.</summary>
public sealed class ChangeCalendarTests : IAsyncLifetime
{
    private static readonly NamedDay Tuesday = new(new(2026, 11, 24), false, "台风停工");
    private readonly TestStore store = new();
    private Casework work = null!;
    private Actor admin = null!;

    private DateOnly Today => Shanghai.DateOf(store.Time.GetUtcNow());

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        work = new(store);
        admin = await store.Services.AddStaffMember("admin", Roles.Administrator);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_local_day_moves_the_open_cases_of_the_authority_below_and_leaves_all_others()
    {
        var open = await work.Application();
        var closed = await work.Application();
        await work.Decide(closed);
        await work.Settle();
        var due = (await work.Case(open)).DueAt;

        var preview = (await store.Get<PreviewChange>().Handle(admin, await Draft("粤", Tuesday), Today)).Value;
        Assert.Equal((1, 1, 0, 0, 0, true), (preview.Touched, preview.Later, preview.Earlier, preview.BecomeOverdue, preview.CeaseOverdue, preview.Counted));
        Assert.Equal((due, due.AddDays(1)), (preview.Cases[0].Before!.Value, preview.Cases[0].After!.Value));
        Assert.Equal(due, (await work.Case(open)).DueAt);

        var revision = await Apply(await Draft("粤", Tuesday));
        await store.Drain();
        var moved = await work.Case(open);
        Assert.Equal(due.AddDays(1), moved.DueAt);
        var row = moved.Ledger[^1];
        Assert.Equal((SlaEntryKind.Retarget, admin.Id, RetargetCases.Why, due.AddDays(1)), (row.Kind, row.By, row.Why, row.Due!.Value));
        Assert.StartsWith("粤-", row.CalendarVersion, StringComparison.Ordinal);
        Assert.DoesNotContain((await work.Case(closed)).Ledger, entry => entry.Kind == SlaEntryKind.Retarget);
        Assert.Equal((RetargetState.Finished, 1), await Followed(revision));

        // The other province goes on as before.
        await Apply(await Draft("浙", Tuesday));
        await store.Drain();
        Assert.Equal(2, (await work.Case(open)).Ledger.Count);
    }

    [Fact]
    public async Task Receipts_go_by_a_calendar_from_its_date_on_and_open_cases_follow_then()
    {
        var before = await work.Application();
        var due = (await work.Case(before)).DueAt;
        await Apply(await Draft(Holidays.National, new NamedDay(new(2026, 11, 25), false, "临时放假")), Today.AddDays(1));
        await store.Drain();
        Assert.Equal(Holidays.Shipped.Version, store.Get<Clocks>().Current.Version);
        Assert.Equal(due, (await work.Case(before)).DueAt);

        // The clock of 23 November, 13:26 ends at the same hour of the 24th; one of the 24th touches the day off.
        store.Time.SetUtcNow(new(2026, 11, 24, 10, 0, 0, Shanghai.Offset));
        var after = await work.Application();
        await store.Drain();
        Assert.Equal(due, (await work.Case(before)).DueAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 10, 0, 0, Shanghai.Offset), (await work.Case(after)).DueAt);
    }

    [Fact]
    public async Task What_was_interrupted_goes_on_without_a_second_row_and_what_was_stopped_waits()
    {
        List<CaseId> cases = [];
        for (var i = 0; i < 130; i++)
            cases.Add(await work.Application());
        var revision = await Apply(await Draft("粤B", Tuesday));
        using (CancellationTokenSource dies = new())
        {
            using var listening = store.Get<ReviewConsole.Platform.ChangeFeed>().Listen(happened =>
            {
                if (happened.OfType<CasesRetargeted>().Any())
                    dies.Cancel();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Worker.Work(await work.Ticket(Effects.Retarget, revision.ToString()), dies.Token));
        }

        Assert.Equal((RetargetState.Underway, 50), await Followed(revision));
        Assert.Null((await store.Get<StopRetarget>().Handle(admin, revision)).Refusal);
        await store.Drain();
        Assert.Equal((RetargetState.Stopped, 50), await Followed(revision));
        Assert.Null((await store.Get<ResumeRetarget>().Handle(admin, revision)).Refusal);
        await store.Drain();
        Assert.Equal((RetargetState.Finished, 130), await Followed(revision));
        foreach (var id in cases)
            Assert.Equal([SlaEntryKind.Start, SlaEntryKind.Retarget], (await work.Case(id)).Ledger.Select(entry => entry.Kind));
        Assert.Equal("WRONG_STATE", (await store.Get<StopRetarget>().Handle(admin, revision)).Refusal?.Code);
    }

    [Fact]
    public async Task A_held_decision_is_passed_over_and_followed_up_if_it_is_undone()
    {
        var id = await work.Application();
        await work.Decide(id);
        var revision = await Apply(await Draft("粤B", Tuesday));
        await store.Drain();
        Assert.Equal((RetargetState.Underway, 0), await Followed(revision));
        await work.Undo(id);
        store.Time.Advance(TimeSpan.FromSeconds(16));
        await store.Drain();
        Assert.Equal((RetargetState.Finished, 1), await Followed(revision));
        Assert.Equal(SlaEntryKind.Retarget, (await work.Case(id)).Ledger[^1].Kind);
    }

    [Fact]
    public async Task A_paused_case_meets_a_changed_day_when_it_runs_on()
    {
        var id = await work.Application();
        await work.Ask(id);
        // Thursday is far beyond the pause: nothing to do yet.
        await Apply(await Draft(Holidays.National, new NamedDay(new(2026, 11, 26), false, "临时放假")));
        await store.Drain();
        Assert.DoesNotContain((await work.Case(id)).Ledger, entry => entry.Kind == SlaEntryKind.Retarget);
        store.Time.SetUtcNow(new(2026, 11, 25, 13, 26, 0, Shanghai.Offset));
        await work.Do(unit =>
        {
            var found = unit.Db.Cases.Single(c => c.Id == id);
            Assert.Null(found.Resubmit("client:test", store.Get<Clocks>().Of(found), unit.Now));
            found.Retarget("client:test", RetargetCases.Why, store.Get<Clocks>().Newer(found, unit.Now)!, unit.Now);
        });
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 13, 26, 0, Shanghai.Offset), (await work.Case(id)).DueAt);
    }

    [Fact]
    public async Task A_change_over_another_one_into_the_past_or_of_nothing_is_refused()
    {
        var stale = await Draft("粤", Tuesday);
        Assert.Equal("EFFECTIVE_PAST", (await store.Get<ChangeCalendar>().Handle(admin, stale, Today.AddDays(-1), 0)).Refusal?.Code);
        await Apply(stale);
        Assert.Equal("CALENDAR_OVERTAKEN", (await store.Get<ChangeCalendar>().Handle(admin, stale, Today, 0)).Refusal?.Code);
        Assert.Equal("CALENDAR_SAME", (await store.Get<ChangeCalendar>().Handle(admin, await Draft("粤"), Today, 0)).Refusal?.Code);
        await Apply((await Draft("粤")).Clear(Tuesday.Date), Today.AddDays(3));
        Assert.Equal("CALENDAR_PENDING", (await store.Get<ChangeCalendar>().Handle(admin, await Draft("粤", Tuesday), Today.AddDays(1), 0)).Refusal?.Code);
        Assert.Equal("NOT_FOUND", (await store.Get<ChangeCalendar>().Handle(admin, await Draft("川Z", Tuesday), Today, 0)).Refusal?.Code);
        var supervisor = await store.Services.AddStaffMember("boss", Roles.Supervisor);
        Assert.Equal("NOT_PERMITTED", (await store.Get<ChangeCalendar>().Handle(supervisor, stale, Today, 0)).Refusal?.Code);
        Assert.Null((await store.Get<CalendarQuery>().Handle(supervisor, "粤")).Refusal);
    }

    [Fact]
    public async Task The_versions_survive_a_restart_and_cases_keep_what_they_were_given()
    {
        var id = await work.Application();
        await Apply((await Draft(Holidays.National)).Load([.. Holidays.Provisional2027]));
        await store.Drain();
        // Nothing of 2027 lies in the span of the case.
        Assert.Single((await work.Case(id)).Ledger);
        var restarted = await Restarted();
        Assert.True(restarted.Current.HasYear(2027));
        Assert.Equal(Holidays.Shipped.Version, restarted.Of(await work.Case(id)).Calendar.Version);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_pause_changes_nothing()
    {
        var id = await work.Application();
        store.Time.Advance(TimeSpan.FromHours(2));
        await work.Ask(id);
        store.Time.Advance(TimeSpan.FromHours(100));
        var restarted = await Restarted();
        await work.Do(unit =>
        {
            var found = unit.Db.Cases.Single(c => c.Id == id);
            Assert.Null(found.Resubmit("client:test", restarted.Of(found), unit.Now));
        });
        // Two hours were used; the other twenty-two from Friday 2026-11-27 19:26 on end on Monday.
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 17, 26, 0, Shanghai.Offset), (await work.Case(id)).DueAt);
    }

    [Fact]
    public async Task A_queue_s_rule_holds_for_new_receipts_only()
    {
        var old = await work.Application();
        Assert.Equal("POLICY_FORM", (await store.Get<ChangePolicy>().Handle(admin, Queues.ELicence, "office-hours/1/12:00-09:00", Today)).Refusal?.Code);
        Assert.Null((await store.Get<ChangePolicy>().Handle(admin, Queues.ELicence, "office-hours/1/09:00-12:00,13:30-17:30", Today)).Refusal);
        Assert.Equal("POLICY_SAME", (await store.Get<ChangePolicy>().Handle(admin, Queues.ELicence, "office-hours/1/09:00-12:00,13:30-17:30", Today)).Refusal?.Code);
        var fresh = await work.Application();
        Assert.Equal("business-days/1", (await work.Case(old)).Ledger[^1].PolicyVersion);
        Assert.Equal("office-hours/1/09:00-12:00,13:30-17:30", (await work.Case(fresh)).Ledger[^1].PolicyVersion);
        Assert.Equal("business-days/1", store.Get<Clocks>().PolicyOf(Queues.Standard.Find(Queues.IdPhoto)!, store.Time.GetUtcNow()).Version);
        await store.Get<Clocks>().Load(CancellationToken.None);
        Assert.Equal("office-hours/1/09:00-12:00,13:30-17:30", store.Get<Clocks>().For(Queues.ELicence).Policy.Version);
    }

    [Fact]
    public async Task A_missing_year_is_called_out_when_an_open_clock_touches_it_and_from_December_on()
    {
        var alarm = store.Get<CalendarAlarm>();
        Assert.Empty((await alarm.Handle(admin)).Value);
        Assert.Null(await alarm.For(admin));
        store.Time.SetUtcNow(new(2026, 11, 30, 23, 59, 0, Shanghai.Offset));
        await work.Do(unit => unit.Db.Cases.Add(new(
            CaseId.New(unit.Now), "SQ1", Queues.ELicence, "粤B", Guid.NewGuid(), Guid.NewGuid(), new(SlaPolicy.BusinessDays(30), Holidays.Shipped), "client:test", unit.Now)));
        Assert.Equal([2027], (await alarm.Handle(admin)).Value.AsEnumerable());
        Assert.NotNull(await alarm.For(await store.Services.AddStaffMember("boss", Roles.Supervisor)));
        Assert.Null(await alarm.For(await store.Services.AddStaffMember("reviewer", Roles.Reviewer)));
        await Apply((await Draft(Holidays.National)).Load([.. Holidays.Provisional2027]));
        Assert.Empty((await alarm.Handle(admin)).Value);
    }

    [Fact]
    public async Task From_the_first_of_December_the_next_year_is_called_for()
    {
        var alarm = store.Get<CalendarAlarm>();
        store.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, Shanghai.Offset).AddTicks(-1));
        Assert.Empty((await alarm.Handle(admin)).Value);
        store.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([2027], (await alarm.Handle(admin)).Value.AsEnumerable());
    }

    private RetargetCases Worker => store.Services.GetServices<IOutboxWorker>().OfType<RetargetCases>().Single();

    private async Task<Clocks> Restarted()
    {
        var clocks = ActivatorUtilities.CreateInstance<Clocks>(store.Services);
        await clocks.Load(CancellationToken.None);
        return clocks;
    }

    private async Task<CalendarDraft> Draft(string scope, params NamedDay[] days)
    {
        var draft = await store.Get<CalendarQuery>().Handle(admin, scope) is { Refusal: null } answer ? answer.Value.Draft : CalendarDraft.Of(scope, null, null);
        return days.Aggregate(draft, (to, day) => to.Name(day));
    }

    private async Task<Guid> Apply(CalendarDraft draft, DateOnly? from = null)
    {
        var answer = await store.Get<ChangeCalendar>().Handle(admin, draft, from ?? Today, 1);
        Assert.Null(answer.Refusal);
        return answer.Value;
    }

    private async Task<(RetargetState, int)> Followed(Guid revision)
    {
        await using var db = await store.Open();
        var row = await db.CalendarRevisions.AsNoTracking().SingleAsync(r => r.Id == revision);
        return (row.Retarget, row.Retargeted);
    }
}
