using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Features.Audit;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Features.Notify;
using ReviewConsole.Features.Search;
using ReviewConsole.Features.SecondLooks;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.SecondLooks;

/// <summary>Another person decides, and does not see what was decided first (WORK-6).</summary>
public sealed class BlindLookTests : IAsyncLifetime
{
    private readonly LookWork looks = new();

    private TestStore Store => looks.Store;

    [Fact]
    public async Task Who_decided_is_refused_by_name_by_next_and_when_given_whatever_roles_the_person_has()
    {
        var omnipotent = await looks.Sample.Staff(Permissions.Single.Aggregate((a, b) => a | b), "全权");
        var look = await looks.LookAt(await looks.Decided(by: omnipotent));
        Assert.Equal(Refusals.FourEyes, (await Store.Get<ClaimCase>().Handle(omnipotent, look.Case)).Refusal);
        Assert.Equal(ClaimNext.NothingFree, (await Store.Get<ClaimNext>().Handle(omnipotent, Queues.ELicenceLook)).Refusal);
        var given = await Store.Get<ActOnCases>().Handle(looks.Supervisor, [look.Case], new CaseAction.Give(omnipotent.Staff!.Value));
        Assert.Equal(Refusals.FourEyes, Assert.Single(given.Value).Refusal);
        Assert.False((await Store.Get<CaseQuery>().Handle(omnipotent, look.Case)).Value.Claimable);

        // A plain reviewer and an administrator have no business there at all.
        Assert.Equal(Refusals.NotPermitted, (await Store.Get<ClaimNext>().Handle(looks.Reviewer, Queues.ELicenceLook)).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await Store.Get<ClaimNext>().Handle(await looks.Sample.Staff(Roles.Administrator), Queues.ELicenceLook)).Refusal);
        Assert.Equal(look.Case, (await Store.Get<ClaimNext>().Handle(looks.Senior, Queues.ELicenceLook)).Value.Case);
    }

    [Fact]
    public async Task Who_proposed_what_another_decided_is_refused_too()
    {
        var other = await looks.Sample.Staff(Roles.Senior, "复核员02");
        var id = await looks.Work.Application();
        await looks.Work.Open(id);
        var claim = (await Store.Get<ClaimCase>().Handle(other, id)).Value;
        Assert.Null((await Store.Get<Decide>().Handle(other, claim, Outcome.Referred, ["PHOTO_NOT_APPLICANT"], null, null)).Value.HeldUntil);
        await looks.Decide(looks.Senior, id, Outcome.Referred, ["PHOTO_NOT_APPLICANT"]);
        var look = await looks.LookAt(id);
        Assert.Equal((looks.Senior.Reviewer, other.Reviewer), (look.FirstBy, look.Proposer!.Value));
        foreach (var barred in new[] { other, looks.Senior })
            Assert.Equal(Refusals.FourEyes, (await Store.Get<ClaimCase>().Handle(barred, look.Case)).Refusal);
        Assert.Null((await Store.Get<ClaimCase>().Handle(await looks.Sample.Staff(Roles.Senior), look.Case)).Refusal);
    }

    [Fact]
    public async Task The_page_of_the_second_look_shows_the_evidence_and_nothing_of_the_first_decision()
    {
        var first = await looks.Decided(Outcome.Rejected, null, "PHOTO_HAT");
        var look = await looks.LookAt(first);
        var claim = (await Store.Get<ClaimNext>().Handle(looks.Senior, Queues.ELicenceLook)).Value;
        var view = (await Store.Get<CaseQuery>().Handle(looks.Senior, claim.Case)).Value;
        Assert.Single(view.Pictures);
        Assert.Equal((true, Queues.ELicence, null, null, null, null), (view.LooksAgain, view.ReasonQueue, view.Verdict, view.Outcome, view.Issued, view.Comparison));
        Assert.Empty(view.Applicant.Earlier);
        Assert.Equal(Draft.Empty, view.Draft);
        var shown = JsonSerializer.Serialize(view);
        Assert.DoesNotContain("PHOTO_HAT", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("第一次的备注", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(looks.Reviewer.Name, shown, StringComparison.Ordinal);
        Assert.DoesNotContain((await looks.Work.Case(first)).ReceiptNumber, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(looks.Reviewer.Staff!.Value.ToString(), shown, StringComparison.Ordinal);
        Assert.Equal(Refusals.NotFound, (await Store.Get<SecondLookQuery>().Handle(looks.Senior, look.Case)).Refusal);
    }

    [Fact]
    public async Task The_first_case_is_closed_to_whoever_could_look_again_before_the_claim_and_after_until_it_is_decided()
    {
        var first = await looks.Decided(Outcome.Rejected, null, "PHOTO_HAT");
        var receipt = (await looks.Work.Case(first)).ReceiptNumber;
        var look = await looks.LookAt(first);
        for (var claimed = 0; claimed < 2; claimed++)
        {
            await Hidden();
            if (claimed == 0)
                Assert.Null((await Store.Get<ClaimCase>().Handle(looks.Senior, look.Case)).Refusal);
        }

        // Held, it can still be undone: nothing is shown before it took effect.
        var claim = (await Store.Get<ClaimCase>().Handle(looks.Senior, look.Case)).Value;
        Assert.Null((await Store.Get<Decide>().Handle(looks.Senior, claim, Outcome.Rejected, ["PHOTO_HAT"], null, null)).Refusal);
        await Hidden();
        await looks.Work.Settle();
        Assert.Equal(Outcome.Rejected, (await Store.Get<CaseQuery>().Handle(looks.Senior, first)).Value.Outcome);
        Assert.Equal(Outcome.Rejected, (await InList(looks.Senior)).Outcome);

        async Task Hidden()
        {
            Assert.Equal(Refusals.LookedAtAgain, (await Store.Get<CaseQuery>().Handle(looks.Senior, first)).Refusal);
            Assert.Equal(Refusals.LookedAtAgain, (await Store.Get<WhyQuery>().Handle(looks.Senior, first)).Refusal);
            Assert.Equal(Refusals.LookedAtAgain, (await Store.Get<CorrectionQuery>().Handle(looks.Senior, first)).Refusal);
            Assert.Null((await InList(looks.Senior)).Outcome);
            Assert.All((await Store.Get<SearchQuery>().Handle(looks.Senior, new("王小明"))).Value.Rows, row => Assert.Null(row.Outcome));
            // Who took part, and who could not look again, sees it.
            Assert.Equal(Outcome.Rejected, (await Store.Get<CaseQuery>().Handle(looks.Reviewer, first)).Value.Outcome);
            Assert.Equal(Outcome.Rejected, (await InList(looks.Supervisor)).Outcome);
        }

        async Task<ListRow> InList(Actor reader) =>
            Assert.Single((await Store.Get<QueueQuery>().Page(reader, new(Queues.ELicence, ListFilter.Closed, Receipt: receipt))).Value.Rows);
    }

    [Fact]
    public async Task Who_audits_or_supervises_and_reviews_again_as_well_finds_nothing_of_it_in_the_log_or_among_the_notices()
    {
        var both = await looks.Sample.Staff(Roles.Senior | Roles.Auditor | Roles.Administrator, "兼职");
        var auditor = await looks.Sample.Staff(Roles.Auditor);
        var first = await looks.Decided();
        var look = await looks.LookAt(first);
        Assert.NotEmpty((await Log(auditor, CaseEvent.StreamOf(first))).Rows);
        Assert.Empty((await Log(both, CaseEvent.StreamOf(first))).Rows);
        Assert.Empty((await Log(both, (await looks.Work.Case(first)).ReceiptNumber)).Rows);
        Assert.NotEmpty((await Log(both, CaseEvent.StreamOf(look.Case))).Rows);
        Assert.DoesNotContain((await Log(both, null)).Rows, row => row.Line.Kind is nameof(ELicenceIssued) or nameof(CaseClosed) or nameof(CaseDecided) or nameof(CaseSampled));
        Assert.NotEmpty((await Store.Get<MailboxQuery>().Handle(auditor, new())).Value.Rows);
        Assert.Empty((await Store.Get<MailboxQuery>().Handle(both, new())).Value.Rows);

        await looks.Decide(looks.Senior, look.Case, Outcome.Approved, []);
        Assert.NotEmpty((await Log(both, CaseEvent.StreamOf(first))).Rows);
        Assert.NotEmpty((await Store.Get<MailboxQuery>().Handle(both, new())).Value.Rows);

        async Task<AuditList> Log(Actor reader, string? about) => (await Store.Get<AuditQuery>().Handle(reader, new(About: about))).Value;
    }

    [Fact]
    public async Task What_an_approval_gave_and_what_came_later_do_not_tell_it()
    {
        var id = await looks.Work.Submission();
        await looks.Work.Open(id);
        await looks.Decide(looks.Reviewer, id, Outcome.Approved, []);
        var look = await looks.LookAt(id);
        var view = (await Store.Get<CaseQuery>().Handle(looks.Senior, look.Case)).Value;
        Assert.Equal(RegistrationLevel.Online, view.Applicant.Level);
        Assert.NotEmpty(Assert.IsType<IdPhotoFacts>(view.Subject).Unlocks);
        await using var db = await Store.Open();
        Assert.Equal(RegistrationLevel.RealPerson, (await db.Applicants.SingleAsync()).Level);
    }

    [Fact]
    public async Task The_licence_counts_as_it_stood_when_it_was_decided()
    {
        var first = await looks.Decided();
        var look = await looks.LookAt(first);
        await using var db = await Store.Open();
        var person = await db.Applicants.SingleAsync();
        Store.Time.Advance(TimeSpan.FromDays(1));
        var licence = Casework.Licence(status: "E") with { SourceTime = Store.Time.GetUtcNow() };
        await looks.Work.Do(unit => unit.Db.LicenceRecords.Add(new() { DocumentIndex = unit.Db.IndexOf(person.Document), Licence = licence, UpdatedAt = unit.Now }));
        var view = (await Store.Get<CaseQuery>().Handle(looks.Senior, look.Case)).Value;
        Assert.Equal(("A", null), (Assert.IsType<ELicenceFacts>(view.Subject).Standing.Status, view.Against));
        await looks.Decide(looks.Senior, look.Case, Outcome.Approved, []);
        Assert.Equal(LookState.Agreed, (await looks.LookAt(first)).State);
    }

    [Fact]
    public async Task A_second_look_is_none_of_the_applicants_requests_and_goes_to_no_other_queue()
    {
        var person = await looks.Work.Person();
        foreach (var _ in new[] { 1, 2 })
        {
            var id = await looks.Work.Application(person);
            await looks.Work.Open(id);
            await looks.Decide(looks.Reviewer, id, Outcome.Rejected, ["PHOTO_HAT"]);
        }

        // Two of one person at once, and none of it keeps a new request off.
        await looks.Work.Application(person);
        await using var db = await Store.Open();
        var again = await db.Cases.Where(c => c.Original != null).ToListAsync();
        Assert.Equal(2, again.Count);
        var moved = await Store.Get<ActOnCases>().Handle(looks.Supervisor, [again[0].Id], new CaseAction.Redirect(Queues.ELicence, null));
        Assert.Equal("QUEUE_OTHER_SUBJECT", Assert.Single(moved.Value).Refusal?.Code);
        var request = await looks.Work.Application();
        await looks.Work.Open(request);
        moved = await Store.Get<ActOnCases>().Handle(looks.Supervisor, [request], new CaseAction.Redirect(Queues.ELicenceLook, null));
        Assert.Equal("QUEUE_OTHER_SUBJECT", Assert.Single(moved.Value).Refusal?.Code);
    }

    public Task InitializeAsync() => looks.InitializeAsync();

    public Task DisposeAsync() => looks.DisposeAsync();
}
