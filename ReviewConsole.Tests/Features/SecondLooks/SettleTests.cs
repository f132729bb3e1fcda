using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Features.SecondLooks;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.SecondLooks;

/// <summary>Both verdicts side by side, what is said about them, and how they are settled.</summary>
public sealed class SettleTests : IAsyncLifetime
{
    private readonly LookWork looks = new();

    private TestStore Store => looks.Store;

    [Fact]
    public async Task The_same_verdict_closes_it_and_tells_nobody_outside()
    {
        var look = await looks.Looked(Outcome.Approved);
        Assert.Equal((LookState.Agreed, looks.Senior.Reviewer), (look.State, look.SecondBy!.Value));
        var again = await looks.Work.Case(look.Case);
        Assert.Equal((CaseState.Closed, Outcome.Agreed), (again.State, again.Outcome!.Value));
        Assert.Empty(await looks.Work.Notices(look.Case));
        Assert.Single(await looks.Work.Notices(look.Original));
        Assert.Single(await looks.Work.ELicences(again.Applicant));
        Assert.Equal(0, await Calls(looks.Supervisor));
        await looks.Holds();
    }

    [Fact]
    public async Task Both_people_and_supervisors_see_two_verdicts_that_differ_and_nobody_else()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Assert.Equal(LookState.Differs, look.State);
        foreach (var reader in new[] { looks.Reviewer, looks.Senior, looks.Supervisor })
        {
            var view = (await Store.Get<SecondLookQuery>().Handle(reader, look.Case)).Value;
            Assert.Equal(("审核员07", Outcome.Approved), (view.First.Who, view.First.Verdict.Outcome));
            Assert.Equal(("复核员01", "抽查的备注"), (view.Second.Who, view.Second.Verdict.Note));
            Assert.Equal((true, reader == looks.Supervisor), (view.MayRemark, view.MaySettle));
            Assert.Equal(1, await Calls(reader));
            Assert.Single((await Store.Get<SecondLooksQuery>().Handle(reader, LookState.Differs, null)).Value.Rows);
            Assert.Equal(look.Case, (await Store.Get<CaseQuery>().Handle(reader, look.Original)).Value.Comparison);
        }

        var third = await looks.Sample.Staff(Roles.Senior, "复核员02");
        Assert.Equal((false, true), (await Store.Get<SecondLookQuery>().Handle(third, look.Case)).Value is var seen ? (seen.MayRemark, seen.MaySettle) : default);
        var auditor = await looks.Sample.Staff(Roles.Auditor);
        Assert.Equal((false, false), (await Store.Get<SecondLookQuery>().Handle(auditor, look.Case)).Value is var read ? (read.MayRemark, read.MaySettle) : default);
        Assert.Equal(0, await Calls(auditor));
        foreach (var nobody in new[] { await looks.Sample.Staff(Roles.Reviewer), await looks.Sample.Staff(Roles.Supervisor, authorities: ["浙"]) })
        {
            Assert.Equal(Refusals.NotFound, (await Store.Get<SecondLookQuery>().Handle(nobody, look.Case)).Refusal);
            Assert.Empty((await Store.Get<SecondLooksQuery>().Handle(nobody, null, null)).Value.Rows);
            Assert.Equal(Refusals.NotFound, (await Store.Get<RemarkOnSecondLook>().Handle(nobody, look.Case, "…")).Refusal);
        }

