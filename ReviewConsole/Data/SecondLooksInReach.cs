using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Data;

/// <summary>
/// Who sees what of second looks (WORK-6). As long as nobody has decided a second look, the first verdict is hidden from everybody who could be the one to decide it:
/// whoever may review again and took no part in it. So it cannot be looked up before the case is claimed, nor after.
/// </summary>
public static class SecondLooksInReach
{
    /// <summary>True where anything can be hidden from a person at all.</summary>
    public static bool CouldLookAgain(Actor actor) => actor.May(Permission.ReviewAgain);

    /// <summary>The open second looks at cases whose verdict is hidden from <paramref name="actor"/>, who could look again.</summary>
    public static IQueryable<SecondLook> Blinding(ReviewDb db, Actor actor)
    {
        var who = actor.Reviewer;
        return db.SecondLooks.AsNoTracking().Where(look => look.State == LookState.Open && look.FirstBy != who && (look.Proposer == null || look.Proposer != who));
    }

    /// <summary>Those of some cases whose verdict is hidden from <paramref name="actor"/>.</summary>
    public static async Task<HashSet<CaseId>> HiddenAmong(ReviewDb db, Actor actor, IReadOnlyCollection<CaseId> cases, CancellationToken cancel) =>
        CouldLookAgain(actor) && cases.Count > 0 ? await Blinding(db, actor).Where(look => cases.Contains(look.Original)).Select(look => look.Original).ToHashSetAsync(cancel) : [];

    /// <summary>The streams of the audit log that tell a hidden verdict: of the cases, of what they gave, and of the messages about them.</summary>
    public static async Task<List<string>> HiddenStreams(ReviewDb db, Actor actor, CancellationToken cancel)
    {
        if (!CouldLookAgain(actor))
            return [];
        // There may be thousands: as one parameter, not as one for each of them.
        var cases = await Blinding(db, actor).Select(look => look.Original).ToListAsync(cancel);
        var ids = cases.ConvertAll(id => id.Value);
        var licences = await db.ELicences.Where(e => EF.Parameter(ids).Contains(e.CaseId)).Select(e => e.Id).ToListAsync(cancel);
        var told = cases.ConvertAll(id => (CaseId?)id);
        var deliveries = await db.Deliveries.Where(d => db.Notices.Any(n => n.Id == d.Notice && EF.Parameter(told).Contains(n.Case))).Select(d => d.Id).ToListAsync(cancel);
        return [.. cases.Select(CaseEvent.StreamOf), .. licences.Select(id => $"e-licence:{id}"), .. deliveries.Select(id => $"delivery:{id}")];
    }

    /// <summary>Which compared second looks <paramref name="actor"/> may read, side by side: those of the own decisions, and for who supervises, corrects or audits all in reach.</summary>
    public static Expression<Func<SecondLook, bool>> Readable(Actor actor)
    {
        var (queues, authorities) = (actor.Queues.ToArray(), actor.Authorities.ToArray());
        var all = actor.May(Permission.Supervise) || actor.May(Permission.Correct) || actor.May(Permission.Audit);
        ReviewerId who = new(actor.Staff ?? Guid.Empty);
        return look => look.State != LookState.Open && look.State != LookState.Void
            && (look.FirstBy == who || look.Proposer == who || look.SecondBy == who || (all && queues.Contains(look.Queue) && authorities.Contains(look.Authority)));
    }

    /// <summary>The comparison that the page of a case leads to: of this case, or made in it; null where there is none for this reader.</summary>
    public static Task<CaseId?> ComparisonOf(ReviewDb db, Actor actor, ReviewCase subject, CancellationToken cancel) =>
        db.SecondLooks.AsNoTracking().Where(look => look.Case == subject.Id || look.Original == subject.Id).Where(Readable(actor)).Select(look => (CaseId?)look.Case).FirstOrDefaultAsync(cancel);
}
