using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>
/// Gives the open cases whose span touches a changed day the calendar now in force, some in each commit (SLA-5). Interrupted, it begins anew and passes over
/// what is done; it ends when a whole pass finds nothing. What is decided waits: undone it is looked at, closed it never changes.
/// </summary>
public sealed class RetargetCases(Commit commit, Clocks clocks, Queues queues, Authorities authorities) : IOutboxWorker, IUseCase
{
    /// <summary>The reason that stands in the ledger.</summary>
    public const string Why = "calendar";

    private const int AtOnce = 100;
    private static readonly TimeSpan UntilHoldsEnd = TimeSpan.FromSeconds(15);

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
        RetargetCursor? at = null;
        var (changed, waiting) = (0, false);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var step = (await commit.Run<RetargetCases, Step>(Actor.System("retarget"), async unit =>
            {
                var revision = await unit.Db.CalendarRevisions.SingleAsync(r => r.Id == id, cancel);
                if (revision.Retarget != RetargetState.Underway || await Candidates(unit.Db, revision, cancel) is not { } candidates)
                    return await End(unit, ticket, revision, 0);
                var (cases, next) = await candidates.Read(unit.Db.Cases, at ?? candidates.Start, AtOnce, cancel);
                var (done, held) = (0, false);
                foreach (var found in cases)
                {
                    if (clocks.Newer(found, unit.Now) is not { } clock)
                        continue;
                    if (found.State == CaseState.Decided)
                        held = true;
                    else if (found.Retarget(revision.By, Why, clock, unit.Now) is null)
                        done++;
                }

                revision.Retargeted += done;
                if (next is null && changed + done == 0 && !waiting && !held)
                    return await End(unit, ticket, revision, done);
                if (next is null && changed + done == 0)
                {
                    await ticket.Rest(unit, unit.Now + UntilHoldsEnd);
                    return new Step(null, 0, held, Ended: true);
                }

                if (done > 0)
                    unit.Record(new CasesRetargeted(id, done, Finished: false));
                return new Step(next, done, held, Ended: false);
            }, cancel)).Value;
            if (step.Ended)
                return;
            (at, changed, waiting) = step.Next is null ? (null, 0, false) : (step.Next, changed + step.Done, waiting || step.Held);
        }
    }

    private static async Task<Step> End(UnitOfWork unit, OutboxTicket ticket, CalendarRevision revision, int done)
    {
        await ticket.Finish(unit);
        if (revision.Retarget == RetargetState.Underway)
        {
            revision.Retarget = RetargetState.Finished;
            unit.Record(new CasesRetargeted(revision.Id, done, Finished: true));
        }

        return new(null, 0, false, Ended: true);
    }

    private async Task<CasesToRetarget?> Candidates(ReviewDb db, CalendarRevision revision, CancellationToken cancel)
    {
        var before = await db.CalendarRevisions.AsNoTracking().Where(r => r.Scope == revision.Scope && r.Sequence < revision.Sequence)
            .OrderByDescending(r => r.Sequence).FirstOrDefaultAsync(cancel);
        var layer = before is not null ? Clocks.Layer(before) : revision.Scope == Holidays.National ? clocks.Layers.All[0] : null;
        return CasesToRetarget.Of(layer, Clocks.Layer(revision), queues, authorities);
    }

    private sealed record Step(RetargetCursor? Next, int Done, bool Held, bool Ended);
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
