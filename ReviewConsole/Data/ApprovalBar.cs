using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
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
        var applicant = await db.Applicants.AsNoTracking().SingleAsync(a => a.Id == subject.Applicant, cancel);
        if (type == typeof(ELicenceApplication))
        {
            var application = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == subject.Subject, cancel);
            return (await LicenceStanding.Of(db, application.Licence, applicant.Document, applicant.Level, letters, now, cancel)).Verdict.Refusal;
        }

        if (type == typeof(IdPhotoSubmission))
        {
            var submission = await db.Submissions.AsNoTracking().SingleAsync(s => s.Id == subject.Subject, cancel);
            return applicant.Document.CitizenId is { } id ? submission.Validity.Judge(id, Shanghai.DateOf(now)).Refusal : null;
        }

        return null;
    }
}
