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
            var who = actor.Reviewer;
            if (subject.Holder == who && subject.State == CaseState.Claimed && unit.Now < subject.LeaseUntil)
                return new Claim(id, subject.Token);
            var other = await unit.Db.Cases.FirstOrDefaultAsync(c => c.Holder == who && c.State == CaseState.Claimed && c.LeaseUntil > unit.Now && c.Id != id, cancel);
            if (other is not null)
                return new Refusal(AnotherInHand, other.ReceiptNumber);
            return subject.Claim(who, settings.Value.Lease, unit.Now) is { } no ? no : new Claim(id, subject.Token);
        }, cancel);
}

/// <summary>The heartbeat that keeps a claim while the reviewer is at work (WORK-1).</summary>
/// <remarks>It changes one instant of the lease and is no event, so it goes beside the door of the commits.</remarks>
public sealed class KeepClaim(IDbContextFactory<ReviewDb> stores, WriteLane lane, TimeProvider time, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Keeps the claim for another lease.</summary>
    public async Task<Answer<DateTimeOffset>> Handle(Actor actor, Claim claim, CancellationToken cancel = default)
    {
        if (!actor.May(Needs))
            return Refusals.NotPermitted;
        using var turn = await lane.Enter(cancel);
        await using var db = await stores.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var until = now + settings.Value.Lease;
        return await SqliteDialect.KeepLease(db, claim.Case, actor.Reviewer, claim.Token, until, now, cancel) ? until : Refusals.ClaimLost;
    }
}

/// <summary>Puts a case back into its queue (放回).</summary>
public sealed class ReleaseCase(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Releases the claim; the draft stays.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Claim claim, CancellationToken cancel = default) =>
        commit.Run<ReleaseCase, Done>(actor, unit => CasesInReach.Change(unit, claim.Case, c => c.Release(actor.Reviewer, claim.Token, unit.Now), cancel), cancel);
}
