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
        var application = await Application(unit, subject, cancel);
        var licence = (await Standing(unit, subject, application, cancel)).Licence;
        var current = await unit.Db.ELicences.SingleOrDefaultAsync(e => e.ApplicantId == subject.Applicant && e.WithdrawnAt == null, cancel);
        if (application.Kind == ApplicationKind.PhotoReplacement && current is null)
            return Notices.ELicenceGone;
        if (application.Kind == ApplicationKind.First && current?.StillMatches(licence) == true)
            return Notices.ELicenceHeld;

        var replaces = application.Kind == ApplicationKind.PhotoReplacement ? current!.Id : default(ELicenceId?);
        current?.Withdraw(replaces is null ? Outdated : Replaced, unit.Now);
        var photo = await Photo(unit.Db, application, cancel);
        unit.Db.ELicences.Add(ELicence.Issue(
            ELicenceId.New(), subject.Applicant, subject.Id.Value, licence, application.PhotoSource, photo, unit.Now, replaces));
        return null;
    }

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

    private static async Task<ELicenceApplication> Application(UnitOfWork unit, ReviewCase subject, CancellationToken cancel) =>
        await unit.Db.Applications.SingleAsync(a => a.Id == subject.Subject, cancel);

    private async Task<LicenceStanding> Standing(UnitOfWork unit, ReviewCase subject, ELicenceApplication application, CancellationToken cancel)
    {
        var applicant = await unit.Db.Applicants.SingleAsync(a => a.Id == subject.Applicant, cancel);
        return await LicenceStanding.Of(unit.Db, application.Licence, applicant.Document, applicant.Level, letters, unit.Now, cancel);
    }
}
