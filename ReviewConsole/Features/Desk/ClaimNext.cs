using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>A case in a reviewer's hands.</summary>
/// <param name="Case">The case.</param>
/// <param name="Token">The token that its decision needs.</param>
public sealed record Claim(CaseId Case, int Token)
{
    internal static Claim On(ReviewCase subject) => new(subject.Id, subject.Token);
}

/// <summary>'Next' (领取下一件): gives the reviewer the case already in hand, the one kept ready, or the most urgent free one (WORK-1).</summary>
public sealed class ClaimNext(Commit commit, Queues queues, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <summary>Nothing is free in this queue for this person now.</summary>
    public static readonly Refusal NothingFree = new("NOTHING_FREE");

    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Claims in the queue, or gives back what is in hand, whichever queue that is from.</summary>
    public Task<Answer<Claim>> Handle(Actor actor, string queueId, CancellationToken cancel = default) =>
        commit.Run<ClaimNext, Claim>(actor, async unit =>
        {
            if (Against(actor, queues, queueId) is { } against)
                return against;
            var hands = await Hands.Of(unit, cancel);
            if (hands.InHand is { } inHand)
                return Claim.On(inHand);
            // What lapsed and nobody else took, for instance over a restart, comes back before anything new.
            foreach (var lapsed in hands.Lapsed.Where(c => actor.Reaches(c.Queue, c.Authority) && queues.Find(c.Queue) is { } queue && actor.May(queue.Takes)))
            {
                if (lapsed.Claim(actor.Reviewer, settings.Value.Lease, unit.Now) is null)
                    return Claim.On(lapsed);
            }

            if (hands.Ready is { } ready)
            {
                if (ready.Queue == queueId && ready.TakeUp(actor.Reviewer, ready.Token, settings.Value.Lease, unit.Now) is null)
                    return Claim.On(ready);
                ready.Release(actor.Reviewer, ready.Token, unit.Now);
            }

            return await Hands.TakeNext(unit, queueId, prefetch: false, settings.Value.Lease, cancel) is { } taken ? taken : NothingFree;
        }, cancel);

    internal static Refusal? Against(Actor actor, Queues queues, string queueId) =>
        queues.Find(queueId) is not { } queue || !actor.Queues.Contains(queueId) ? Refusals.NotFound
        : !actor.May(queue.Takes) ? Refusals.NotPermitted
        : !actor.OnDuty ? Hands.OffDuty
        : null;
}

/// <summary>Keeps the next case ready while one is in hand (预取, WORK-1): one at most, and none while fewer cases are open than people work on the queue.</summary>
public sealed class PrefetchNext(Commit commit, Queues queues, IOptions<ReviewSettings> settings) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>Claims the next case of the queue to be kept ready, or gives back the one that is.</summary>
    public Task<Answer<Claim>> Handle(Actor actor, string queueId, CancellationToken cancel = default) =>
        commit.Run<PrefetchNext, Claim>(actor, async unit =>
        {
            if (ClaimNext.Against(actor, queues, queueId) is { } against)
                return against;
            var hands = await Hands.Of(unit, cancel);
            if (hands.InHand is null)
                return Refusals.ClaimLost;
            if (hands.Ready is { } ready)
                return Claim.On(ready);
            var authorities = actor.Authorities.ToArray();
            var here = unit.Db.Cases.Where(c => c.Queue == queueId && authorities.Contains(c.Authority));
            var people = await here.Where(c => c.State == CaseState.Claimed && c.LeaseUntil > unit.Now).Select(c => c.Holder).Distinct().CountAsync(cancel);
            if (await here.Where(c => c.State == CaseState.Open).Take(people).CountAsync(cancel) < people)
                return ClaimNext.NothingFree;
            return await Hands.TakeNext(unit, queueId, prefetch: true, settings.Value.Lease, cancel) is { } taken ? taken : ClaimNext.NothingFree;
        }, cancel);
}
