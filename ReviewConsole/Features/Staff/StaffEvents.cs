using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Staff;

/// <summary>Something that happened to the account of a member of staff.</summary>
public abstract record StaffEvent(Guid User) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => $"user:{User}";
}

/// <summary>An account was made.</summary>
public sealed record UserCreated(Guid User, Roles Roles, IReadOnlyList<string> Authorities, IReadOnlyList<string> Queues) : StaffEvent(User);

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
