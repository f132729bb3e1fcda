using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Features.Intake;

/// <summary>Takes in what an applicant sends after being asked for more; the clock resumes at its receipt (SLA-3, WORK-2).</summary>
internal sealed class Resubmit(Commit commit, Reads reads, Clocks clocks, SentPictures pictures, IntakeWords words) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Intake;

    /// <summary>Does it.</summary>
    public async Task<Answer<Reply>> Handle(Actor client, Guid id, ResubmissionBody body, Once once, CancellationToken cancel)
    {
        // Which members belong to the request depends on its kind, so it is looked up before anything is decoded, and again in the commit.
        var kind = await reads.Run<Resubmit, string>(client, async db => await RequestStateQuery.Own(db, client, id, cancel) is { } found ? found.HomeQueue : Refusals.NotFound, cancel);
        if (kind.Refusal is { } unknown)
            return unknown;
        FieldErrors errors = new();
        var (batch, validity) = kind.Value == Queues.IdPhoto ? await Card(errors, body, cancel) : await Portrait(errors, body, cancel);
        if (errors.Reply is { } bad)
            return bad;

        return await batch.StoreWith(
            () => commit.Run<Resubmit, Reply>(client, async unit =>
            {
                if (await once.Earlier(unit.Db, cancel) is { } earlier)
                    return earlier;
                if (await RequestStateQuery.Own(unit.Db, client, id, cancel) is not { } found)
                    return Refusals.NotFound;
                // Nothing is changed before everything that can refuse has been asked: the answer is kept, and the change with it.
                if (validity is not null && await Judge(unit, found, validity, cancel) is { } expired)
                    return words.Refuse(expired);
                if (found.Resubmit(unit.Actor.Id, clocks.Of(found), unit.Now) is { } refusal)
                    return words.Refuse(refusal == Refusals.WrongState ? new("NOT_RETURNED") : refusal);
                // While it was paused its span did not reach as far: a calendar changed meanwhile may count only now (SLA-5).
                if (clocks.Newer(found, unit.Now) is { } newer)
                    found.Retarget(unit.Actor.Id, "calendar", newer, unit.Now);
                if (validity is not null)
                    (await unit.Db.Submissions.SingleAsync(s => s.Id == found.Subject, cancel)).Correct(validity);
                batch.AddTo(unit, found.Subject, found.Applicant, found.Rounds);
                return once.Keep(unit, Reply.Of(StatusCodes.Status200OK, RequestStateQuery.Of(found, words)));
            }, cancel),
            cancel);
    }

    private static async Task<Refusal?> Judge(UnitOfWork unit, ReviewCase found, CardValidity validity, CancellationToken cancel) =>
        ReceiveIdPhoto.Judge(validity, (await unit.Db.Applicants.SingleAsync(a => a.Id == found.Applicant, cancel)).Document, unit.Now);

    private async Task<(PictureBatch, CardValidity?)> Portrait(FieldErrors errors, ResubmissionBody body, CancellationToken cancel)
    {
        NotApplicable(errors, body.PortraitSide, "portraitSide");
        NotApplicable(errors, body.EmblemSide, "emblemSide");
        NotApplicable(errors, body.LiveFrame, "liveFrame");
        NotApplicable(errors, body.CardValidity, "cardValidity");
        return (pictures.Batch(await pictures.Need(errors, PictureKind.Portrait, body.Portrait, "portrait", cancel)), null);
    }

    private async Task<(PictureBatch, CardValidity?)> Card(FieldErrors errors, ResubmissionBody body, CancellationToken cancel)
    {
        NotApplicable(errors, body.Portrait, "portrait");
        var batch = pictures.Batch(
            await pictures.Read(errors, PictureKind.CardPortraitSide, body.PortraitSide, "portraitSide", cancel),
            await pictures.Read(errors, PictureKind.CardEmblemSide, body.EmblemSide, "emblemSide", cancel),
            await pictures.Read(errors, PictureKind.LiveFrame, body.LiveFrame, "liveFrame", cancel));
        var validity = errors.Validity(body.CardValidity);
        if (errors.Reply is null && batch.IsEmpty && validity is null)
            errors.Add("portraitSide", "REQUIRED", "At least one picture or the validity is expected.");
        return (batch, validity);
    }

    private static void NotApplicable(FieldErrors errors, object? sent, string field)
    {
        if (sent is not null)
            errors.Add(field, "NOT_APPLICABLE");
    }
}
