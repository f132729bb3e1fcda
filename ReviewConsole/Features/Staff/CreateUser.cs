using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Features.Staff.Users;

namespace ReviewConsole.Features.Staff;

/// <summary>A person to be given an account.</summary>
/// <param name="Name">User name: 2 to 40 ASCII letters, digits, dots, hyphens, underscores.</param>
/// <param name="DisplayName">Name as colleagues see it.</param>
/// <param name="Roles">What the person is.</param>
/// <param name="Authorities">Codes of the authorities the person works for.</param>
/// <param name="Queues">Ids of the queues.</param>
/// <param name="Password">First password, to be replaced at the first sign-in.</param>
public sealed record NewUser(string Name, string DisplayName, Roles Roles, IReadOnlyList<string> Authorities, IReadOnlyList<string> Queues, string Password)
{
    /// <summary>What may be changed of it later.</summary>
    public UserEntry Entry => new(DisplayName, Roles, Authorities, Queues);
}

/// <summary>Makes the account of a member of staff.</summary>
public sealed class CreateUser(Commit commit, IServiceProvider services, Authorities authorities, Queues queues) : IUseCase
{
    /// <summary>Fewest characters of a user name.</summary>
    public const int ShortestName = 2;

    /// <summary>Most characters of a user name.</summary>
    public const int LongestName = 40;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Makes it, or says what is wrong with it.</summary>
    public async Task<Answer<Guid>> Handle(Actor actor, NewUser person)
    {
        if (Fault(person) is { } fault)
            return fault;
        await using var scope = services.CreateAsyncScope();
        var (hasher, names) = (scope.ServiceProvider.GetRequiredService<IPasswordHasher<StaffUser>>(), scope.ServiceProvider.GetRequiredService<ILookupNormalizer>());
        return await commit.Run<CreateUser, string, Guid>(actor, _ => hasher.Hash(person.Password), async (unit, hash) =>
        {
            var normalised = names.NormalizeName(person.Name);
            if (await unit.Db.Users.AnyAsync(u => u.NormalizedUserName == normalised))
                return new Refusal("USER_NAME_TAKEN", person.Name);
            StaffUser user = new()
            {
                Id = Guid.CreateVersion7(unit.Now),
                UserName = person.Name,
                NormalizedUserName = normalised,
                DisplayName = person.DisplayName.Trim(),
                Roles = person.Roles,
                Authorities = [.. person.Authorities],
                Queues = [.. person.Queues],
                PasswordHash = hash,
                MustChangePassword = true,
                LockoutEnabled = true,
            };
            user.EndSessions();
            unit.Db.Users.Add(user);
            unit.Record(new UserCreated(user.Id, user.Roles, person.Authorities, person.Queues));
            return user.Id;
        });
    }

    private Refusal? Fault(NewUser person) =>
        person.Name.Length is < ShortestName or > LongestName || !person.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? new("USER_NAME_FORM", $"{ShortestName}", $"{LongestName}")
        : person.Password.Length < StaffPasswords.Shortest ? new("PASSWORD_SHORT", $"{StaffPasswords.Shortest}")
        : person.Entry.Fault(authorities, queues);
}
