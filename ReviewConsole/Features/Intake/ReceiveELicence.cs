using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Features.Intake;

/// <summary>Takes an application for the e-licence in, or refuses it at once (APP-1 to APP-8).</summary>
internal sealed class ReceiveELicence(
    Commit commit, Admission admission, SentPictures pictures, Authorities authorities, VehicleClasses classes, LicenceLetters letters, Reasons reasons,
    IOptions<ReviewSettings> settings, TimeProvider time, ILogger<ReceiveELicence> log) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Intake;

    /// <summary>Does it.</summary>
    public async Task<Answer<Reply>> Handle(Actor client, ELicenceBody body, Once once, CancellationToken cancel)
    {
        FieldErrors errors = new();
        var now = time.GetUtcNow();
        var applicant = errors.Applicant(body.Applicant, now);
        var snapshot = errors.Licence(body.Licence, applicant?.Document, authorities, classes, now);
        var kind = body.Kind is null ? ApplicationKind.First : errors.Word<ApplicationKind>(body.Kind, "kind");
        var source = errors.Word<PhotoSource>(body.PhotoSource, "photoSource");
        var portrait = await pictures.Need(errors, PictureKind.Portrait, body.Portrait, "portrait", cancel);
        var (onFile, taken) = await OnFile(errors, body.PhotoOnFile, now, cancel);
        if (errors.Reply is { } bad)
            return bad;

        var batch = pictures.Batch(portrait, onFile);
        return await batch.StoreWith(
            () => commit.Run<ReceiveELicence, Reply>(client, async unit =>
            {
                if (await once.Earlier(unit.Db, cancel) is { } earlier)
                    return earlier;
                var known = await Admission.Find(unit.Db, applicant!.Document, cancel);
                var level = Admission.LevelOf(applicant, known);
                var standing = await LicenceStanding.Of(unit.Db, snapshot!, applicant.Document, level, letters, unit.Now, cancel);
                var authority = standing.Licence.Authority;
                var against = standing.Verdict.Refusals is { IsEmpty: false } refusals ? [.. refusals]
                    : await Against(unit, known, kind!.Value, standing.Licence, cancel) is { } refusal ? new[] { refusal }
                    : [];
                if (standing.Verdict.Alarm)
                    Alarm(unit, standing.Licence);
                if (against.Length > 0)
                    return once.Keep(unit, admission.Refuse(unit, typeof(ELicenceApplication), authority, applicant.Document, new { level, snapshot, counted = standing.Licence }, against));
                return once.Keep(unit, await admission.Open(unit, typeof(ELicenceApplication), authority, applicant, known, (subject, holder) =>
                {
                    unit.Db.Applications.Add(new ELicenceApplication(subject, holder, kind!.Value, level, snapshot!, source!.Value, taken));
                    batch.AddTo(unit, subject, holder, round: 0);
                }, cancel));
            }, cancel),
            cancel);
    }

    private async Task<(SentPicture? Picture, DateOnly? Taken)> OnFile(FieldErrors errors, PhotoOnFileBody? body, DateTimeOffset now, CancellationToken cancel)
    {
        if (body is null)
            return default;
        var taken = errors.NeedDate(body.Taken, "photoOnFile.taken");
        if (taken > Shanghai.DateOf(now))
            errors.Add("photoOnFile.taken", "DATE_IN_FUTURE");
        return (await pictures.Need(errors, PictureKind.PhotoOnFile, body.Picture, "photoOnFile.picture", cancel), taken);
    }

    /// <summary>What else stands against the application of somebody whose licence is in order (APP-5, APP-6, APP-7).</summary>
    private async Task<Refusal?> Against(UnitOfWork unit, Applicant? known, ApplicationKind kind, DriverLicence licence, CancellationToken cancel)
    {
        if (await Admission.HasOpen(unit.Db, known, Queues.ELicence, cancel))
            return new("OPEN_REQUEST_EXISTS");
        var held = known is null ? null : await unit.Db.ELicences.AsNoTracking().SingleOrDefaultAsync(e => e.ApplicantId == known.Id && e.WithdrawnAt == null, cancel);
        var inForce = held?.StillMatches(licence) == true;
        return kind switch
        {
            ApplicationKind.First when inForce => new("E_LICENCE_IN_FORCE"),
            ApplicationKind.PhotoReplacement when held is null => new("E_LICENCE_MISSING"),
            ApplicationKind.PhotoReplacement when !inForce => new("E_LICENCE_OUTDATED"),
            ApplicationKind.PhotoReplacement when PhotoReplacement.Judge(held, Shanghai.DateOf(unit.Now)) is { } tooSoon => tooSoon,
            _ => await FailedTooOften(unit.Db, known, cancel) ? new("COUNTER_NEEDED") : null,
        };
    }

    /// <summary>Whether the last decided applications were all rejected for their photo. One withdrawn or lapsed was not decided and counts for nothing.</summary>
    private async Task<bool> FailedTooOften(ReviewDb db, Applicant? known, CancellationToken cancel)
    {
        if (known is null)
            return false;
        var most = settings.Value.MostPhotoRejections;
        var last = await db.Cases.AsNoTracking()
            .Where(c => c.Applicant == known.Id && c.HomeQueue == Queues.ELicence && (c.Outcome == Outcome.Approved || c.Outcome == Outcome.Rejected || c.Outcome == Outcome.Referred))
            .OrderByDescending(c => c.ClosedAt).ThenByDescending(c => c.Id).Take(most).ToListAsync(cancel);
        return last.Count == most && last.TrueForAll(c => c.Outcome == Outcome.Rejected && c.Verdict!.Reasons.Any(IsOfPhoto));
    }

    // A rule of eligibility may speak of photos, too (a replacement that came too soon): it says nothing against the photo.
    private bool IsOfPhoto(string code) => code.StartsWith("PHOTO_", StringComparison.Ordinal) && reasons.Find(code) is { Rule: null };

    private void Alarm(UnitOfWork unit, DriverLicence licence)
    {
        var alarm = LicenceStatusAlarm.Of(licence, letters.Read(licence.Status));
        unit.Record(alarm);
        log.LogError("Authority {Authority} sent a licence status that cannot be worked with; unknown letters: '{Unknown}'", alarm.Authority, alarm.Unknown);
    }
}
