using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>A version of a calendar's days.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope">The national calendar, or the code of an authority.</param>
/// <param name="EffectiveAt">From when receipts go by it.</param>
/// <param name="Expected">How many open cases were to follow.</param>
/// <param name="Retargeted">How many followed.</param>
/// <param name="State">How far they follow.</param>
public sealed record RevisionRow(Guid Id, string Scope, DateTimeOffset EffectiveAt, int Expected, int Retargeted, RetargetState State);

/// <summary>The rule of a queue.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Policy">The rule in force.</param>
/// <param name="Since">Since when; null where it is the catalogue's.</param>
/// <param name="Next">A rule that was set and is not in force yet.</param>
/// <param name="NextFrom">From when that one is.</param>
public sealed record PolicyRow(QueueType Queue, SlaPolicy Policy, DateTimeOffset? Since, SlaPolicy? Next, DateTimeOffset? NextFrom);

/// <summary>What the page of calendars shows.</summary>
/// <param name="Draft">The days of the scope as they were set last.</param>
/// <param name="Calendar">The calendar that follows.</param>
/// <param name="EffectiveAt">From when those days hold; null where the scope has none of its own.</param>
/// <param name="Revisions">The last changes of any calendar, newest first.</param>
/// <param name="Policies">The rule of each queue.</param>
/// <param name="History">Who changed what, newest first.</param>
public sealed record CalendarView(
    CalendarDraft Draft, BusinessCalendar Calendar, DateTimeOffset? EffectiveAt, ImmutableArray<RevisionRow> Revisions, ImmutableArray<PolicyRow> Policies, ImmutableArray<ChangeLine> History);

/// <summary>Reads the calendars and the rules of the clocks.</summary>
public sealed class CalendarQuery(Reads reads, Clocks clocks, Queues queues, Authorities authorities, TimeProvider time) : IUseCase
{
    private const int MostRevisions = 5;
    private const int MostChanges = 100;

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCalendar;

    /// <summary>Reads them for one scope.</summary>
    public Task<Answer<CalendarView>> Handle(Actor actor, string scope, CancellationToken cancel = default) => reads.Run<CalendarQuery, CalendarView>(actor, async db =>
    {
        if (scope != Holidays.National && authorities.Find(scope) is null)
            return Refusals.NotFound;
        var now = time.GetUtcNow();
        var last = await db.CalendarRevisions.Where(r => r.Scope == scope).OrderByDescending(r => r.Sequence).FirstOrDefaultAsync(cancel);
        var layer = last is null ? clocks.Layers.Last(scope) : Clocks.Layer(last);
        var draft = CalendarDraft.Of(scope, last?.Id, layer);
        var revisions = await db.CalendarRevisions.OrderByDescending(r => r.Sequence).Take(MostRevisions)
            .Select(r => new RevisionRow(r.Id, r.Scope, r.EffectiveAt, r.Expected, r.Retargeted, r.Retarget)).ToListAsync(cancel);
        var policies = await db.QueuePolicies.OrderBy(p => p.Sequence).ToListAsync(cancel);
        var history = await StreamHistory.Read(db, CalendarEvent.Calendars, MostChanges, cancel);
        return new CalendarView(
            draft, Show(draft), last?.EffectiveAt, [.. revisions],
            [.. queues.All.Select(queue => Row(queue, [.. policies.Where(p => p.Queue == queue.Id)], now))],
            [.. history.Where(line => line.Kind is not (nameof(CasesRetargeted) or nameof(CalendarTakenIntoUse)))]);
    }, cancel);

    /// <summary>The calendar that a draft makes of its scope, with what stands above it as it was set last.</summary>
    public BusinessCalendar Show(CalendarDraft draft)
    {
        var latest = clocks.Layers.All.Select(layer => layer.EffectiveAt).Append(time.GetUtcNow()).Max();
        return clocks.CalendarOf(clocks.Layers.With(draft.Layer(latest)), draft.Scope, latest);
    }

    private PolicyRow Row(QueueType queue, IReadOnlyList<QueuePolicy> set, DateTimeOffset now)
    {
        var (current, last) = (set.LastOrDefault(p => p.EffectiveAt <= now), set.Count > 0 ? set[^1] : null);
        var next = last?.EffectiveAt > now && SlaPolicy.TryParse(last.Policy, out var parsed) ? parsed : null;
        return new(queue, clocks.PolicyOf(queue, now), current?.EffectiveAt, next, next is null ? null : last!.EffectiveAt);
    }
}
