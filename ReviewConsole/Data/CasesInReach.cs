using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data;

/// <summary>Finds cases for a person: what is out of reach is not found, as if it did not exist (WORK-7), and what the person could be asked to look at again is not shown before somebody did (WORK-6).</summary>
public static class CasesInReach
{
    private static readonly PreparedQuery<CaseId, ReviewCase> Tracked = new((db, id) => db.Cases.AsTracking().Where(c => c.Id == id));
    private static readonly PreparedQuery<CaseId, ReviewCase> Untracked = new((db, id) => db.Cases.AsNoTracking().Where(c => c.Id == id));

    /// <summary>The case, tracked where the store tracks.</summary>
    public static async Task<Answer<ReviewCase>> Find(ReviewDb db, Actor actor, CaseId id, CancellationToken cancel)
    {
        var found = await (db.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll ? Tracked : Untracked).One(db, id, cancel);
        if (found is null || !(actor.Reaches(found.Queue, found.Authority) || actor.Reaches(found.HomeQueue, found.Authority)))
            return Refusals.NotFound;
        return found.State == CaseState.Closed && (await SecondLooksInReach.HiddenAmong(db, actor, [id], cancel)).Count > 0 ? Refusals.LookedAtAgain : found;
    }

    /// <summary>The same for a case that was found before the turn in the lane: as it stands now. It is read again only where somebody changed it meanwhile.</summary>
    public static async Task<Answer<ReviewCase>> Still(UnitOfWork unit, Answer<ReviewCase> found, CancellationToken cancel)
    {
        if (found.Refusal is not null)
            return found;
        if (!await SqliteDialect.Unchanged(unit.Db, found.Value, cancel))
            return await Find(unit.Db, unit.Actor, found.Value.Id, cancel);
        unit.Db.Attach(found.Value);
        return found;
    }

    /// <summary>True where the case is the person's own: nobody works on it then (WORK-7).</summary>
    public static async Task<bool> IsOwn(ReviewDb db, Actor actor, ReviewCase subject, CancellationToken cancel) =>
        actor.OwnDocument is { } own
        && await db.Applicants.AnyAsync(a => a.Id == subject.Applicant && EF.Property<string>(a, ApplicantMapping.DocumentIndex) == own, cancel);

    /// <summary>Does one verb on a case in reach.</summary>
    public static async Task<Answer<Done>> Change(UnitOfWork unit, CaseId id, Func<ReviewCase, Refusal?> verb, CancellationToken cancel)
    {
        var found = await Find(unit.Db, unit.Actor, id, cancel);
        return found.Then<Done>(subject => verb(subject) is { } refusal ? refusal : default(Done));
    }
}
