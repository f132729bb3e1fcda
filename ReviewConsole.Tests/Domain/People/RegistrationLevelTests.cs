using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Domain.People;

public sealed class RegistrationLevelTests
{
    [Theory]
    [InlineData(RegistrationLevel.Online, false, null)]
    [InlineData(RegistrationLevel.RealPerson, true, "LEVEL_ALREADY_AUTHENTICATED")]
    [InlineData(RegistrationLevel.Counter, true, "LEVEL_ALREADY_AUTHENTICATED")]
    [InlineData(RegistrationLevel.Unit, false, "LEVEL_UNIT")]
    public void Authenticated_persons_apply_and_online_persons_authenticate(RegistrationLevel level, bool applies, string? idPhoto)
    {
        Assert.Equal(applies, level.MayApplyForELicence());
        Assert.Equal(idPhoto, level.JudgeIdPhotoReview()?.Code);
    }
}
