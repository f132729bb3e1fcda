using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Features.Staff.Users;

/// <summary>Changes name, roles and reach of a member of staff.</summary>
/// <remarks>They count from the person's next step on, so nobody is signed out by it; what the person holds and may not work on any more goes back.</remarks>
internal sealed class ChangeUser(Commit commit, StaffActors actors, Authorities authorities, Queues queues) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="id">The person.</param>
    /// <param name="seen">What the actor saw before changing it: where it is otherwise by now, somebody else was first, and nothing is overwritten.</param>
    /// <param name="entry">What it shall be.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Answer<Done>> Handle(Actor actor, Guid id, UserEntry seen, UserEntry entry, CancellationToken cancel = default)
    {
        if (entry.Fault(authorities, queues) is { } fault)
            return fault;
        return await commit.Run<ChangeUser, Done>(actor, async unit =>
        {
            var found = await Accounts.Open(unit, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var user = found.Value;
            if (!seen.Same(UserEntry.Of(user)))
                return new Refusal("USER_CHANGED");
            if (entry.Same(seen))
                return default(Done);
            if (!entry.Roles.HasFlag(Roles.Administrator) && await Accounts.StaysAdministrator(unit, user, cancel) is { } stays)
                return stays;
            var renamed = user.DisplayName != entry.DisplayName.Trim();
            (user.DisplayName, user.Roles) = (entry.DisplayName.Trim(), entry.Roles);
            (user.Authorities, user.Queues) = ([.. entry.Authorities.Distinct()], [.. entry.Queues.Distinct()]);
            unit.Record(new UserChanged(id, renamed ? true : null, user.Roles, user.Authorities, user.Queues));
            await Duty.GiveBackBeyond(unit, user, actors.Of(user), queues, cancel);
            return default(Done);
        }, cancel);
    }
}

/// <summary>Puts a person's own identity document on record, so that the person never works on a case of their own (WORK-7). Its blind index alone is kept.</summary>
internal sealed class RecordOwnDocument(Commit commit, StaffActors actors, Queues queues, TimeProvider time) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it. Whoever has one on record cannot replace it for themselves.</summary>
    public async Task<Answer<Done>> Handle(Actor actor, Guid id, IdentityDocumentKind kind, string? number, CancellationToken cancel = default)
    {
        if (!IdentityDocument.TryParse(kind, number, Shanghai.DateOf(time.GetUtcNow()), out var document, out var fault))
            return fault;
        return await commit.Run<RecordOwnDocument, Done>(actor, async unit =>
        {
            var found = await Accounts.Open(unit, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var user = found.Value;
            var index = unit.Db.IndexOf(document);
            if (user.DocumentIndex == index)
                return default(Done);
            if (user.DocumentIndex is not null && id == actor.Staff)
                return Accounts.Self;
            user.DocumentIndex = index;
            unit.Record(new OwnDocumentRecorded(id));
            await Duty.GiveBackBeyond(unit, user, actors.Of(user), queues, cancel);
            return default(Done);
        }, cancel);
    }
}

/// <summary>Takes a person's own identity document off the record.</summary>
internal sealed class ClearOwnDocument(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it. Nobody does it for themselves, who would then get cases of their own.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid id, CancellationToken cancel = default) => commit.Run<ClearOwnDocument, Done>(actor, async unit =>
    {
        var found = await Accounts.Open(unit, id, cancel);
        if (found.Refusal is { } refusal)
            return refusal;
        if (found.Value.DocumentIndex is null)
            return default(Done);
        if (id == actor.Staff)
            return Accounts.Self;
        found.Value.DocumentIndex = null;
        unit.Record(new OwnDocumentCleared(id));
        return default(Done);
    }, cancel);
}
