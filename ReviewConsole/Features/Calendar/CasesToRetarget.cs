using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>Where a look through the open cases has come to.</summary>
/// <param name="Queue">Place of the queue in the catalogue.</param>
/// <param name="Due">Due time of the last case that was looked at.</param>
/// <param name="Id">Its id.</param>
internal sealed record RetargetCursor(int Queue, DateTimeOffset Due, CaseId Id);

/// <summary>The open cases whose span may touch the days that a layer changes: by an index of the unclosed cases, from the first changed day on.</summary>
internal sealed class CasesToRetarget
{
    private readonly DateTimeOffset from;
    private readonly DateTimeOffset to;
    private readonly HashSet<string>? authorities;
    private readonly Queues queues;

    private CasesToRetarget(Queues queues, DateTimeOffset from, DateTimeOffset to, HashSet<string>? authorities) =>
        (this.queues, this.from, this.to, this.authorities) = (queues, from, to, authorities);

    /// <summary>Those of a change from one layer to another; null where no day changes.</summary>
    public static CasesToRetarget? Of(CalendarLayer? before, CalendarLayer after, Queues queues, Authorities authorities)
    {
        var changed = CalendarLayers.Changed(before, after);
        return changed.Count == 0 ? null : new(
            queues, Shanghai.At(changed[0], TimeSpan.Zero), Shanghai.At(changed[^1], DaySpan.WholeDay.To),
            after.Scope == Holidays.National ? null : authorities.SelfAndDescendants(after.Scope).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The first place.</summary>
    public RetargetCursor Start => new(0, from, default);

    /// <summary>The next cases and the place after them; null where that was the last.</summary>
    /// <remarks>A due time that comes before the first changed day no change can move; one of a paused case only once it runs on.</remarks>
    public async Task<(List<ReviewCase> Cases, RetargetCursor? Next)> Read(IQueryable<ReviewCase> cases, RetargetCursor at, int most, CancellationToken cancel)
    {
        var (queue, due, id) = (queues.All[at.Queue].Id, at.Due, at.Id);
        var read = await cases
            .Where(c => c.Queue == queue && c.State != CaseState.Closed && c.DueAt >= due && (c.DueAt > due || c.Id > id) && c.ReceivedAt < to)
            .OrderBy(c => c.DueAt).ThenBy(c => c.Id).Take(most).ToListAsync(cancel);
        RetargetCursor? next = read.Count == most ? at with { Due = read[^1].DueAt, Id = read[^1].Id }
            : at.Queue + 1 < queues.All.Length ? Start with { Queue = at.Queue + 1 }
            : null;
        return ([.. read.Where(c => authorities?.Contains(c.HomeAuthority) != false)], next);
    }
}
