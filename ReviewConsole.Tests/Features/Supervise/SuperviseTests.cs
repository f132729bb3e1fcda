using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Supervise;

/// <summary>The numbers and acts of supervision against a store whose cases went through the product's own use cases.</summary>
public sealed class SuperviseTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private readonly Sample sample;
    private Actor supervisor = Actor.Nobody;

    public SuperviseTests() => sample = new(store);

    [Fact]
    public async Task The_dashboard_counts_what_happened()
    {
        var reviewer = await sample.Staff(Roles.Reviewer, "审核员03");
        await Decide(reviewer, await sample.ELicence(), Outcome.Approved);
        await Decide(reviewer, await sample.ELicence(), Outcome.Rejected, "PHOTO_BLUR");
        var late = await sample.ELicence("浙A");
        store.Time.Advance(TimeSpan.FromHours(25));
        await Decide(reviewer, late, Outcome.Approved);
        await sample.ELicence();
        var old = await sample.IdPhoto();
        store.Time.Advance(TimeSpan.FromHours(23) + TimeSpan.FromMinutes(30));

        var n = (await store.Get<DashboardQuery>().Handle(supervisor, new())).Value;
        Assert.Equal((2, 0), (n.Waiting, n.Overdue));
        Assert.Equal([2, 2, 2], n.Within);
        Assert.Equal([0, 0, 0, 2, 0], n.Ages);
        Assert.Equal((2, 3), (n.InTime[1].InTimeCount, n.InTime[1].All));
        Assert.Equal([("Approved", 2), ("Rejected", 1)], n.Outcomes.Select(p => (p.Key, p.Count)));
        Assert.Equal([("PHOTO_BLUR", 1, 1d)], n.Reasons.Select(p => (p.Key, p.Count, p.Share)));
        Assert.InRange(n.P90!.Value, TimeSpan.FromHours(24), TimeSpan.FromHours(30));

        var there = (await store.Get<DashboardQuery>().Handle(supervisor, new(Authority: "浙"))).Value;
        Assert.Equal((0, 0, 1), (there.Waiting, there.InTime[1].InTimeCount, there.InTime[1].All));
        Assert.Equal(1, (await store.Get<DashboardQuery>().Handle(supervisor, new(Queue: Queues.IdPhoto))).Value.Waiting);
        Assert.Equal(Refusals.NotFound, (await store.Get<DashboardQuery>().Handle(supervisor, new(Authority: "川A"))).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await store.Get<DashboardQuery>().Handle(reviewer, new())).Refusal);

        store.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.Equal(0, await Overdue());
        store.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, await Overdue());
        Assert.Equal(old, (await List(new(Queues.IdPhoto, Filter: WorkFilter.Overdue))).Rows[0].Id);
        await Holds();
    }

    [Fact]
    public async Task A_rebuild_finds_what_the_commits_wrote_whatever_happened()
    {
        var (reviewer, senior) = (await sample.Staff(Roles.Reviewer), await sample.Staff(Roles.Senior));
        await Decide(reviewer, await sample.ELicence(), Outcome.Approved);
        var asked = await sample.ELicence();
        var claim = await Claim(reviewer, asked);
        Assert.Null((await store.Get<AskForInformation>().Handle(reviewer, claim, ["PHOTO_BLUR"], null)).Refusal);
        var corrected = await sample.ELicence();
        await Decide(reviewer, corrected, Outcome.Rejected, "PHOTO_HAT");
        Assert.Null((await store.Get<CorrectCase>().Handle(senior, corrected, new(Outcome.Approved, [], note: "照片合格"))).Refusal);
        var moved = await sample.ELicence();
        await Claim(reviewer, moved);
        Assert.Null(Assert.Single((await store.Get<ActOnCases>().Handle(supervisor, [moved], new CaseAction.Redirect(null, "粤A"))).Value).Refusal);
        await Holds();

        var numbers = Assert.Single((await store.Get<PeopleQuery>().Handle(supervisor, new())).Value.Numbers);
        Assert.Equal((2, 1, 1), (numbers.Decided, numbers.Corrected, numbers.Returned));
        Assert.Equal(1, numbers.Outcomes[Outcome.Rejected]);
        // Nothing of it was a second look.
        Assert.Null(numbers.Overturned);
        Assert.InRange(numbers.Median!.Value, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(30));

        // Counted by an older definition: the next start counts anew.
        await using (var db = await store.Open())
        {
            await db.Database.ExecuteSqlRawAsync("pragma user_version = 1; delete from Rollups; update Cases set Took = null");
        }

        await store.Get<RebuildRollups>().BringUpToDate(default);
        await Holds();
        Assert.Equal(2, (await store.Get<DashboardQuery>().Handle(supervisor, new())).Value.InTime[1].All);
        await using var mended = await store.Open();
        Assert.False(await mended.Cases.AnyAsync(c => c.State == CaseState.Closed && c.Took == null));
    }

    [Fact]
    public async Task In_bulk_each_case_has_its_own_result_and_the_preview_says_the_same_and_changes_nothing()
    {
        var reviewer = await sample.Staff(Roles.Reviewer);
        CaseId[] cases = [await sample.ELicence(), await sample.ELicence(), await sample.ELicence()];
        await Claim(reviewer, cases[1]);
        var beyond = await sample.ELicence("川A");
        var act = store.Get<ActOnCases>();

        var preview = (await act.Preview(supervisor, [.. cases, beyond], new CaseAction.TakeBack())).Value;
        Assert.Equal([Refusals.WrongState, null, Refusals.WrongState, Refusals.NotFound], preview.Select(r => r.Refusal));
        Assert.Null(preview[3].ReceiptNumber);
        Assert.Equal(reviewer.Name, (await List(new(Filter: WorkFilter.Open))).Rows.Single(r => r.Id == cases[1]).HeldBy);

        Assert.Equal(preview, (await act.Handle(supervisor, [.. cases, beyond], new CaseAction.TakeBack())).Value);
        Assert.All((await List(new(Filter: WorkFilter.Open))).Rows, row => Assert.Null(row.HeldBy));
        Assert.Equal(Refusals.NotPermitted, (await act.Handle(reviewer, cases, new CaseAction.TakeBack())).Refusal);
    }

    [Fact]
    public async Task What_is_given_to_somebody_is_the_next_they_get_and_of_several_only_one()
    {
        var reviewer = await sample.Staff(Roles.Reviewer, "审核员05");
        CaseId[] cases = [await sample.ELicence(), await sample.ELicence(), await sample.ELicence()];
        CaseAction.Give give = new(reviewer.Staff!.Value);
        var act = store.Get<ActOnCases>();
        var preview = (await act.Preview(supervisor, cases[1..], give)).Value;
        Assert.Equal([null, "PERSON_HAS_ONE_READY"], preview.Select(r => r.Refusal?.Code));
        Assert.Equal(preview, (await act.Handle(supervisor, cases[1..], give)).Value);

        var now = (await store.Get<PeopleQuery>().Handle(supervisor, new())).Value.Now.Single(p => p.Id == give.To);
        Assert.Equal((null, cases[1]), (now.InHand, now.Ready!.Id));
        store.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(cases[1], (await store.Get<MyDayQuery>().Handle(reviewer)).Value.Ready!.Id);
        Assert.Equal(cases[1], (await store.Get<ClaimNext>().Handle(reviewer, Queues.ELicence)).Value.Case);

        var elsewhere = await sample.Staff(Roles.Reviewer, queues: [Queues.IdPhoto]);
        var away = await sample.Staff(Roles.Reviewer);
        await store.Get<ChangeDuty>().Handle(away, onDuty: false);
        Assert.Equal("PERSON_OUT_OF_REACH", await Given(elsewhere.Staff!.Value));
        Assert.Equal("PERSON_OFF_DUTY", await Given(away.Staff!.Value));
        Assert.Equal("PERSON_UNKNOWN", await Given(Guid.NewGuid()));

        async Task<string?> Given(Guid to) => (await act.Handle(supervisor, [cases[0]], new CaseAction.Give(to))).Value[0].Refusal?.Code;
    }

    [Fact]
    public async Task A_heartbeat_does_not_shorten_what_was_given()
    {
        var reviewer = await sample.Staff(Roles.Reviewer);
        var (held, given) = (await sample.ELicence(), await sample.ELicence());
        var claim = await Claim(reviewer, held);
        await store.Get<ActOnCases>().Handle(supervisor, [given], new CaseAction.Give(reviewer.Staff!.Value));
        Assert.Null((await store.Get<KeepClaim>().Handle(reviewer, claim)).Refusal);
        await using var db = await store.Open();
        Assert.Equal(store.Time.GetUtcNow().AddMinutes(30), (await db.Cases.SingleAsync(c => c.Id == given)).LeaseUntil);
    }

    [Fact]
    public async Task Cases_go_only_to_queues_of_their_kind_and_to_what_the_supervisor_reaches()
    {
        var id = await sample.ELicence();
        Assert.Equal("QUEUE_OTHER_SUBJECT", await Redirected(Queues.IdPhoto, null));
        Assert.Equal("NOT_FOUND", await Redirected(null, "川A"));
        Assert.Equal("NOT_FOUND", await Redirected("no-such", null));
        Assert.Equal("NOTHING_TO_CHANGE", await Redirected(Queues.ELicence, "粤B"));
        Assert.Null(await Redirected(Queues.Second, "浙A"));
        var row = Assert.Single((await List(new(Queues.Second, "浙", WorkFilter.Open))).Rows);
        Assert.Equal(id, row.Id);

        async Task<string?> Redirected(string? queue, string? authority) => (await store.Get<ActOnCases>().Handle(supervisor, [id], new CaseAction.Redirect(queue, authority))).Value[0].Refusal?.Code;
    }

    [Fact]
    public async Task A_raised_case_is_claimed_before_what_is_due_earlier()
    {
        await sample.ELicence();
        store.Time.Advance(TimeSpan.FromMinutes(5));
        var raised = await sample.ELicence();
        Assert.Null((await store.Get<ActOnCases>().Handle(supervisor, [raised], new CaseAction.Prioritise(CasePriority.Raised, PriorityReason.UrgentNeed))).Value[0].Refusal);
        Assert.Equal(raised, (await store.Get<ClaimNext>().Handle(await sample.Staff(Roles.Reviewer), Queues.ELicence)).Value.Case);
    }

    [Fact]
    public async Task A_list_over_queues_goes_on_by_cursor_without_gap_or_double()
    {
        for (var i = 0; i < 7; i++)
        {
            await (i % 3 == 0 ? sample.IdPhoto() : sample.ELicence());
            if (i % 2 == 0)
                store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        List<CaseId> seen = [];
        string? after = null;
        do
        {
            var page = await List(new(Filter: WorkFilter.Open, After: after, Rows: 2));
            seen.AddRange(page.Rows.Select(r => r.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_forecast_rests_on_who_works_and_their_own_pace()
    {
        var reviewer = await sample.Staff(Roles.Reviewer, "审核员09");
        store.Time.Advance(TimeSpan.FromHours(1));
        await Decide(reviewer, await sample.ELicence(), Outcome.Approved);
        for (var i = 0; i < 3; i++)
            await sample.ELicence();
        var outlook = (await store.Get<DashboardQuery>().Handle(supervisor, new())).Value.Outlook;
        Assert.Equal("审核员09", Assert.Single(outlook.People).Name);
        Assert.Equal((3, 0), (outlook.Numbers.Waiting, outlook.Numbers.Breaches));
        Assert.InRange(outlook.Numbers.PerHour, 120, 144);

        store.Time.Advance(TimeSpan.FromHours(2));
        var later = (await store.Get<DashboardQuery>().Handle(supervisor, new())).Value.Outlook;
        Assert.Empty(later.People);
        Assert.Equal(3, later.Numbers.Breaches);
    }

    [Fact]
    public async Task A_day_is_ones_own()
    {
        var (one, other) = (await sample.Staff(Roles.Reviewer), await sample.Staff(Roles.Reviewer));
        await Decide(one, await sample.ELicence(), Outcome.Approved);
        await sample.ELicence();
        var day = (await store.Get<MyDayQuery>().Handle(one)).Value;
        Assert.Equal((1, 1), (day.Today!.Decided, day.Week!.Decided));
        Assert.Equal([(Queues.ELicence, 1), (Queues.IdPhoto, 0)], day.Waiting.Select(w => (w.Queue, w.Waiting)));
        Assert.Null((await store.Get<MyDayQuery>().Handle(other)).Value.Today);
    }

    [Fact]
    public async Task The_report_of_a_month_adds_up_by_authority_and_queue()
    {
        var reviewer = await sample.Staff(Roles.Reviewer);
        await Decide(reviewer, await sample.ELicence(), Outcome.Approved);
        await Decide(reviewer, await sample.ELicence("浙A"), Outcome.Rejected, "PHOTO_BLUR");
        await sample.IdPhoto();
        var query = store.Get<SlaReportQuery>();
        var report = (await query.Handle(supervisor, query.MonthOf("2026-11"), null, null)).Value;
        Assert.Equal([("粤B", Queues.ELicence, 1, 1), ("粤B", Queues.IdPhoto, 1, 0), ("浙A", Queues.ELicence, 1, 1)], report.Lines.Select(l => (l.Authority, l.Queue, l.Arrived, l.Decided)));
        Assert.Equal((3, 2, 2, 1d), (report.Sum.Arrived, report.Sum.Decided, report.Sum.InTimeCount, report.Sum.Share));
        Assert.Empty((await query.Handle(supervisor, query.MonthOf("2026-10"), null, null)).Value.Lines);
        Assert.Equal(new(2026, 11, 1), query.MonthOf("rubbish"));
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        supervisor = await sample.Staff(Roles.Supervisor, "主管01");
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<int> Overdue() => (await store.Get<DashboardQuery>().Handle(supervisor, new())).Value.Overdue;

    private async Task<WorkPage> List(WorkRequest request) => (await store.Get<WorkListQuery>().Handle(supervisor, request)).Value;

    private async Task<Claim> Claim(Actor who, CaseId id) => (await store.Get<ClaimCase>().Handle(who, id)).Value;

    private async Task Decide(Actor who, CaseId id, Outcome outcome, params string[] reasons)
    {
        // What is issued has a portrait.
        var subject = await new Casework(store).Case(id);
        await new Casework(store).Picture(subject.Subject, subject.Applicant, PictureKind.Portrait, 0);
        var claim = await Claim(who, id);
        store.Time.Advance(TimeSpan.FromSeconds(28));
        Assert.Null((await store.Get<Decide>().Handle(who, claim, outcome, reasons, null, null)).Refusal);
        store.Time.Advance(TimeSpan.FromSeconds(11));
        await store.Drain();
    }

    private async Task Holds() =>
        Assert.Equal(0, (await store.Get<RebuildRollups>().Handle(Actor.System("test") with { Permissions = [Permission.Administer] }, mend: false)).Value.Differing);
}
