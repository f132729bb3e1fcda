using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Data;

/// <summary>What stands against an approval at this moment; asked when the case is looked at and again when it is decided (APP-3, ID-2).</summary>
public sealed class ApprovalBar(Queues queues, LicenceLetters letters)
{
    /// <summary>The refusal that an approval would meet, or null.</summary>
    public async Task<Refusal?> Against(ReviewDb db, ReviewCase subject, DateTimeOffset now, CancellationToken cancel)
    {
        var type = queues.Find(subject.HomeQueue)?.Subject;
        if (type == typeof(ELicenceApplication))
        {
            var found = await (
                from applicant in db.Applicants.AsNoTracking().Where(a => a.Id == subject.Applicant)
                from application in db.Applications.Where(a => a.Id == subject.Subject)
                from record in db.LicenceRecords.Where(r => r.DocumentIndex == EF.Property<string>(applicant, ApplicantMapping.DocumentIndex)).DefaultIfEmpty()
                select new { applicant.Level, application.Licence, Record = record == null ? null : record.Licence }).SingleAsync(cancel);
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
}
