using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Data;

/// <summary>What stands against an approval at this moment; asked when the case is looked at and again when it is decided (APP-3, ID-2).</summary>
public sealed class ApprovalBar(Queues queues, LicenceLetters letters)
{
    private static readonly PreparedQuery<Guid, LicenceFacts> FactsOf = new((db, subject) =>
        from application in db.Applications.AsNoTracking().Where(a => a.Id == subject)
        from applicant in db.Applicants.Where(a => a.Id == application.Applicant)
        from record in db.LicenceRecords.Where(r => r.DocumentIndex == EF.Property<string>(applicant, ApplicantMapping.DocumentIndex)).DefaultIfEmpty()
        select new LicenceFacts(applicant.Level, application.Licence, record == null ? null : record.Licence));

    /// <summary>The refusal that an approval would meet, or null.</summary>
    public async Task<Refusal?> Against(ReviewDb db, ReviewCase subject, DateTimeOffset now, CancellationToken cancel)
    {
        // A second look gives nothing: it says what the decision should have been when it was made.
        var type = subject.Original is null ? queues.Find(subject.HomeQueue)?.Subject : null;
        if (type == typeof(ELicenceApplication))
        {
            var found = await FactsOf.One(db, subject.Subject, cancel) ?? throw new InvalidDataException($"Case {subject.Id} is about an application that the store does not hold.");
            return LicenceStanding.Of(found.Licence, found.Record, found.Level, letters, now).Verdict.Refusal;
        }

        if (type == typeof(IdPhotoSubmission))
        {
            var submission = await db.Submissions.AsNoTracking().SingleAsync(s => s.Id == subject.Subject, cancel);
            var applicant = await db.Applicants.AsNoTracking().SingleAsync(a => a.Id == subject.Applicant, cancel);
            return applicant.Document.CitizenId is { } id ? submission.Validity.Judge(id, Shanghai.DateOf(now)).Refusal : null;
        }

        return null;
    }

    private sealed record LicenceFacts(RegistrationLevel Level, DriverLicence Licence, DriverLicence? Record);
}
