using System.Globalization;
using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Tests.Domain.Licences;

public sealed class ELicenceTests
{
    private static readonly DateTimeOffset now = new(2026, 6, 1, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DriverLicence licence = new("11010519491231002X", "A", "A1D", new(2020, 7, 1), new(2030, 7, 1), "粤A", null, now);

    [Fact]
    public void It_keeps_what_it_was_issued_on()
    {
        var (id, applicant, @case, picture) = (ELicenceId.New(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var issued = ELicence.Issue(id, applicant, @case, licence, PhotoSource.Camera, picture, now);
        Assert.Equal((id, applicant, @case, picture, PhotoSource.Camera, now), (issued.Id, issued.ApplicantId, issued.CaseId, issued.PictureId, issued.PhotoSource, issued.IssuedAt));
        Assert.Equal(("A1D", licence.ValidFrom, licence.ValidTo, "粤A"), (issued.Classes, issued.ValidFrom, issued.ValidTo, issued.Authority));
    }

    [Fact]
    public void It_matches_until_class_validity_or_authority_change()
    {
        var issued = Issue(PhotoSource.OnFile);
        Assert.True(issued.StillMatches(licence));
        Assert.True(issued.StillMatches(licence with { Classes = "DA1", Status = "H", SourceTime = now.AddDays(9), ExtensionUntil = licence.ValidTo }));
        Assert.False(issued.StillMatches(licence with { Classes = "A1" }));
        Assert.False(issued.StillMatches(licence with { Classes = "A1DE" }));
        Assert.False(issued.StillMatches(licence with { Classes = "A2D" }));
        Assert.False(issued.StillMatches(licence with { ValidFrom = new(2020, 7, 2) }));
        Assert.False(issued.StillMatches(licence with { ValidTo = new(2036, 7, 1) }));
        Assert.False(issued.StillMatches(licence with { ValidTo = null }));
        Assert.False(issued.StillMatches(licence with { Authority = "粤B" }));
    }

    [Fact]
    public void It_is_withdrawn_once_and_the_first_reason_stays()
    {
        var issued = Issue(PhotoSource.Camera);
        Assert.Null(issued.Withdraw("CORRECTED", now));
        Assert.Equal("E_LICENCE_WITHDRAWN", issued.Withdraw("OTHER", now.AddDays(1))?.Code);
        Assert.Equal((now, "CORRECTED"), (issued.WithdrawnAt, issued.WithdrawnWhy));
        Assert.Equal("E_LICENCE_WITHDRAWN", PhotoReplacement.Judge(issued, new(2030, 1, 1))?.Code);
    }

    [Fact]
    public void A_photo_on_file_may_be_replaced_at_once() => Assert.Null(PhotoReplacement.Judge(Issue(PhotoSource.OnFile), new(2026, 6, 1)));

    [Theory]
    [InlineData(PhotoSource.Album, false)]
    [InlineData(PhotoSource.Camera, false)]
    [InlineData(PhotoSource.Album, true)]
    [InlineData(PhotoSource.Camera, true)]
    [InlineData(PhotoSource.OnFile, true)]
    public void A_chosen_or_replaced_photo_stays_six_months(PhotoSource source, bool replaced)
    {
        var issued = Issue(source, replaced);
        Assert.Equal(new("PHOTO_REPLACED_TOO_SOON", "2026-12-01"), PhotoReplacement.Judge(issued, new(2026, 6, 1)));
        Assert.NotNull(PhotoReplacement.Judge(issued, new(2026, 11, 30)));
        Assert.Null(PhotoReplacement.Judge(issued, new(2026, 12, 1)));
    }

    [Theory]
    [InlineData("2025-08-30T23:59:59+08:00", "2026-02-28")] // February has no 30th
    [InlineData("2025-08-31T00:00:00+08:00", "2026-02-28")]
    [InlineData("2025-08-31T16:00:00Z", "2026-03-01")] // already September in Shanghai
    public void Months_are_counted_by_the_date_in_Shanghai(string issuedAt, string earliest)
    {
        var issued = ELicence.Issue(ELicenceId.New(), Guid.NewGuid(), Guid.NewGuid(), licence, PhotoSource.Album, Guid.NewGuid(), DateTimeOffset.Parse(issuedAt, CultureInfo.InvariantCulture));
        Assert.Equal(DateOnly.Parse(earliest, CultureInfo.InvariantCulture), PhotoReplacement.EarliestDay(issued));
    }

    private static ELicence Issue(PhotoSource source, bool replaced = false) =>
        ELicence.Issue(ELicenceId.New(), Guid.NewGuid(), Guid.NewGuid(), licence, source, Guid.NewGuid(), now, replaced ? ELicenceId.New() : null);
}
