using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Features.Intake;

/// <summary>Takes both sides of an identity card in for a person to compare, or refuses at once (REG-2, ID-1, ID-2).</summary>
internal sealed class ReceiveIdPhoto(Commit commit, Admission admission, SentPictures pictures, Authorities authorities, TimeProvider time) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Intake;

    /// <summary>Does it.</summary>
    public async Task<Answer<Reply>> Handle(Actor client, IdPhotoBody body, Once once, CancellationToken cancel)
    {
        FieldErrors errors = new();
        var applicant = errors.Applicant(body.Applicant, time.GetUtcNow());
        var authority = errors.Authority(body.Authority, "authority", authorities);
        errors.Need(body.CardValidity, "cardValidity");
        var validity = errors.Validity(body.CardValidity);
        if (errors.Need(body.Score, "score") is < 0 or > 1 or double.NaN)
            errors.Add("score", "NUMBER_RANGE");
        if (errors.Need(body.Attempts, "attempts") is < 1 or > 1000)
            errors.Add("attempts", "NUMBER_RANGE");
        var portrait = await pictures.Need(errors, PictureKind.CardPortraitSide, body.PortraitSide, "portraitSide", cancel);
        var emblem = await pictures.Need(errors, PictureKind.CardEmblemSide, body.EmblemSide, "emblemSide", cancel);
        var live = await pictures.Need(errors, PictureKind.LiveFrame, body.LiveFrame, "liveFrame", cancel);
        if (errors.Reply is { } bad)
            return bad;

        var batch = pictures.Batch(portrait, emblem, live);
        return await batch.StoreWith(
            () => commit.Run<ReceiveIdPhoto, Reply>(client, async unit =>
            {
                if (await once.Earlier(unit.Db, cancel) is { } earlier)
                    return earlier;
                var known = await Admission.Find(unit.Db, applicant!.Document, cancel);
                var level = Admission.LevelOf(applicant, known);
                var against = level.JudgeIdPhotoReview()
                    ?? Judge(validity!, applicant.Document, unit.Now)
                    ?? (await Admission.HasOpen(unit.Db, known, Queues.IdPhoto, cancel) ? new Refusal("OPEN_REQUEST_EXISTS") : null);
                if (against is not null)
                    return once.Keep(unit, admission.Refuse(unit, typeof(IdPhotoSubmission), authority!, applicant.Document, new { level, validity }, [against]));
                return once.Keep(unit, await admission.Open(unit, typeof(IdPhotoSubmission), authority!, applicant, known, (subject, holder) =>
                {
                    unit.Db.Submissions.Add(new IdPhotoSubmission(subject, holder, level, validity!, body.Score!.Value, body.Attempts!.Value));
                    batch.AddTo(unit, subject, holder, round: 0);
                }, cancel));
            }, cancel),
            cancel);
    }

    /// <summary>Why a card is refused; what merely looks odd is left to the reviewer, who sees the validity (ID-2).</summary>
    internal static Refusal? Judge(CardValidity validity, IdentityDocument document, DateTimeOffset now) =>
        document is { MayEnterIdPhotoQueue: true, CitizenId: { } holder } ? validity.Judge(holder, Shanghai.DateOf(now)).Refusal : new Refusal("ID_DOCUMENT_KIND");
}
