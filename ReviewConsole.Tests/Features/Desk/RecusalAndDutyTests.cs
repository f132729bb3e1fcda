using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;
using Decide = ReviewConsole.Features.Desk.Decide;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class RecusalAndDutyTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private Sample sample = null!;
    private Actor reviewer = null!;

    [Fact]
    public async Task Who_declares_a_conflict_of_interest_never_gets_the_case_again_and_others_do()
    {
        var id = await sample.ELicence();
        var claim = (await Next(reviewer)).Value;
        Assert.Null((await store.Get<RecuseCase>().Handle(reviewer, claim)).Refusal);
        Assert.Equal(ClaimNext.NothingFree, (await Next(reviewer)).Refusal);
        Assert.Equal(Refusals.Recused, (await store.Get<ClaimCase>().Handle(reviewer, id)).Refusal);
        var view = (await store.Get<CaseQuery>().Handle(reviewer, id)).Value;
        Assert.True(view.Recused);
        Assert.False(view.Claimable);
        Assert.Equal(id, (await Next(await sample.Staff(Roles.Reviewer))).Value.Case);
    }

    [Fact]
    public async Task Nobody_works_on_their_own_case()
    {
        var id = await sample.ELicence();
        await using var db = await store.Open();
        var own = reviewer with { OwnDocument = db.IndexOf((await db.Applicants.SingleAsync()).Document) };
        Assert.Equal(ClaimNext.NothingFree, (await Next(own)).Refusal);
        Assert.Equal(Refusals.Recused, (await store.Get<ClaimCase>().Handle(own, id)).Refusal);
        Assert.Equal(id, (await Next(reviewer)).Value.Case);
    }

    [Fact]
    public async Task Going_off_duty_returns_what_is_in_hand_and_what_is_kept_ready_and_keeps_the_draft()
    {
        var first = await sample.ELicence();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await sample.ELicence();
        await Next(reviewer);
        Assert.Null((await store.Get<PrefetchNext>().Handle(reviewer, Queues.ELicence)).Refusal);
        await store.Get<SaveDraft>().Handle(reviewer, first, Draft.Empty, new(DraftMode.Rejecting, ["PHOTO_BLUR"], "请对焦", ""));

        Assert.Null((await store.Get<ChangeDuty>().Handle(reviewer, onDuty: false)).Refusal);

        await using var db = await store.Open();
        Assert.All(await db.Cases.AsNoTracking().ToListAsync(), c => Assert.Equal((CaseState.Open, (ReviewerId?)null), (c.State, c.Holder)));
        Assert.Equal(Hands.OffDuty, (await Next(await Fresh())).Refusal);
        await store.Get<ChangeDuty>().Handle(reviewer, onDuty: true);
        Assert.Equal(first, (await Next(await Fresh())).Value.Case);
        Assert.Equal("请对焦", (await store.Get<CaseQuery>().Handle(reviewer, first)).Value.Draft.Text);
    }

    [Fact]
    public async Task One_case_at_most_is_kept_ready_none_where_few_are_open_and_next_takes_it()
    {
        await sample.ELicence();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var prefetch = store.Get<PrefetchNext>();
        Assert.Equal(Refusals.ClaimLost, (await prefetch.Handle(reviewer, Queues.ELicence)).Refusal);
        var inHand = (await Next(reviewer)).Value;
        Assert.Equal(ClaimNext.NothingFree, (await prefetch.Handle(reviewer, Queues.ELicence)).Refusal);
        await sample.ELicence();
        var ready = (await prefetch.Handle(reviewer, Queues.ELicence)).Value;
        Assert.Equal(ready, (await prefetch.Handle(reviewer, Queues.ELicence)).Value);
        // What is only kept ready is not decided.
        Assert.Equal(Refusals.ClaimLost, (await store.Get<Decide>().Handle(reviewer, ready, Outcome.Approved, [], null, null)).Refusal);
        Assert.Null((await store.Get<Decide>().Handle(reviewer, inHand, Outcome.Approved, [], null, null)).Refusal);
        Assert.Equal(ready, (await Next(reviewer)).Value);
        Assert.Null((await store.Get<Decide>().Handle(reviewer, ready, Outcome.Approved, [], null, null)).Refusal);
    }

    [Fact]
    public async Task Duplicates_are_shown_and_an_approval_over_another_person_s_picture_needs_a_second_person()
    {
        var first = await sample.ELicence();
        var second = await sample.ELicence("浙A");
        await SamePicture(first, second);
        await Sent(first, "王小明");
        await Sent(second, "李晓红");

        var view = (await store.Get<CaseQuery>().Handle(reviewer, first)).Value;
        Assert.Equal([(DuplicateKind.Picture, second), (DuplicateKind.Phone, second)], view.Duplicates.Select(d => (d.Kind, d.Id!.Value)));
        var near = await sample.Staff(Roles.Reviewer, authorities: ["粤"]);
        Assert.All((await store.Get<CaseQuery>().Handle(near, first)).Value.Duplicates, d => Assert.Equal((null, "", "浙A"), (d.Id, d.ReceiptNumber, d.Authority)));

        var claim = (await Next(near)).Value;
        Assert.Null((await store.Get<Decide>().Handle(near, claim, Outcome.Approved, [], null, null)).Value.HeldUntil);
        await using var db = await store.Open();
        var sealedCase = await db.Cases.SingleAsync(c => c.Id == first);
        Assert.Equal((Queues.Second, Outcome.Approved), (sealedCase.Queue, sealedCase.Proposal!.Outcome));
    }

    [Fact]
    public async Task What_a_request_brought_stays_whatever_a_later_one_says()
    {
        var id = await sample.ELicence();
        await Sent(id, "王小明");
        await sample.Do<Done>(unit =>
        {
            var person = unit.Db.Applicants.Single();
            Assert.True(PersonName.TryParse("王大明", out var name, out _));
            person.Update(name, person.Phone, person.PhoneSource, person.Level);
            return default(Done);
        });
        Assert.Equal("王小明", (await store.Get<RevealField>().Handle(reviewer, id, PersonalField.Name)).Value);
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        sample = new(store);
        reviewer = await sample.Staff(Roles.Reviewer);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private Task<Answer<Claim>> Next(Actor actor) => store.Get<ClaimNext>().Handle(actor, Queues.ELicence);

    private async Task<Actor> Fresh()
    {
        await using var db = await store.Open();
        return store.Get<StaffActors>().Of(await db.Users.AsNoTracking().SingleAsync(u => u.Id == reviewer.Staff));
    }

    private Task<Done> SamePicture(params CaseId[] cases) => sample.Do<Done>(unit =>
    {
        foreach (var subject in unit.Db.Cases.Where(c => cases.Contains(c.Id)).ToList())
            unit.Db.Pictures.Add(new Picture(Guid.CreateVersion7(), subject.Subject, subject.Applicant, PictureKind.Portrait, 0, 440, 640, new PictureFacts(3, "jpeg", 440, 640, 1, 90, null, false), "the same", unit.Now));
        return default(Done);
    });

    private Task<Done> Sent(CaseId id, string written) => sample.Do<Done>(unit =>
    {
        var subject = unit.Db.Cases.Single(c => c.Id == id);
        var person = unit.Db.Applicants.Single(a => a.Id == subject.Applicant);
        Assert.True(PersonName.TryParse(written, out var name, out _));
        unit.Db.SentIdentities.Add(new SentIdentity
        {
            Subject = subject.Subject,
            Applicant = subject.Applicant,
            Name = name,
            NameIndex = unit.Db.IndexOf(name),
            Phone = person.Phone,
            PhoneIndex = unit.Db.IndexOf(person.Phone),
        });
        return default(Done);
    });
}
