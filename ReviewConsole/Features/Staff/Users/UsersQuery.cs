using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>How an account stands; where several are true, the last of them.</summary>
public enum UserState
{
    /// <summary>The person can sign in.</summary>
    Open,

    /// <summary>The person has to replace the first password.</summary>
    MustChangePassword,

    /// <summary>Too many wrong passwords: for a while nobody can sign in.</summary>
    Locked,

    /// <summary>Closed by an administrator.</summary>
    Closed,
}

/// <summary>Which accounts a list shows; all but the text stands in the page's URL.</summary>
/// <param name="Text">Part of the user name or of the display name; null for all.</param>
/// <param name="Role">Only holders of this role.</param>
/// <param name="Authority">Only people whose reach has to do with this authority: it, one above it or one below it.</param>
/// <param name="State">Only accounts that stand so.</param>
/// <param name="After">Id of the last account of the page before; null for the first page.</param>
public sealed record UserFilter(string? Text = null, Roles? Role = null, string? Authority = null, UserState? State = null, Guid? After = null)
{
    /// <summary>Reads the filters as they stand in an address; what is none of them is left out.</summary>
    public static UserFilter Of(string? role, string? authority, string? state) => new(
        null,
        Permissions.Single.Cast<Roles?>().FirstOrDefault(one => $"{one}" == role),
        string.IsNullOrWhiteSpace(authority) ? null : authority,
        Enum.GetValues<UserState>().Cast<UserState?>().FirstOrDefault(one => $"{one}" == state));
}

/// <summary>A member of staff as administrators see it.</summary>
/// <param name="Id">Id.</param>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="Entry">What may be changed of it.</param>
/// <param name="OnDuty">True while at work (在岗).</param>
/// <param name="State">How the account stands.</param>
/// <param name="LockedUntil">Until when it is locked; null where it is not.</param>
/// <param name="ClosedAt">Since when it is closed; null where it is not.</param>
/// <param name="HasDocument">True where the person's own identity document is on record (WORK-7); which one, nobody can read.</param>
public sealed record UserRow(Guid Id, string UserName, UserEntry Entry, bool OnDuty, UserState State, DateTimeOffset? LockedUntil, DateTimeOffset? ClosedAt, bool HasDocument);

/// <summary>A page of the list.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Next">What the next page comes after; null on the last.</param>
public sealed record UserList(ImmutableArray<UserRow> Rows, Guid? Next);

/// <summary>The accounts of staff by user name, 50 a page by keyset, and what was changed of one.</summary>
internal sealed class UsersQuery(Reads reads, Authorities authorities, TimeProvider time) : IUseCase
{
    /// <summary>Rows a page.</summary>
    public const int PageSize = 50;

    private const int MostChanges = 50;

    // Comings and goings, which would bury what was changed; the audit log has them.
    private static readonly string[] Ordinary = [nameof(SignedIn), nameof(SignedOut), nameof(CameOnDuty), nameof(WentOffDuty)];

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeStaff;

    /// <summary>One page.</summary>
    public Task<Answer<UserList>> Page(Actor actor, UserFilter filter, CancellationToken cancel = default) => reads.Run<UsersQuery, UserList>(actor, async db =>
    {
        var now = time.GetUtcNow();
        var users = InState(db.Users, filter.State, now);
        if (filter.Text is { } text)
        {
            var upper = text.ToUpperInvariant();
            users = users.Where(u => u.NormalizedUserName!.Contains(upper) || u.DisplayName.Contains(text));
        }

        if (filter.Role is { } role)
            users = users.Where(u => (u.Roles & role) != Roles.None);
        if (filter.Authority is { } authority)
        {
            List<string> related = [.. authorities.Path(authority).Select(a => a.Code).Concat(authorities.SelfAndDescendants(authority)).Distinct()];
            users = users.Where(u => u.Authorities.Any(code => related.Contains(code)));
        }

        if (filter.After is { } after && await db.Users.Where(u => u.Id == after).Select(u => u.NormalizedUserName).SingleOrDefaultAsync(cancel) is { } last)
            users = users.Where(u => string.Compare(u.NormalizedUserName, last) > 0);
        var page = await users.OrderBy(u => u.NormalizedUserName).Take(PageSize + 1).ToListAsync(cancel);
        return new UserList([.. page.Take(PageSize).Select(user => Row(user, now))], page.Count > PageSize ? page[PageSize - 1].Id : null);
    }, cancel);

    /// <summary>One account.</summary>
    public Task<Answer<UserRow>> One(Actor actor, Guid id, CancellationToken cancel = default) => reads.Run<UsersQuery, UserRow>(
        actor, async db => await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancel) is { } user ? Row(user, time.GetUtcNow()) : Refusals.NotFound, cancel);

    /// <summary>What was changed of an account, newest first; signing in and out and duty are left to the audit log.</summary>
    public Task<Answer<ImmutableArray<ChangeLine>>> History(Actor actor, Guid id, CancellationToken cancel = default) => reads.Run<UsersQuery, ImmutableArray<ChangeLine>>(actor, async db =>
    {
        var stream = StaffEvent.StreamOf(id);
        var rows = await db.AuditEntries.Where(e => e.Stream == stream && !Ordinary.Contains(e.Kind)).OrderByDescending(e => e.Sequence).Take(MostChanges).ToListAsync(cancel);
        return (await StreamHistory.Lines(db, rows, cancel)).ToImmutableArray();
    }, cancel);

    private static IQueryable<StaffUser> InState(IQueryable<StaffUser> users, UserState? state, DateTimeOffset now) => state switch
    {
        null => users,
        UserState.Closed => users.Where(u => u.DisabledAt != null),
        UserState.Locked => users.Where(u => u.DisabledAt == null && u.LockoutEnd > now),
        _ => users.Where(u => u.DisabledAt == null && (u.LockoutEnd == null || u.LockoutEnd <= now) && u.MustChangePassword == (state == UserState.MustChangePassword)),
    };

    private static UserRow Row(StaffUser user, DateTimeOffset now)
    {
        var locked = user.LockoutEnd > now ? user.LockoutEnd : null;
        var state = user.DisabledAt is not null ? UserState.Closed : locked is not null ? UserState.Locked : user.MustChangePassword ? UserState.MustChangePassword : UserState.Open;
        return new(user.Id, user.UserName ?? "", UserEntry.Of(user), user.OnDuty, state, locked, user.DisabledAt, user.DocumentIndex is not null);
    }
}
