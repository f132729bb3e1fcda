using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Features.Intake;

/// <summary>Whether a licence was taken into the record.</summary>
/// <param name="Applied">False where the record already holds one as new or newer.</param>
/// <param name="SourceTime">Source time of the licence that the record holds now.</param>
internal sealed record PutLicenceAnswer(bool Applied, DateTimeOffset SourceTime);

/// <summary>Takes a licence into the record; the newest by its source's time counts (APP-3).</summary>
internal sealed class PutLicence(Commit commit, Authorities authorities, VehicleClasses classes, LicenceLetters letters, TimeProvider time) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.PutLicences;

    /// <summary>Does it.</summary>
    public async Task<Answer<Reply>> Handle(Actor client, PutLicenceBody body, CancellationToken cancel)
    {
        FieldErrors errors = new();
        var now = time.GetUtcNow();
        var document = errors.Document(body.Document, "document", now);
        var licence = errors.Licence(body.Licence, document, authorities, classes, now);
        if (errors.Reply is { } bad)
            return bad;
        return await commit.Run<PutLicence, Reply>(client, async unit =>
        {
            var index = unit.Db.IndexOf(document!);
            var record = await unit.Db.LicenceRecords.SingleOrDefaultAsync(r => r.DocumentIndex == index, cancel);
            if (record is not null && DriverLicence.Newer(record.Licence, licence) == record.Licence)
                return Answer(applied: false, record.Licence);
            if (record is null)
                unit.Db.LicenceRecords.Add(new LicenceRecord { DocumentIndex = index, Licence = licence!, UpdatedAt = unit.Now });
            else
                (record.Licence, record.UpdatedAt) = (licence!, unit.Now);
            unit.Record(new LicencePut(index, licence!.SourceTime));
            if (letters.Read(licence.Status) is { Alarm: true } status)
                unit.Record(LicenceStatusAlarm.Of(licence, status));
            return Answer(applied: true, licence);
        }, cancel);
    }

    private static Reply Answer(bool applied, DriverLicence licence) =>
        Reply.Of(StatusCodes.Status200OK, new PutLicenceAnswer(applied, Shanghai.In(licence.SourceTime)));
}
