using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Data;

/// <summary>
/// The clocks of the cases: a new case gets the policy of its queue and the calendar of its authority that are in force at its receipt, an old one keeps the
/// versions it was given (SLA-5).
/// </summary>
public sealed class Clocks(Queues queues, Authorities authorities, IDbContextFactory<ReviewDb> stores, Commit commit, TimeProvider time) : IUseCase
{
    private static readonly CalendarLayer Shipped = new(Holidays.National, Holidays.Shipped.Days, Holidays.Shipped.LoadedYears, DateTimeOffset.MinValue);

    private volatile Known known = new(new(Holidays.National, [Shipped]), [], ImmutableDictionary<string, BusinessCalendar>.Empty);

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>Every version of every calendar's days.</summary>
    public CalendarLayers Layers => known.Layers;

    /// <summary>The national calendar in force now.</summary>
    public BusinessCalendar Current => Layers.For([], time.GetUtcNow());

    /// <summary>Keeps the national calendar in the store, if it is new there, and reads what is known of calendars and policies.</summary>
    public async Task Load(CancellationToken cancel)
    {
        await Read(cancel);
        await commit.Run<Clocks, Done>(Actor.System("calendar"), async unit =>
        {
            await Keep(unit, [Layers.For([], unit.Now)], cancel);
            return default(Done);
        }, cancel);
        await Read(cancel);
    }

    /// <summary>Reads what is known of calendars and policies, after a change of them.</summary>
    public async Task Read(CancellationToken cancel)
    {
        await using var db = await stores.CreateDbContextAsync(cancel);
        var revisions = await db.CalendarRevisions.AsNoTracking().OrderBy(r => r.Sequence).ToListAsync(cancel);
        var policies = await db.QueuePolicies.AsNoTracking().OrderBy(p => p.Sequence).ToListAsync(cancel);
        var versions = await db.Calendars.AsNoTracking().ToListAsync(cancel);
        known = new(
            new(Holidays.National, [Shipped, .. revisions.Select(Layer)]),
            [.. policies],
            versions.ToImmutableDictionary(row => row.Version, row => Restore(row.Name, row.Content), StringComparer.Ordinal));
    }

    /// <summary>Adds the calendars that are not in the store yet to it, so that cases can be pinned to them.</summary>
    public static async Task Keep(UnitOfWork unit, IEnumerable<BusinessCalendar> calendars, CancellationToken cancel)
    {
        foreach (var calendar in calendars.DistinctBy(c => c.Version))
        {
            if (await unit.Db.Calendars.AnyAsync(c => c.Version == calendar.Version, cancel))
                continue;
            unit.Db.Calendars.Add(new CalendarVersion { Version = calendar.Version, Name = calendar.Name, Content = Write(calendar.Days, calendar.LoadedYears), LoadedAt = unit.Now });
            unit.Record(new CalendarTakenIntoUse(calendar.Version));
        }
    }

    /// <summary>The calendar that an authority goes by at a moment; an unknown code goes by the national one.</summary>
    public BusinessCalendar CalendarOf(string authority, DateTimeOffset at) => CalendarOf(Layers, authority, at);

    /// <summary>The same by other layers, for a look at what they would change.</summary>
    public BusinessCalendar CalendarOf(CalendarLayers layers, string authority, DateTimeOffset at) => layers.For(authorities.Path(authority).Select(a => a.Code), at);

    /// <summary>The rule for receipts of a queue at a moment: what an administrator set, otherwise the catalogue's.</summary>
    public SlaPolicy PolicyOf(QueueType queue, DateTimeOffset at) =>
        known.Policies.LastOrDefault(p => p.Queue == queue.Id && p.EffectiveAt <= at) is { } set && SlaPolicy.TryParse(set.Policy, out var policy) ? policy : queue.Sla;

    /// <summary>The version of a queue's rule that was set last, in force or not yet; null where none was.</summary>
    public QueuePolicy? LastPolicyOf(QueueType queue) => known.Policies.LastOrDefault(p => p.Queue == queue.Id);

    /// <summary>The clock for a case that comes in now, by the national calendar.</summary>
    public SlaClock For(QueueType queue) => new(PolicyOf(queue, time.GetUtcNow()), Current);

    /// <summary>The clock for a case of an authority that comes in now.</summary>
    public SlaClock For(QueueType queue, string authority) => new(PolicyOf(queue, time.GetUtcNow()), CalendarOf(authority, time.GetUtcNow()));

    /// <summary>The clock for the queue that a case comes in by.</summary>
    public SlaClock For(string queue) => For(queues.Find(queue) ?? throw new ArgumentException($"no queue '{queue}'", nameof(queue)));

    /// <summary>The clock that a case is pinned to.</summary>
    public SlaClock Of(ReviewCase subject)
    {
        var last = subject.Ledger[^1];
        return SlaPolicy.TryParse(last.PolicyVersion, out var policy) && known.Versions.TryGetValue(last.CalendarVersion, out var calendar)
            ? new(policy, calendar)
            : throw new InvalidDataException($"Case {subject.Id} is pinned to policy '{last.PolicyVersion}' and calendar '{last.CalendarVersion}', which the store does not hold.");
    }

    /// <summary>The clock that a case ought to be given: that of its policy and the calendar now in force, where a changed day lies in its span (SLA-5); otherwise null.</summary>
    public SlaClock? Newer(ReviewCase subject, DateTimeOffset at) => Newer(Layers, subject, at);

    /// <summary>The same by other layers, for a look at what they would change.</summary>
    public SlaClock? Newer(CalendarLayers layers, ReviewCase subject, DateTimeOffset at)
    {
        var pinned = Of(subject);
        SlaClock next = new(pinned.Policy, CalendarOf(layers, subject.HomeAuthority, at));
        return pinned.SpanTouchesChange(subject.Ledger, next) ? next : null;
    }

    /// <summary>A layer's content as it is stored.</summary>
    public static string Write(IEnumerable<NamedDay> days, IEnumerable<int> years) => JsonSerializer.Serialize(new Stored([.. days], [.. years]));

    /// <summary>The layer of a stored version.</summary>
    public static CalendarLayer Layer(CalendarRevision revision)
    {
        var stored = JsonSerializer.Deserialize<Stored>(revision.Content)!;
        return new(revision.Scope, [.. stored.Days], [.. stored.Years], revision.EffectiveAt);
    }

    private static BusinessCalendar Restore(string name, string content)
    {
        var stored = JsonSerializer.Deserialize<Stored>(content)!;
        return BusinessCalendar.Restore(name, stored.Days, stored.Years);
    }

    private sealed record Stored(NamedDay[] Days, int[] Years);

    private sealed record Known(CalendarLayers Layers, ImmutableArray<QueuePolicy> Policies, ImmutableDictionary<string, BusinessCalendar> Versions);
}

/// <summary>A calendar was used for the first time.</summary>
public sealed record CalendarTakenIntoUse(string Version) : CalendarEvent;
