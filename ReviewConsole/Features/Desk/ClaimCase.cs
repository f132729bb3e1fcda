using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>Claims a case that the reviewer names, from a list or after a lapse.</summary>
public sealed class ClaimCase(Commit commit, Queues queues, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <summary>Another case is in hand; the detail is its receipt number.</summary>
    public const string AnotherInHand = "ANOTHER_IN_HAND";

    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Claims, or gives back the claim that is there.</summary>
    public Task<Answer<Claim>> Handle(Actor actor, CaseId id, CancellationToken cancel = default) =>
        commit.Run<ClaimCase, Claim>(actor, async unit =>
        {
            var found = await CasesInReach.Find(unit.Db, actor, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var subject = found.Value;
            if (queues.Find(subject.Queue) is not { } queue || !actor.Reaches(subject.Queue, subject.Authority) || !actor.May(queue.Takes))
                return Refusals.NotPermitted;
            if (!actor.OnDuty)
                return Hands.OffDuty;
            if (await CasesInReach.IsOwn(unit.Db, actor, subject, cancel))
                return Refusals.Recused;
            var (who, hands) = (actor.Reviewer, await Hands.Of(unit, cancel));
            if (hands.InHand is { } other)
                return other.Id == id ? Claim.On(other) : new Refusal(AnotherInHand, other.ReceiptNumber);
            var refused = hands.Ready?.Id == id ? subject.TakeUp(who, subject.Token, settings.Value.Lease, unit.Now) : subject.Claim(who, settings.Value.Lease, unit.Now);
            return refused is null ? Claim.On(subject) : refused;
        }, cancel);
}

/// <summary>The heartbeat that keeps a claim while the reviewer is at work (WORK-1).</summary>
/// <remarks>It changes one instant of the lease and is no event.</remarks>
public sealed class KeepClaim(Commit commit, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Keeps the claim for another lease.</summary>
    public Task<Answer<DateTimeOffset>> Handle(Actor actor, Claim claim, CancellationToken cancel = default) =>
        commit.Run<KeepClaim, DateTimeOffset>(actor, async unit =>
        {
            var until = unit.Now + settings.Value.Lease;
            return await SqliteDialect.KeepLease(unit.Db, claim.Case, actor.Reviewer, claim.Token, until, unit.Now, cancel) ? until : Refusals.ClaimLost;
        }, cancel);
}

/// <summary>Frees a case that nobody is at any more, and with it the one kept ready.</summary>
public sealed class ReleaseCase(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Releases the claim; the draft stays.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Claim claim, CancellationToken cancel = default) =>
        commit.Run<ReleaseCase, Done>(actor, unit => Release(unit, claim, cancel), cancel);

    internal static async Task<Answer<Done>> Release(UnitOfWork unit, Claim claim, CancellationToken cancel)
    {
        var (who, hands) = (unit.Actor.Reviewer, await Hands.Of(unit, cancel));
        if (hands.Ready is { } ready && ready.Id != claim.Case)
            ready.Release(who, ready.Token, unit.Now);
        return await CasesInReach.Change(unit, claim.Case, c => c.Release(who, claim.Token, unit.Now), cancel);
    }
}

/// <summary>Puts a case back into its queue (放回): that day it comes to this person again only when nothing else is left (WORK-1).</summary>
public sealed class PutBackCase(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Releases the claim and remembers by whom; the draft stays.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Claim claim, CancellationToken cancel = default) =>
        commit.Run<PutBackCase, Done>(actor, async unit =>
        {
            var released = await ReleaseCase.Release(unit, claim, cancel);
            if (released.Refusal is not null)
                return released;
            if (await unit.Db.PutBacks.SingleOrDefaultAsync(p => p.Case == claim.Case && p.Reviewer == actor.Reviewer, cancel) is { } before)
                before.At = unit.Now;
            else
                unit.Db.PutBacks.Add(new() { Case = claim.Case, Reviewer = actor.Reviewer, At = unit.Now });
            return released;
        }, cancel);
}

/// <summary>Declares a conflict of interest (回避, WORK-7): the case goes back and never comes to this person again.</summary>
public sealed class RecuseCase(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Declares it for the case in hand.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Claim claim, CancellationToken cancel = default) =>
        commit.Run<RecuseCase, Done>(actor, unit => CasesInReach.Change(unit, claim.Case, c => c.Recuse(actor.Reviewer, claim.Token, unit.Now), cancel), cancel);
}
