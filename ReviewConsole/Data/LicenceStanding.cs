using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Data;

/// <summary>How an applicant's licence stands now: the newer of the request's snapshot and the stored record counts (APP-3).</summary>
/// <param name="Licence">The one that counts.</param>
/// <param name="Verdict">What follows from it for an application.</param>
public sealed record LicenceStanding(DriverLicence Licence, EligibilityVerdict Verdict)
{
    /// <summary>Looks the stored record up and judges. For a moment in the past a record that was put since then does not count.</summary>
    public static async Task<LicenceStanding> Of(
        ReviewDb db, DriverLicence snapshot, IdentityDocument holder, RegistrationLevel level, LicenceLetters letters, DateTimeOffset at, CancellationToken cancel)
    {
        var index = db.IndexOf(holder);
        var record = await db.LicenceRecords.AsNoTracking().SingleOrDefaultAsync(r => r.DocumentIndex == index, cancel);
        return Of(snapshot, record?.UpdatedAt <= at ? record.Licence : null, level, letters, at);
    }

    /// <summary>Judges by the newer of the two.</summary>
    public static LicenceStanding Of(DriverLicence snapshot, DriverLicence? record, RegistrationLevel level, LicenceLetters letters, DateTimeOffset now)
    {
        var licence = DriverLicence.Newer(snapshot, record);
        return new(licence, Eligibility.Judge(licence, level, Shanghai.DateOf(now), letters));
    }
}
