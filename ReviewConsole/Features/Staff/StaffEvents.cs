using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Staff;

/// <summary>Something that happened to the account of a member of staff.</summary>
public abstract record StaffEvent(Guid User) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => StreamOf(User);

    /// <summary>The stream of a person's account.</summary>
    public static string StreamOf(Guid user) => $"user:{user}";
}

/// <summary>An account was made.</summary>
public sealed record UserCreated(Guid User, Roles Roles, IReadOnlyList<string> Authorities, IReadOnlyList<string> Queues) : StaffEvent(User);

/// <summary>Name, roles or reach of a person changed.</summary>
/// <param name="User">The person.</param>
/// <param name="Renamed">True where the display name changed, which is not repeated here; otherwise null.</param>
/// <param name="Roles">What the person is now.</param>
/// <param name="Authorities">Codes of the authorities now.</param>
/// <param name="Queues">Ids of the queues now.</param>
public sealed record UserChanged(Guid User, bool? Renamed, Roles Roles, IReadOnlyList<string> Authorities, IReadOnlyList<string> Queues) : StaffEvent(User);

/// <summary>The person's own identity document was put on record (WORK-7); what it is, is not part of it.</summary>
public sealed record OwnDocumentRecorded(Guid User) : StaffEvent(User);

/// <summary>The person's own identity document is on record no more.</summary>
public sealed record OwnDocumentCleared(Guid User) : StaffEvent(User);

/// <summary>The person was given a first password, to be replaced at the next sign-in; every sign-in before it ended.</summary>
public sealed record PasswordReset(Guid User) : StaffEvent(User);

/// <summary>An account that was locked was opened before its time.</summary>
public sealed record AccountUnlocked(Guid User) : StaffEvent(User);

/// <summary>The account was closed; every sign-in ended.</summary>
public sealed record AccountClosed(Guid User) : StaffEvent(User);

/// <summary>A closed account was opened again.</summary>
public sealed record AccountReopened(Guid User) : StaffEvent(User);

/// <summary>Somebody gave the right password of a closed account and was not let in.</summary>
public sealed record SignInRefused(Guid User) : StaffEvent(User);

/// <summary>The person signed in.</summary>
public sealed record SignedIn(Guid User) : StaffEvent(User);

/// <summary>The person signed out.</summary>
public sealed record SignedOut(Guid User) : StaffEvent(User);

/// <summary>A wrong password was given for the account.</summary>
public sealed record SignInFailed(Guid User) : StaffEvent(User);

/// <summary>Too many wrong passwords: the account is locked for a while.</summary>
public sealed record AccountLocked(Guid User, DateTimeOffset Until) : StaffEvent(User);

/// <summary>The person replaced the password.</summary>
public sealed record PasswordChanged(Guid User) : StaffEvent(User);

/// <summary>Somebody tried a user name that does not exist. The name is not kept: people type passwords there.</summary>
public sealed record UnknownSignIn : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => "system:sign-in";
}
