using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;

namespace ReviewConsole.Tests.Support;

/// <summary>Made-up requests with pictures, and the verbs of a case as one commit each.</summary>
public sealed class Casework(TestStore store) : IUseCase
{
    public static readonly ReviewerId Reviewer = new(Guid.NewGuid());
    private int made;

    public static Permission Needs => Permission.System;

    private DateTimeOffset Now => store.Time.GetUtcNow();

    public async Task<Guid> Person(RegistrationLevel level = RegistrationLevel.RealPerson)
    {
        // Born in ten years, in any number.
        var nth = Interlocked.Increment(ref made) - 1;
        var number = CitizenId.Compose("440305", new DateOnly(1990, 1, 1).AddDays(nth % 3650), 123 + (nth / 3650)).Value;
        Assert.True(PersonName.TryParse("王小明", out var name, out _));
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentIdentityCard, number, new(2026, 11, 23), out var document, out _));
        Assert.True(PhoneNumber.TryParse("13812345678", out var phone, out _));
        Applicant person = new(Guid.CreateVersion7(), name, document, phone, PhoneSource.PoliceRecord, level);
        await Do(unit => unit.Db.Applicants.Add(person));
        return person.Id;
    }

    public static DriverLicence Licence(string classes = "C1", string status = "A") =>
        new("440305199001011234", status, classes, new(2020, 1, 1), new(2030, 1, 1), "粤B", null, new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));

    /// <summary>A received e-licence case with a portrait.</summary>
    public async Task<CaseId> Application(Guid? applicant = null, ApplicationKind kind = ApplicationKind.First, DriverLicence? licence = null)
    {
        var person = applicant ?? await Person();
        ELicenceApplication application = new(Guid.CreateVersion7(), person, kind, RegistrationLevel.RealPerson, licence ?? Licence(), PhotoSource.Camera, null);
        await Picture(application.Id, person, PictureKind.Portrait, 0);
        await Do(unit => unit.Db.Applications.Add(application));
        return await Receive(Queues.ELicence, application.Id, person);
    }

    /// <summary>A received ID-photo case of an applicant registered online.</summary>
    public async Task<CaseId> Submission()
    {
        var person = await Person(RegistrationLevel.Online);
        Assert.True(CardValidity.TryCreate(new(2020, 1, 1), new(2040, 1, 1), out var validity, out _));
        IdPhotoSubmission submission = new(Guid.CreateVersion7(), person, RegistrationLevel.Online, validity, 0.41, 4);
        await Picture(submission.Id, person, PictureKind.CardPortraitSide, 0);
        await Do(unit => unit.Db.Submissions.Add(submission));
        return await Receive(Queues.IdPhoto, submission.Id, person);
    }

    public async Task<Guid> Picture(Guid subject, Guid applicant, PictureKind kind, int round, byte[]? jpeg = null)
    {
        var id = Guid.CreateVersion7();
        await store.Get<PictureStore>().Put(id, jpeg ?? [1, 2, 3], CancellationToken.None);
        PictureFacts facts = new(3, "jpeg", 440, 640, 1, 90, null, false);
        await Do(unit => unit.Db.Pictures.Add(new(id, subject, applicant, kind, round, 440, 640, facts, $"{id:N}", unit.Now)));
        return id;
    }

    public Task Open(CaseId id) => Change(id, (c, _) => c.FinishChecks(givenUp: false));

    public async Task Claim(CaseId id) => await Change(id, (c, now) => c.Claim(Reviewer, TimeSpan.FromMinutes(2), now));

    /// <summary>Opens, claims and decides a received case.</summary>
    public async Task Decide(CaseId id, Verdict? verdict = null)
    {
        await Open(id);
        await Claim(id);
        await DecideClaimed(id, verdict);
    }

    public Task DecideClaimed(CaseId id, Verdict? verdict = null) => Change(id, (c, now) =>
        c.Decide(Reviewer, c.Token, verdict ?? new(Outcome.Approved, []), null, TimeSpan.FromSeconds(10), store.Get<Clocks>().Of(c), now));

    public Task Undo(CaseId id) => Change(id, (c, now) => c.Undo(Reviewer, c.Token, TimeSpan.FromMinutes(2), store.Get<Clocks>().Of(c), now));

    /// <summary>Opens, claims and asks for more.</summary>
    public async Task Ask(CaseId id, int days = 7)
    {
        await Open(id);
        await Claim(id);
        await AskClaimed(id, days);
    }

    public Task AskClaimed(CaseId id, int days = 7) => Change(id, (c, now) => c.AskForInformation(
        Reviewer, c.Token, new(Outcome.Rejected, ["PHOTO_BLUR"]), TimeSpan.FromDays(days), 3, store.Get<Clocks>().Of(c), now));

    public Task Correct(CaseId id, Verdict verdict) => Change(id, (c, _) => c.Correct(Reviewer, verdict));

    public Task Resubmit(CaseId id) => Change(id, (c, now) => c.Resubmit("client:test", store.Get<Clocks>().Of(c), now));

    public Task Withdraw(CaseId id) => Change(id, (c, now) => c.Withdraw("client:test", store.Get<Clocks>().Of(c), now));

    /// <summary>Lets the hold end and everything follow.</summary>
    public async Task Settle(TimeSpan? after = null)
    {
        store.Time.Advance(after ?? TimeSpan.FromSeconds(10));
        await store.Drain();
    }

    public async Task<ReviewCase> Case(CaseId id)
    {
        await using var db = await store.Open();
        return await db.Cases.SingleAsync(c => c.Id == id);
    }

    public async Task<List<Notice>> Notices(CaseId id)
    {
        await using var db = await store.Open();
        return await db.Notices.AsNoTracking().Where(n => n.Case == id).OrderBy(n => n.WrittenAt).ToListAsync();
    }

    public async Task<List<ELicence>> ELicences(Guid applicant)
    {
        await using var db = await store.Open();
        return await db.ELicences.AsNoTracking().Where(e => e.ApplicantId == applicant).OrderBy(e => e.IssuedAt).ToListAsync();
    }

    public async Task<List<string>> Audited(string stream)
    {
        await using var db = await store.Open();
        return await db.AuditEntries.Where(e => e.Stream == stream).OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync();
    }

    /// <summary>The message of a topic and key, as a worker gets it.</summary>
    public async Task<OutboxTicket> Ticket(string topic, string key)
    {
        await using var db = await store.Open();
        return new(await db.Outbox.AsNoTracking().FirstAsync(m => m.Topic == topic && m.Key == key));
    }

    public async Task<int> Waiting(string topic)
    {
        await using var db = await store.Open();
        return await db.Outbox.CountAsync(m => m.Topic == topic);
    }

    public async Task Do(Action<UnitOfWork> work) => Assert.Null((await store.Get<Commit>().Run<Casework, Done>(Actor.System("test"), unit =>
    {
        work(unit);
        return Task.FromResult<Answer<Done>>(default(Done));
    })).Refusal);

    private async Task Change(CaseId id, Func<ReviewCase, DateTimeOffset, Refusal?> verb) =>
        Assert.Null((await store.Get<Commit>().Run<Casework, Done>(Actor.System("test"), async unit =>
            verb(await unit.Db.Cases.SingleAsync(c => c.Id == id), unit.Now) is { } refusal ? refusal : default(Done))).Refusal);

    private async Task<CaseId> Receive(string queue, Guid subject, Guid applicant)
    {
        ReviewCase received = new(CaseId.New(Now), $"SQ20261123{Interlocked.Increment(ref made):0000}", queue, "粤B", subject, applicant, store.Get<Clocks>().For(queue), "client:test", Now);
        await Do(unit => unit.Db.Cases.Add(received));
        return received.Id;
    }
}
