namespace ReviewConsole.Domain.People;

/// <summary>How an account was registered (REG-1).</summary>
public enum RegistrationLevel
{
    /// <summary>Online registered (在线注册): restricted rights.</summary>
    Online,

    /// <summary>Real-person authenticated (实人认证): the rights of counter sign-up.</summary>
    RealPerson,

    /// <summary>Signed up in person at a counter (窗口面签).</summary>
    Counter,

    /// <summary>A unit (单位), signed up at a counter.</summary>
    Unit,
}

/// <summary>What a level means to the two requests that are reviewed.</summary>
public static class RegistrationLevels
{
    /// <summary>Whether an account of this level may apply for an e-licence (REG-3).</summary>
    public static bool MayApplyForELicence(this RegistrationLevel level) => level is RegistrationLevel.RealPerson or RegistrationLevel.Counter;

    /// <summary>
    /// Whether an account of this level may ask for an ID-photo review (REG-2): null, or <c>LEVEL_ALREADY_AUTHENTICATED</c>, or
    /// <c>LEVEL_UNIT</c>.
    /// </summary>
    public static Refusal? JudgeIdPhotoReview(this RegistrationLevel level) => level switch
    {
        RegistrationLevel.Online => null,
        RegistrationLevel.Unit => new("LEVEL_UNIT"),
        _ => new("LEVEL_ALREADY_AUTHENTICATED"),
    };
}
