using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Finalise;

public sealed class CorrectCaseTests : IAsyncLifetime
{
    private static readonly Verdict Approval = new(Outcome.Approved, [], note: "复查有误");
    private static readonly Verdict Rejection = new(Outcome.Rejected, ["PHOTO_RETOUCHED"], note: "照片经过美颜");
    private static readonly Actor Senior = Actor.StaffMember(Guid.NewGuid(), "复核员01", Roles.Senior, ["粤B"], [Queues.Second, Queues.ELicence, Queues.IdPhoto]);
    private readonly TestStore store = new();
    private readonly Casework work;

    public CorrectCaseTests() => work = new(store);

    [Fact]
    public async Task A_corrected_approval_withdraws_the_e_licence_and_tells_the_applicant()
    {
        var id = await Closed(await work.Application(), Approval);
        Assert.Null((await Correct(id, Rejection)).Refusal);
        await store.Drain();

        var subject = await work.Case(id);
        Assert.Equal(Outcome.Rejected, subject.Outcome);
        var licence = Assert.Single(await work.ELicences(subject.Applicant));
        Assert.Equal(IssueELicence.Corrected, licence.WithdrawnWhy);
        Assert.Equal([nameof(ELicenceIssued), nameof(ELicenceWithdrawn)], await work.Audited($"e-licence:{licence.Id}"));
        var told = (await work.Notices(id))[^1];
        Assert.Equal("e-licence-corrected-withdrawn", told.Template);
        Assert.Contains("停止使用。\n请上传未经美颜、合成的原照。", told.Body, StringComparison.Ordinal);
        Assert.Contains(nameof(CaseCorrected), await work.Audited(CaseEvent.StreamOf(id)));
    }

    [Fact]
    public async Task A_corrected_rejection_gives_what_was_withheld()
    {
        var id = await Closed(await work.Application(), Rejection);
        Assert.Null((await Correct(id, Approval)).Refusal);

        Assert.Single(await work.ELicences((await work.Case(id)).Applicant));
        Assert.Equal("corrected-approved", (await work.Notices(id))[^1].Template);
    }

    [Fact]
    public async Task A_corrected_authentication_takes_the_level_back()
    {
        var id = await Closed(await work.Submission(), Approval);
        Assert.Null((await Correct(id, new(Outcome.Referred, ["ID_FORGED"], note: "证件系伪造"))).Refusal);

        await using var db = await store.Open();
        Assert.Equal(RegistrationLevel.Online, (await db.Applicants.SingleAsync()).Level);
        var told = (await work.Notices(id))[^1];
        Assert.Equal("id-photo-corrected-withdrawn", told.Template);
        Assert.DoesNotContain("未通过核验", told.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_out_of_force_cannot_be_approved_afterwards_either()
    {
        var id = await Closed(await work.Application(licence: Casework.Licence(status: "E")), Rejection);
        Assert.Equal(Eligibility.LicenceNotValid, (await Correct(id, Approval)).Refusal?.Code);
        Assert.Equal(Outcome.Rejected, (await work.Case(id)).Outcome);
        Assert.Single(await work.Notices(id));
    }

    [Fact]
    public async Task The_same_outcome_a_foreign_reason_an_open_case_and_people_without_right_or_reach_are_refused()
    {
        var id = await Closed(await work.Application(), Approval);
        var open = await work.Application();
        Assert.Equal("CORRECTION_SAME", (await Correct(id, Approval)).Refusal?.Code);
        Assert.Equal("REASON_UNKNOWN", (await Correct(id, new(Outcome.Rejected, ["ID_BLUR"], note: "模糊"))).Refusal?.Code);
        Assert.Equal(Refusals.WrongState, (await Correct(open, Rejection)).Refusal);
        Assert.Equal(Refusals.NotPermitted, (await Correct(id, Rejection, Actor.StaffMember(Guid.NewGuid(), "", Roles.Reviewer, ["粤B"], [Queues.ELicence]))).Refusal);
        Assert.Equal(Refusals.NotFound, (await Correct(id, Rejection, Actor.StaffMember(Guid.NewGuid(), "", Roles.Senior, ["浙A"], [Queues.ELicence]))).Refusal);
        Assert.Null(Assert.Single(await work.ELicences((await work.Case(id)).Applicant)).WithdrawnAt);
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<CaseId> Closed(CaseId id, Verdict verdict)
    {
        await work.Decide(id, verdict);
        await work.Settle();
        return id;
    }

    private Task<ReviewConsole.Domain.Answer<ReviewConsole.Domain.Done>> Correct(CaseId id, Verdict verdict, Actor? by = null) =>
        store.Get<CorrectCase>().Handle(by ?? Senior, id, verdict);
}
