using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>A case in a reviewer's hands.</summary>
/// <param name="Case">The case.</param>
/// <param name="Token">The token that its decision needs.</param>
public sealed record Claim(CaseId Case, int Token);

/// <summary>'Next' (领取下一件): gives the reviewer the case already in hand, or the most urgent free one (WORK-1).</summary>
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
            if (queues.Find(queueId) is not { } queue || !actor.Queues.Contains(queueId))
                return Refusals.NotFound;
            if (!actor.May(queue.Takes))
                return Refusals.NotPermitted;
            if (await InHand(unit, cancel) is { } inHand)
                return inHand;
            var taken = await SqliteDialect.ClaimNext(unit.Db, queueId, actor.Authorities.Order(StringComparer.Ordinal), actor.Reviewer, unit.Now + settings.Value.Lease, unit.Now, cancel);
            if (taken is null)
                return NothingFree;
            if (taken.LapsedHolder is { } before)
                unit.Record(new ClaimExpired(taken.Case, before, taken.Token - 1));
            unit.Record(new CaseClaimed(taken.Case, actor.Reviewer, taken.Token));
            return new Claim(taken.Case, taken.Token);
        }, cancel);

    /// <summary>At most one case is in hand: the one that is there, also after a restart or a lapse that nobody else used.</summary>
    private async Task<Claim?> InHand(UnitOfWork unit, CancellationToken cancel)
    {
        var who = unit.Actor.Reviewer;
        var held = await unit.Db.Cases.Where(c => c.Holder == who && c.State == CaseState.Claimed).OrderByDescending(c => c.LeaseUntil).ToListAsync(cancel);
        if (held.Find(c => unit.Now < c.LeaseUntil) is { } live)
            return new Claim(live.Id, live.Token);
        var lapsed = held.Find(c => unit.Actor.Reaches(c.Queue, c.Authority) && queues.Find(c.Queue) is { } queue && unit.Actor.May(queue.Takes));
        return lapsed is not null && lapsed.Claim(who, settings.Value.Lease, unit.Now) is null ? new Claim(lapsed.Id, lapsed.Token) : null;
    }
}
