using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Tests.Support;

/// <summary>Made-up people, staff and cases.</summary>
public sealed class Sample(TestStore store) : IUseCase
{
    private int people;
    private int cases;

    public static Permission Needs => Permission.System;

    /// <summary>A member of staff, stored, who reaches everything unless said otherwise.</summary>
    public async Task<Actor> Staff(Roles roles, string name = "审核员07", string[]? authorities = null, string[]? queues = null)
    {
        StaffUser user = new()
        {
            Id = Guid.NewGuid(),
            UserName = Guid.NewGuid().ToString("N"),
            DisplayName = name,
            Roles = roles,
            SecurityStamp = "s",
            Authorities = [.. authorities ?? ["粤", "浙"]],
            Queues = [.. queues ?? Queues.Standard.All.Select(q => q.Id)],
        };
        await Do<Done>(unit =>
        {
            unit.Db.Users.Add(user);
            return default(Done);
        });
        return store.Get<StaffActors>().Of(user);
    }

    /// <summary>An open e-licence case without pictures.</summary>
    public async Task<CaseId> ELicence(string authority = "粤B", string status = "A", RegistrationLevel level = RegistrationLevel.RealPerson)
    {
        var number = CitizenId.Compose("440305", new DateOnly(1990, 1, 1).AddDays(Interlocked.Increment(ref people) - 1), 123).Value;
        return await Do<CaseId>(unit =>
        {
            var applicant = Person(unit, number, level);
            DriverLicence licence = new(number, status, "C1", new(2020, 1, 1), new(2030, 1, 1), authority, null, unit.Now.AddDays(-1));
            ELicenceApplication application = new(Guid.CreateVersion7(), applicant.Id, ApplicationKind.First, level, licence, PhotoSource.Camera, null);
            unit.Db.Applications.Add(application);
            return Open(unit, Queues.ELicence, authority, application.Id, applicant.Id);
        });
    }

    /// <summary>An open ID-photo case without pictures.</summary>
    public async Task<CaseId> IdPhoto(string authority = "粤B")
    {
        var number = CitizenId.Compose("440305", new DateOnly(1990, 1, 1).AddDays(Interlocked.Increment(ref people) - 1), 123).Value;
        return await Do<CaseId>(unit =>
        {
            var applicant = Person(unit, number, RegistrationLevel.Online);
            CardValidity.TryCreate(new(2020, 1, 1), new(2040, 1, 1), out var validity, out _);
            IdPhotoSubmission submission = new(Guid.CreateVersion7(), applicant.Id, RegistrationLevel.Online, validity!, 0.41, 4);
            unit.Db.Submissions.Add(submission);
            return Open(unit, Queues.IdPhoto, authority, submission.Id, applicant.Id);
        });
    }

    /// <summary>Changes the store as the product's background work may.</summary>
    public async Task<T> Do<T>(Func<UnitOfWork, Answer<T>> work) =>
        (await store.Get<Commit>().Run<Sample, T>(Actor.System("test"), unit => Task.FromResult(work(unit)))).Value;

    private static Applicant Person(UnitOfWork unit, string number, RegistrationLevel level)
    {
        Assert.True(PersonName.TryParse("王小明", out var name, out _));
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentIdentityCard, number, new(2026, 11, 23), out var document, out _));
        Assert.True(PhoneNumber.TryParse("13812345678", out var phone, out _));
        Applicant applicant = new(Guid.CreateVersion7(), name, document, phone, PhoneSource.PoliceRecord, level);
        unit.Db.Applicants.Add(applicant);
        return applicant;
    }

    private CaseId Open(UnitOfWork unit, string queue, string authority, Guid subject, Guid applicant)
    {
        ReviewCase made = new(CaseId.New(unit.Now), $"T{Interlocked.Increment(ref cases):000000}", queue, authority, subject, applicant, store.Get<Clocks>().For(queue), "client:test", unit.Now);
        Assert.Null(made.FinishChecks(givenUp: false));
        unit.Db.Cases.Add(made);
        return made.Id;
    }
}
