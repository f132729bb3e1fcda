using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class DeskTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private Sample sample = null!;
    private Actor reviewer = null!;

    [Fact]
    public async Task Next_gives_the_most_urgent_case_in_reach_and_the_one_in_hand_again()
    {
        await sample.ELicence("浙A");
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var mine = await sample.ELicence("粤B");
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await sample.ELicence("粤B");
        var shenzhen = await sample.Staff(Roles.Reviewer, authorities: ["粤"]);

        var claim = (await Next(shenzhen)).Value;

        Assert.Equal(mine, claim.Case);
        Assert.Equal(claim, (await Next(shenzhen)).Value);
    }

    [Fact]
    public async Task What_somebody_put_back_comes_to_this_person_last_that_day_and_to_others_first()
    {
        var first = await sample.ELicence();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await sample.ELicence("浙A");
        await PutBack(first);

        Assert.Equal(second, (await Next(reviewer)).Value.Case);
        Assert.Equal(first, (await Next(await sample.Staff(Roles.Reviewer, "审核员03"))).Value.Case);
    }

    [Fact]
    public async Task Where_nothing_else_is_left_or_the_day_is_over_what_was_put_back_comes_again()
    {
        var first = await sample.ELicence();
        await PutBack(first);
        // Nothing else is there; putting it back once more changes nothing about that.
        await PutBack(first);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await sample.ELicence();
        store.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(first, (await Next(reviewer)).Value.Case);
    }

    [Fact]
    public async Task A_claim_that_was_let_go_because_nobody_was_there_comes_back_first()
    {
        var first = await sample.ELicence();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await sample.ELicence();
        Assert.Null((await store.Get<ReleaseCase>().Handle(reviewer, (await Next(reviewer)).Value)).Refusal);
        Assert.Equal(first, (await Next(reviewer)).Value.Case);
    }

    [Fact]
    public async Task Two_tabs_of_one_person_that_take_the_next_at_once_get_the_same_and_keep_one_ready()
    {
        for (var i = 0; i < 6; i++)
            await sample.ELicence();
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Next(reviewer))));
        var ready = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => store.Get<PrefetchNext>().Handle(reviewer, Queues.ELicence))));
        Assert.Single(taken.Select(answer => answer.Value).Distinct());
        Assert.Single(ready.Select(answer => answer.Value).Distinct());
        Assert.NotEqual(taken[0].Value.Case, ready[0].Value.Case);
    }

    [Fact]
    public async Task A_draft_is_not_overwritten_by_one_that_knows_nothing_of_it()
    {
        var id = await sample.ELicence();
        Draft first = new(DraftMode.Rejecting, ["PHOTO_BLUR"], "", ""), second = first with { Text = "请对焦" };
        var save = store.Get<SaveDraft>();
        Assert.Null((await save.Handle(reviewer, id, Draft.Empty, first)).Refusal);
        Assert.Equal(SaveDraft.ChangedElsewhere, (await save.Handle(reviewer, id, Draft.Empty, second)).Refusal);
        Assert.Equal(SaveDraft.ChangedElsewhere, (await save.Handle(reviewer, id, second, Draft.Empty)).Refusal);
        // The same words again, for instance after an answer that was lost, are no conflict.
        Assert.Null((await save.Handle(reviewer, id, Draft.Empty, first)).Refusal);
        Assert.Null((await save.Handle(reviewer, id, first, second)).Refusal);
        Assert.Equal(second, (await store.Get<CaseQuery>().Handle(reviewer, id)).Value.Draft);
    }

    private async Task PutBack(CaseId expected)
    {
        var claim = (await Next(reviewer)).Value;
        Assert.Equal(expected, claim.Case);
        Assert.Null((await store.Get<PutBackCase>().Handle(reviewer, claim)).Refusal);
        Assert.Equal(Refusals.ClaimLost, (await store.Get<PutBackCase>().Handle(reviewer, claim)).Refusal);
    }

    [Fact]
    public async Task Two_reviewers_never_get_the_same_case()
    {
        for (var i = 0; i < 20; i++)
            await sample.ELicence();
        var staff = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sample.Staff(Roles.Reviewer)));
        var taken = await Task.WhenAll(staff.Select(actor => Next(actor)));
        Assert.Equal(8, taken.Select(answer => answer.Value.Case).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_free_is_said_and_a_queue_out_of_reach_is_not_found()
    {
        Assert.Equal(ClaimNext.NothingFree, (await Next(reviewer)).Refusal);
        Assert.Equal(Refusals.NotFound, (await store.Get<ClaimNext>().Handle(await sample.Staff(Roles.Reviewer, queues: [Queues.IdPhoto]), Queues.ELicence)).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await store.Get<ClaimNext>().Handle(reviewer, Queues.Second)).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await Next(await sample.Staff(Roles.Auditor))).Refusal);
    }

    [Fact]
    public async Task A_lost_claim_decides_nothing_and_keeps_the_draft()
    {
        var id = await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        Draft draft = new(DraftMode.Rejecting, ["PHOTO_BLUR"], "请对焦", "");
        Assert.Null((await store.Get<SaveDraft>().Handle(reviewer, id, Draft.Empty, draft)).Refusal);
        store.Time.Advance(TimeSpan.FromMinutes(3));
        var other = await sample.Staff(Roles.Reviewer);
        Assert.Equal(id, (await Next(other)).Value.Case);

        Assert.Equal(Refusals.ClaimLost, (await Decide(reviewer, claim, Outcome.Approved)).Refusal);
        Assert.Equal(Refusals.ClaimLost, (await store.Get<KeepClaim>().Handle(reviewer, claim)).Refusal);
        var view = (await store.Get<CaseQuery>().Handle(reviewer, id)).Value;
        Assert.Null(view.Claim);
        Assert.Equal(other.Name, view.HeldBy);
        Assert.Equal("请对焦", view.Draft.Text);
        Assert.Equal(["PHOTO_BLUR"], view.Draft.Reasons);
    }

    [Fact]
    public async Task The_heartbeat_keeps_a_claim()
    {
        var id = await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        for (var i = 0; i < 5; i++)
        {
            store.Time.Advance(TimeSpan.FromSeconds(100));
            Assert.Null((await store.Get<KeepClaim>().Handle(reviewer, claim)).Refusal);
        }

        Assert.Equal(ClaimNext.NothingFree, (await Next(await sample.Staff(Roles.Reviewer))).Refusal);
        Assert.Null((await Decide(reviewer, claim, Outcome.Approved)).Refusal);
        Assert.Equal(CaseState.Decided, (await Read(id)).State);
    }

    [Fact]
    public async Task Undo_gives_the_case_back_under_a_new_token_as_if_nothing_had_happened()
    {
        var id = await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        var before = await Read(id);
        await Decide(reviewer, claim, Outcome.Approved);
        store.Time.Advance(TimeSpan.FromSeconds(9));

        var again = (await store.Get<UndoDecision>().Handle(reviewer, claim)).Value;

        var after = await Read(id);
        Assert.Equal((CaseState.Claimed, claim.Token + 1), (after.State, again.Token));
        Assert.Equal(before.DueAt, after.DueAt);
        Assert.Equal([SlaEntryKind.Start, SlaEntryKind.Stop, SlaEntryKind.Resume], after.Ledger.Select(e => e.Kind));
        await using var db = await store.Open();
        Assert.Equal(1, await db.Rollups.Where(r => r.Metric == Metric.Waiting).SumAsync(r => r.Count));
        Assert.False(await db.Rollups.AnyAsync(r => r.Metric == Metric.Closed));
    }

    [Fact]
    public async Task After_the_hold_a_decision_cannot_be_undone()
    {
        await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        await Decide(reviewer, claim, Outcome.Approved);
        store.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Refusals.HoldOver, (await store.Get<UndoDecision>().Handle(reviewer, claim)).Refusal);
    }

    [Fact]
    public async Task A_licence_that_turned_bad_refuses_the_approval_and_suggests_the_reason()
    {
        var id = await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        await using (var db = await store.Open())
        {
            var person = await db.Applicants.SingleAsync();
            var licence = (await db.Applications.SingleAsync()).Licence;
            await sample.Do<Done>(unit =>
            {
                unit.Db.LicenceRecords.Add(new LicenceRecord { DocumentIndex = db.IndexOf(person.Document), Licence = licence with { Status = "U", SourceTime = unit.Now }, UpdatedAt = unit.Now });
                return default(Done);
            });
        }

        Assert.Equal(Eligibility.LicenceNotValid, (await Decide(reviewer, claim, Outcome.Approved)).Refusal!.Code);
        var view = (await store.Get<CaseQuery>().Handle(reviewer, id)).Value;
        Assert.Equal(Eligibility.LicenceNotValid, view.Against!.Code);
        Assert.Contains(Eligibility.LicenceNotValid, view.Suggested);
        Assert.Null((await Decide(reviewer, claim, Outcome.Rejected, Eligibility.LicenceNotValid)).Refusal);
    }

    [Fact]
    public async Task Reasons_are_checked_against_the_queue_and_the_outcome()
    {
        await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        Assert.Equal(Refusals.ReasonMissing, (await Decide(reviewer, claim, Outcome.Rejected)).Refusal);
        Assert.Equal("REASON_UNKNOWN", (await Decide(reviewer, claim, Outcome.Rejected, "ID_GLARE")).Refusal!.Code);
        Assert.Equal(Refusals.ReasonOnApproval, (await Decide(reviewer, claim, Outcome.Approved, "PHOTO_BLUR")).Refusal);
        Assert.Equal("REFER_REASON_MISSING", (await Decide(reviewer, claim, Outcome.Referred, "PHOTO_BLUR")).Refusal!.Code);
        Assert.Equal(Refusals.NotFound, (await Decide(await sample.Staff(Roles.Reviewer, authorities: ["浙"]), claim, Outcome.Approved)).Refusal);
    }

    [Fact]
    public async Task A_grave_reason_is_sealed_for_a_second_person_who_is_another_one()
    {
        var id = await sample.ELicence();
        var senior = await sample.Staff(Roles.Senior, "复核员01");
        var claim = (await Next(senior)).Value;

        Assert.Null((await Decide(senior, claim, Outcome.Referred, "PHOTO_NOT_APPLICANT")).Value.HeldUntil);

        Assert.Equal(ClaimNext.NothingFree, (await store.Get<ClaimNext>().Handle(senior, Queues.Second)).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await store.Get<ClaimCase>().Handle(reviewer, id)).Refusal);
        Assert.Equal(Refusals.FourEyes, (await store.Get<ClaimCase>().Handle(senior, id)).Refusal);
        var other = await sample.Staff(Roles.Senior, "复核员02");
        var second = (await store.Get<ClaimNext>().Handle(other, Queues.Second)).Value;
        var view = (await store.Get<CaseQuery>().Handle(other, id)).Value;
        Assert.Null(view.Verdict);
        Assert.NotNull((await Decide(other, second, Outcome.Referred, "PHOTO_NOT_APPLICANT")).Value.HeldUntil);
    }

    [Fact]
    public async Task Asking_pauses_the_clock_and_tells_the_applicant()
    {
        var id = await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        var ask = store.Get<AskForInformation>();
        Assert.Equal(Refusals.NothingAsked, (await ask.Handle(reviewer, claim, [], null)).Refusal);
        Assert.Equal("REASON_NOT_FOR_ASKING", (await ask.Handle(reviewer, claim, ["PHOTO_NOT_APPLICANT"], null)).Refusal!.Code);

        Assert.Null((await store.Get<SaveDraft>().Handle(reviewer, id, Draft.Empty, new(DraftMode.Asking, ["PHOTO_BLUR"], "请在白墙前拍摄", ""))).Refusal);
        Assert.Null((await ask.Handle(reviewer, claim, ["PHOTO_BACKGROUND", "PHOTO_BLUR"], "请在白墙前拍摄")).Refusal);

        // What comes back is looked at anew.
        Assert.Equal(Draft.Empty, (await store.Get<CaseQuery>().Handle(reviewer, id)).Value.Draft);
        var subject = await Read(id);
        Assert.Equal((CaseState.Returned, SlaEntryKind.Pause), (subject.State, subject.Ledger[^1].Kind));
        await using var db = await store.Open();
        Assert.Equal(2, await db.Deliveries.CountAsync());
        Assert.Contains("请在白墙前拍摄", (await db.Notices.SingleAsync()).Sms, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_masked_until_revealed_and_the_reveal_is_recorded()
    {
        var id = await sample.ELicence();
        Assert.Equal("王**", (await store.Get<CaseQuery>().Handle(reviewer, id)).Value.Applicant.Name);
        Assert.Equal("王小明", (await store.Get<RevealField>().Handle(reviewer, id, PersonalField.Name)).Value);
        Assert.Contains((await store.Get<CaseQuery>().Handle(reviewer, id)).Value.History, line => line.Kind == nameof(PersonalDataRevealed) && line.Who.Name == reviewer.Name);
        Assert.Equal(Refusals.NotPermitted, (await store.Get<RevealField>().Handle(await sample.Staff(Roles.Auditor), id, PersonalField.Name)).Refusal);
    }

    [Fact]
    public async Task In_the_id_photo_queue_the_claim_shows_the_compared_fields_to_its_holder_alone()
    {
        var id = await sample.IdPhoto();
        Assert.False((await store.Get<CaseQuery>().Handle(reviewer, id)).Value.Applicant.Revealed);
        await store.Get<ClaimNext>().Handle(reviewer, Queues.IdPhoto);
        var mine = (await store.Get<CaseQuery>().Handle(reviewer, id)).Value.Applicant;
        Assert.Equal((true, "王小明"), (mine.Revealed, mine.Name));
        Assert.Equal("王**", (await store.Get<CaseQuery>().Handle(await sample.Staff(Roles.Reviewer), id)).Value.Applicant.Name);
    }

    [Fact]
    public async Task A_list_pages_by_due_time_without_gap_or_repetition()
    {
        List<CaseId> made = [];
        for (var i = 0; i < 60; i++)
        {
            made.Add(await sample.ELicence(i % 2 == 0 ? "粤A" : "粤B"));
            if (i % 7 == 0)
                store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        List<ListRow> rows = [];
        ListRequest request = new(Queues.ELicence);
        do
        {
            var page = (await store.Get<QueueQuery>().Page(reviewer, request)).Value;
            rows.AddRange(page.Rows);
            request = request with { After = page.Next };
        }
        while (request.After is not null);

        Assert.Equal(60, rows.Select(r => r.Id).Distinct().Count());
        Assert.Equal(rows.OrderBy(r => r.Targets.DueAt).ThenBy(r => r.Id).Select(r => r.Id), rows.Select(r => r.Id));
        Assert.All(rows, r => Assert.Equal("王**", r.Name));
        var shenzhen = (await store.Get<QueueQuery>().Page(reviewer, new(Queues.ELicence, Authority: "粤B"))).Value;
        Assert.All(shenzhen.Rows, r => Assert.Equal("粤B", r.Authority));
        var one = (await store.Get<QueueQuery>().Page(reviewer, new(Queues.ELicence, Receipt: rows[3].ReceiptNumber))).Value;
        Assert.Equal(rows[3].Id, Assert.Single(one.Rows).Id);
        Assert.NotEmpty((await store.Get<QueueQuery>().Page(reviewer, new(Queues.ELicence, After: "!rubbish"))).Value.Rows);
    }

    [Fact]
    public async Task The_numbers_above_the_list_follow_the_clock()
    {
        await sample.ELicence();
        await sample.ELicence();
        Assert.Equal(new QueueNumbers(0, 0, 2), (await store.Get<QueueQuery>().Numbers(reviewer, Queues.ELicence)).Value);
        store.Time.Advance(TimeSpan.FromHours(22.5));
        Assert.Equal(new QueueNumbers(0, 2, 2), (await store.Get<QueueQuery>().Numbers(reviewer, Queues.ELicence)).Value);
        store.Time.Advance(TimeSpan.FromHours(1.5));
        Assert.Equal(new QueueNumbers(2, 0, 2), (await store.Get<QueueQuery>().Numbers(reviewer, Queues.ELicence)).Value);
        Assert.Equal(2, (await store.Get<QueueQuery>().Page(reviewer, new(Queues.ELicence, ListFilter.Overdue))).Value.Rows.Count);
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        sample = new(store);
        reviewer = await sample.Staff(Roles.Reviewer);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private Task<Answer<Claim>> Next(Actor actor) => store.Get<ClaimNext>().Handle(actor, Queues.ELicence);

    private Task<Answer<Decided>> Decide(Actor actor, Claim claim, Outcome outcome, params string[] reasons) =>
        store.Get<ReviewConsole.Features.Desk.Decide>().Handle(actor, claim, outcome, reasons, null, null);

    private async Task<ReviewCase> Read(CaseId id)
    {
        await using var db = await store.Open();
        return await db.Cases.SingleAsync(c => c.Id == id);
    }
}
