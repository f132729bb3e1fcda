using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Features.Finalise;

/// <summary>An approved application issues the e-licence. A person has at most one in force: the former one is withdrawn in the same change.</summary>
public sealed class IssueELicence(LicenceLetters letters) : IApprovalEffect
{
    /// <summary>Withdrawn because its photo was replaced (APP-5).</summary>
    public const string Replaced = "replaced";

    /// <summary>Withdrawn because class, validity or authority of the licence changed (APP-6).</summary>
    public const string Outdated = "outdated";

    /// <summary>Withdrawn because the approval was corrected (WORK-3).</summary>
    public const string Corrected = "corrected";

    /// <inheritdoc/>
    public Type Subject => typeof(ELicenceApplication);

    /// <inheritdoc/>
    public async Task<string?> Give(UnitOfWork unit, ReviewCase subject, CancellationToken cancel)
    {
        var (application, licence, current, instead) = await Look(unit.Db, subject, unit.Now, cancel);
        if (instead is not null)
            return instead;

        var replaces = application.Kind == ApplicationKind.PhotoReplacement ? current!.Id : default(ELicenceId?);
        current?.Withdraw(replaces is null ? Outdated : Replaced, unit.Now);
        var photo = await Photo(unit.Db, application, cancel);
        unit.Db.ELicences.Add(ELicence.Issue(
            ELicenceId.New(), subject.Applicant, subject.Id.Value, licence, application.PhotoSource, photo, unit.Now, replaces));
        return null;
    }

    /// <inheritdoc/>
    public async Task<string?> Foresee(ReviewDb db, ReviewCase subject, DateTimeOffset now, CancellationToken cancel) => (await Look(db, subject, now, cancel)).Instead;

    /// <inheritdoc/>
    public async Task TakeBack(UnitOfWork unit, ReviewCase subject, CancellationToken cancel)
    {
        var issued = await unit.Db.ELicences.SingleOrDefaultAsync(e => e.CaseId == subject.Id.Value && e.WithdrawnAt == null, cancel);
        issued?.Withdraw(Corrected, unit.Now);
    }

    // The portrait that was reviewed; an application with the photo on file may have sent no other.
    private static async Task<Guid> Photo(ReviewDb db, ELicenceApplication application, CancellationToken cancel)
    {
        var current = await CurrentPictures.Of(db, application.Id, cancel);
        return (current.FirstOrDefault(p => p.Kind == PictureKind.Portrait) ?? current.First(p => p.Kind == PictureKind.PhotoOnFile)).Id;
    }

    private async Task<(ELicenceApplication Application, DriverLicence Licence, ELicence? Current, string? Instead)> Look(ReviewDb db, ReviewCase subject, DateTimeOffset now, CancellationToken cancel)
    {
        var application = await db.Applications.SingleAsync(a => a.Id == subject.Subject, cancel);
        var applicant = await db.Applicants.SingleAsync(a => a.Id == subject.Applicant, cancel);
        var licence = (await LicenceStanding.Of(db, application.Licence, applicant.Document, applicant.Level, letters, now, cancel)).Licence;
        var current = await db.ELicences.SingleOrDefaultAsync(e => e.ApplicantId == subject.Applicant && e.WithdrawnAt == null, cancel);
        var instead = application.Kind == ApplicationKind.PhotoReplacement && current is null ? Notices.ELicenceGone
            : application.Kind == ApplicationKind.First && current?.StillMatches(licence) == true ? Notices.ELicenceHeld
            : null;
        return (application, licence, current, instead);
    }
}