        Assert.Equal(Refusals.NotPermitted, (await Store.Get<RemarkOnSecondLook>().Handle(auditor, look.Case, "…")).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await Store.Get<RemarkOnSecondLook>().Handle(third, look.Case, "…")).Refusal);
    }

    [Fact]
    public async Task What_is_said_stays_in_order_is_sealed_and_does_not_stand_in_the_log()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        foreach (var (who, text) in new[] { (looks.Reviewer, "头巾属民族服饰"), (looks.Senior, " 看不到发际线 "), (looks.Supervisor, "请附规定") })
        {
            Store.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Null((await Store.Get<RemarkOnSecondLook>().Handle(who, look.Case, text)).Refusal);
        }

        var view = (await Store.Get<SecondLookQuery>().Handle(looks.Reviewer, look.Case)).Value;
        Assert.Equal(["审核员07：头巾属民族服饰", "复核员01：看不到发际线", "主管01：请附规定"], view.Remarks.Select(r => $"{r.Who}：{r.Text}"));
        Assert.Equal((0, 1), (await Calls(looks.Reviewer), await Calls(looks.Supervisor)));
        await using var db = await Store.Open();
        Assert.All(await db.Database.SqlQueryRaw<string>("""select "Text" as "Value" from "SecondLookRemarks" """).ToListAsync(), text => Assert.StartsWith("a256gcm:", text, StringComparison.Ordinal));
        Assert.DoesNotContain(await db.AuditEntries.Select(e => e.Payload).ToListAsync(), payload => payload.Contains("民族", StringComparison.Ordinal));
        Assert.Equal(3, (await looks.Work.Audited(CaseEvent.StreamOf(look.Case))).Count(kind => kind == nameof(SecondLookRemarked)));
    }

    [Fact]
    public async Task The_first_decision_is_upheld_with_a_reason_by_neither_of_the_two()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        var uphold = Store.Get<UpholdDecision>();
        Assert.Equal(Refusals.FourEyes, (await uphold.Handle(looks.Senior, look.Case, "我认为")).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await uphold.Handle(looks.Reviewer, look.Case, "我认为")).Refusal);
        Assert.Equal("UPHOLD_WHY_MISSING", (await uphold.Handle(looks.Supervisor, look.Case, " ")).Refusal?.Code);
        Assert.Null((await uphold.Handle(looks.Supervisor, look.Case, "符合规定")).Refusal);
        Assert.Equal(Refusals.WrongState, (await uphold.Handle(looks.Supervisor, look.Case, "再次")).Refusal);
        Assert.Equal(Refusals.WrongState, (await Store.Get<RemarkOnSecondLook>().Handle(looks.Senior, look.Case, "迟了")).Refusal);

        var view = (await Store.Get<SecondLookQuery>().Handle(looks.Senior, look.Case)).Value;
        Assert.Equal((LookState.Upheld, "主管01", "符合规定"), (view.State, view.SettledBy, view.SettledWhy));
        Assert.Equal(Outcome.Approved, (await looks.Work.Case(look.Original)).Outcome);
        Assert.Single(await looks.Work.Notices(look.Original));
        await looks.Holds();
    }

    [Fact]
    public async Task To_overturn_is_to_correct_the_e_licence_ends_the_applicant_is_told_and_the_first_verdict_is_kept()
    {
        var look = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Verdict corrected = new(Outcome.Rejected, ["PHOTO_HAT"], note: "抽查意见成立");
        Assert.Equal(Refusals.FourEyes, (await Store.Get<CorrectCase>().Handle(looks.Senior, look.Original, corrected)).Refusal);
        Assert.Equal(Refusals.FourEyes, (await Store.Get<CorrectionQuery>().Handle(looks.Senior, look.Original)).Refusal);
        var page = (await Store.Get<CorrectionQuery>().Handle(looks.Supervisor, look.Original)).Value;
        Assert.Equal((look.Case, Outcome.Rejected, Outcome.Approved), (page.Look!.Value, page.Second!.Outcome, page.Outcome));
        var words = (await Store.Get<CorrectCase>().Preview(looks.Supervisor, look.Original, Outcome.Rejected, ["PHOTO_HAT"], null)).Value;
        Assert.Null((await Store.Get<CorrectCase>().Handle(looks.Supervisor, look.Original, corrected)).Refusal);
        await Store.Drain();

        var told = (await looks.Work.Notices(look.Original))[^1];
        Assert.Equal(("e-licence-corrected-withdrawn", words.Body, words.Sms), (told.Template, told.Body, told.Sms));
        var first = await looks.Work.Case(look.Original);
        Assert.Equal((Outcome.Rejected, Outcome.Approved, Outcome.Approved), (first.Outcome!.Value, first.Overturned!.Value, first.Former!.Outcome));
        Assert.Equal(IssueELicence.Corrected, Assert.Single(await looks.Work.ELicences(first.Applicant)).WithdrawnWhy);
        var view = (await Store.Get<SecondLookQuery>().Handle(looks.Reviewer, look.Case)).Value;
        Assert.Equal((LookState.Overturned, "主管01", "抽查意见成立", Outcome.Approved), (view.State, view.SettledBy, view.Now!.Verdict.Note, view.First.Verdict.Outcome));
        Assert.Contains(nameof(FirstDecisionOverturned), await looks.Work.Audited(CaseEvent.StreamOf(look.Case)));
        Assert.Contains(nameof(CaseCorrected), await looks.Work.Audited(CaseEvent.StreamOf(look.Original)));
        await looks.Holds();
    }

    [Fact]
    public async Task A_correction_before_anybody_looked_again_makes_the_second_look_void()
    {
        var look = await looks.LookAt(await looks.Decided());
        Verdict corrected = new(Outcome.Rejected, ["PHOTO_HAT"], note: "投诉属实");
        Assert.Equal(Refusals.LookedAtAgain, (await Store.Get<CorrectCase>().Handle(looks.Senior, look.Original, corrected)).Refusal);

        var claim = (await Store.Get<ClaimCase>().Handle(looks.Senior, look.Case)).Value;
        Assert.Null((await Store.Get<Decide>().Handle(looks.Senior, claim, Outcome.Approved, [], null, null)).Refusal);
        Assert.Equal("SECOND_LOOK_HELD", (await Store.Get<CorrectCase>().Handle(looks.Supervisor, look.Original, corrected)).Refusal?.Code);
        Assert.Null((await Store.Get<UndoDecision>().Handle(looks.Senior, claim)).Refusal);
        Assert.Null((await Store.Get<CorrectCase>().Handle(looks.Supervisor, look.Original, corrected)).Refusal);
        await Store.Drain();

        Assert.Equal(LookState.Void, (await looks.LookAt(look.Original)).State);
        Assert.Equal((CaseState.Closed, Outcome.Withdrawn), (await looks.Work.Case(look.Case)) is var again ? (again.State, again.Outcome!.Value) : default);
        Assert.Empty(await looks.Work.Notices(look.Case));
        Assert.Equal(Outcome.Rejected, (await Store.Get<CaseQuery>().Handle(looks.Senior, look.Original)).Value.Outcome);
        Assert.Equal(Refusals.NotFound, (await Store.Get<SecondLookQuery>().Handle(looks.Supervisor, look.Case)).Refusal);
        Assert.Empty((await Store.Get<PeopleQuery>().Handle(looks.Supervisor, new())).Value.Looks);
        await looks.Holds();
    }

    [Fact]
    public async Task Supervisors_see_overturn_rates_with_intervals_by_person_and_by_queue()
    {
        await looks.Looked(Outcome.Approved);
        await looks.Looked(Outcome.Approved);
        await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        var overturned = await looks.Looked(Outcome.Rejected, "PHOTO_HAT");
        Assert.Null((await Store.Get<CorrectCase>().Handle(looks.Supervisor, overturned.Original, new(Outcome.Rejected, ["PHOTO_HAT"], note: "成立"))).Refusal);
        await looks.Decided();

        var seen = (await Store.Get<PeopleQuery>().Handle(looks.Supervisor, new())).Value;
        Assert.Equal(new LookNumbers(Queues.ELicence, 5, 2, 1, 0, 1), Assert.Single(seen.Looks));
        Assert.Equal(4, seen.Looks[0].LookedAt);
        var reviewer = seen.Numbers.Single(n => n.Id == looks.Reviewer.Staff);
        Assert.Equal((5, 1, 3, 1), (reviewer.Decided, reviewer.Corrected, reviewer.Looked, reviewer.LookOverturned));
        Assert.Equal(1 / 3.0, reviewer.Overturned!.Value.Share, 3);
        Assert.Equal(reviewer.Overturned, seen.Looks[0].Share);
        // The second person's own decisions are work, and were not looked at.
        var senior = seen.Numbers.Single(n => n.Id == looks.Senior.Staff);
        Assert.Equal((4, 2, 2, null), (senior.Decided, senior.Outcomes[Outcome.Agreed], senior.Outcomes[Outcome.Differed], senior.Overturned));
        // What a second look finds counts once: among the reasons only that of the correction.
        Assert.Equal([1], (await Store.Get<DashboardQuery>().Handle(looks.Supervisor, new())).Value.Reasons.Select(r => r.Count));
        await looks.Holds();
    }

    public Task InitializeAsync() => looks.InitializeAsync();

    public Task DisposeAsync() => looks.DisposeAsync();

    private Task<int> Calls(Actor actor) => Store.Get<SecondLooksQuery>().Count(actor);
}
