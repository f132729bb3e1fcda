using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>What a reviewer holds in a commit: at most one case in hand and one kept ready (WORK-1). Whatever gives somebody a case asks here first.</summary>
internal sealed class Hands
{
    /// <summary>Somebody who is off duty gets no cases.</summary>
    public static readonly Refusal OffDuty = new("OFF_DUTY");

    private readonly List<ReviewCase> claimed;

    private Hands(List<ReviewCase> claimed, DateTimeOffset now)
    {
        this.claimed = claimed;
        (InHand, Ready) = (claimed.Find(c => now < c.LeaseUntil && !c.Prefetched), claimed.Find(c => now < c.LeaseUntil && c.Prefetched));
    }

    /// <summary>The case in hand; null where there is none.</summary>
    public ReviewCase? InHand { get; }

    /// <summary>The case kept ready; null where there is none.</summary>
    public ReviewCase? Ready { get; }

    /// <summary>Cases in hand whose lease ran out and that nobody else took, the last one first.</summary>
    public IEnumerable<ReviewCase> Lapsed => claimed.Where(c => c != InHand && c != Ready && !c.Prefetched).OrderByDescending(c => c.LeaseUntil);

    /// <summary>What the actor of a commit holds.</summary>
    public static async Task<Hands> Of(UnitOfWork unit, CancellationToken cancel)
    {
        var who = unit.Actor.Reviewer;
        return new(await unit.Db.Cases.Where(c => c.Holder == who && c.State == CaseState.Claimed).ToListAsync(cancel), unit.Now);
    }

    /// <summary>Takes the most urgent free case of a queue, in one statement.</summary>
    public static async Task<Claim?> TakeNext(UnitOfWork unit, string queue, bool prefetch, TimeSpan lease, CancellationToken cancel)
    {
        if (await SqliteDialect.ClaimNext(unit.Db, queue, unit.Actor, prefetch, unit.Now + lease, unit.Now, cancel) is not { } taken)
            return null;
        if (taken.LapsedHolder is { } before)
            unit.Record(new ClaimExpired(taken.Case, before, taken.Token - 1));
        var who = unit.Actor.Reviewer;
        unit.Record(prefetch ? new CasePrefetched(taken.Case, who, taken.Token) : new CaseClaimed(taken.Case, who, taken.Token));
        return new(taken.Case, taken.Token);
    }
}
