using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>
/// Gives the open cases whose span touches a changed day the calendar now in force, some in each commit (SLA-5). They are looked for outside the writers' lane,
/// and few are written at once: everybody else's commits go between. Interrupted, it begins anew and passes over what is done; it ends when a whole pass finds
/// nothing. What is decided waits: undone it is looked at, closed it never changes.
/// </summary>
public sealed class RetargetCases(Commit commit, Reads reads, Clocks clocks, Queues queues, Authorities authorities, TimeProvider time) : IOutboxWorker, IUseCase
{
    /// <summary>The reason that stands in the ledger.</summary>
    public const string Why = "calendar";

    private const int LookedAtOnce = 500;
    private const int WrittenAtOnce = 50;
    private static readonly TimeSpan UntilHoldsEnd = TimeSpan.FromSeconds(15);
    private static readonly Actor Product = Actor.System("retarget");

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Retarget;

    /// <inheritdoc/>
    public int Parallelism => 1;

    /// <inheritdoc/>
    public async Task Work(OutboxTicket ticket, CancellationToken cancel)
    {
        await clocks.Read(cancel);
        var id = Guid.Parse(ticket.Key);
        while (true)
        {
            var pass = await Pass(id, cancel);
            if (pass is { Done: > 0 })
                continue;
            await commit.Run<RetargetCases, Done>(Product, async unit =>
            {
                if (pass is { Held: true })
                {
                    await ticket.Rest(unit, unit.Now + UntilHoldsEnd);
                    return default(Done);
                }

                await ticket.Finish(unit);
                if (pass is not null && await Underway(unit.Db, id, cancel) is { } revision)
                {
                    revision.Retarget = RetargetState.Finished;
                    unit.Record(new CasesRetargeted(id, 0, Finished: true));
                }

                return default(Done);
            }, cancel);
            return;
        }
    }

    private static Task<CalendarRevision?> Underway(ReviewDb db, Guid id, CancellationToken cancel) =>
        db.CalendarRevisions.SingleOrDefaultAsync(r => r.Id == id && r.Retarget == RetargetState.Underway, cancel);

    // Once through the open cases; null where somebody stopped it.
    private async Task<(int Done, bool Held)?> Pass(Guid id, CancellationToken cancel)
    {
        var (done, held) = (0, false);
        RetargetCursor? at = null;
        do
        {
            if ((await reads.Run<RetargetCases, Look?>(Product, async db => await Find(db, id, at, cancel), cancel)).Value is not { } found)
                return null;
            foreach (var some in found.Touched.Chunk(WrittenAtOnce))
            {
                cancel.ThrowIfCancellationRequested();
                if ((await commit.Run<RetargetCases, (int Done, bool Held)?>(Product, async unit => await Write(unit, id, some, cancel), cancel)).Value is not { } written)
                    return null;
                (done, held) = (done + written.Done, held || written.Held);
            }

            (at, held) = (found.Next, held || found.Held);
        }
        while (at is not null);
        return (done, held);
    }

    private async Task<Look?> Find(ReviewDb db, Guid id, RetargetCursor? at, CancellationToken cancel)
    {
        if (await Underway(db, id, cancel) is not { } revision)
            return null;
        if (await Candidates(db, revision, cancel) is not { } candidates)
            return new([], false, null);
        var (cases, next) = await candidates.Read(db.Cases, at ?? candidates.Start, LookedAtOnce, cancel);
        var touched = cases.Where(found => clocks.Newer(found, time.GetUtcNow()) is not null).ToLookup(found => found.State == CaseState.Decided, found => found.Id);
        return new([.. touched[false]], touched[true].Any(), next);
    }

    private async Task<(int Done, bool Held)?> Write(UnitOfWork unit, Guid id, CaseId[] some, CancellationToken cancel)
    {
        if (await Underway(unit.Db, id, cancel) is not { } revision)
            return null;
        var (done, held) = (0, false);
        // Looked at once more in the lane: what needs nothing any more is left alone, what was decided meanwhile waits.
        foreach (var found in await unit.Db.Cases.Where(c => some.Contains(c.Id)).ToListAsync(cancel))
        {
            if (clocks.Newer(found, unit.Now) is not { } clock)
                continue;
            if (found.State == CaseState.Decided)
                held = true;
            else if (found.Retarget(revision.By, Why, clock, unit.Now) is null)
                done++;
        }

        revision.Retargeted += done;
        if (done > 0)
            unit.Record(new CasesRetargeted(id, done, Finished: false));
        return (done, held);
    }

    private async Task<CasesToRetarget?> Candidates(ReviewDb db, CalendarRevision revision, CancellationToken cancel)
    {
        var before = await db.CalendarRevisions.AsNoTracking().Where(r => r.Scope == revision.Scope && r.Sequence < revision.Sequence)
            .OrderByDescending(r => r.Sequence).FirstOrDefaultAsync(cancel);
        var layer = before is not null ? Clocks.Layer(before) : revision.Scope == Holidays.National ? clocks.Layers.All[0] : null;
        return CasesToRetarget.Of(layer, Clocks.Layer(revision), queues, authorities);
    }

    private sealed record Look(ImmutableArray<CaseId> Touched, bool Held, RetargetCursor? Next);
}

/// <summary>Stops the retargeting of open cases; those that have followed stay as they are.</summary>
public sealed class StopRetarget(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Stops it.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid revision, CancellationToken cancel = default) => commit.Run<StopRetarget, Done>(actor, async unit =>
    {
        if (await unit.Db.CalendarRevisions.SingleOrDefaultAsync(r => r.Id == revision, cancel) is not { } found)
            return Refusals.NotFound;
        if (found.Retarget != RetargetState.Underway)
            return Refusals.WrongState;
        found.Retarget = RetargetState.Stopped;
        unit.Record(new RetargetStopped(revision));
        return default(Done);
    }, cancel);
}

/// <summary>Lets a retargeting that was stopped go on.</summary>
public sealed class ResumeRetarget(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Lets it go on.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid revision, CancellationToken cancel = default) => commit.Run<ResumeRetarget, Done>(actor, async unit =>
    {
        if (await unit.Db.CalendarRevisions.SingleOrDefaultAsync(r => r.Id == revision, cancel) is not { } found)
            return Refusals.NotFound;
        if (found.Retarget != RetargetState.Stopped)
            return Refusals.WrongState;
        found.Retarget = RetargetState.Underway;
        unit.Record(new RetargetResumed(revision));
        return default(Done);
    }, cancel);
}
