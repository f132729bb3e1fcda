using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Data;

/// <summary>The clocks of the cases: a new case gets the queue's policy and today's calendar, an old one keeps the versions it was given (SLA-5).</summary>
public sealed class Clocks(Queues queues, IDbContextFactory<ReviewDb> stores, Commit commit) : IUseCase
{
    private readonly ConcurrentDictionary<string, BusinessCalendar> calendars = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>The calendar for new cases.</summary>
    public BusinessCalendar Current { get; } = Holidays.Shipped;

    /// <summary>Keeps the current calendar in the store, if it is new there, and loads the older ones.</summary>
    public async Task Load(CancellationToken cancel)
    {
        await commit.Run<Clocks, Done>(Actor.System("calendar"), async unit =>
        {
            if (!await unit.Db.Calendars.AnyAsync(c => c.Version == Current.Version, cancel))
            {
                unit.Db.Calendars.Add(new CalendarVersion { Version = Current.Version, Name = Current.Name, Content = Write(Current), LoadedAt = unit.Now });
                unit.Record(new CalendarTakenIntoUse(Current.Version));
            }

            return default(Done);
        }, cancel);
        await using var db = await stores.CreateDbContextAsync(cancel);
        await foreach (var row in db.Calendars.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
            calendars[row.Version] = Read(row.Name, row.Content);
    }

    /// <summary>The clock for a case that comes in now.</summary>
    public SlaClock For(QueueType queue) => new(queue.Sla, Current);

    /// <summary>The clock for the queue that a case comes in by.</summary>
    public SlaClock For(string queue) => For(queues.Find(queue) ?? throw new ArgumentException($"no queue '{queue}'", nameof(queue)));

    /// <summary>The clock that a case is pinned to.</summary>
    public SlaClock Of(ReviewCase subject)
    {
        var last = subject.Ledger[^1];
        return SlaPolicy.TryParse(last.PolicyVersion, out var policy) && calendars.TryGetValue(last.CalendarVersion, out var calendar)
            ? new(policy, calendar)
            : throw new InvalidDataException($"Case {subject.Id} is pinned to policy '{last.PolicyVersion}' and calendar '{last.CalendarVersion}', which the store does not hold.");
    }

    private static string Write(BusinessCalendar calendar) => JsonSerializer.Serialize(new Stored([.. calendar.Days], [.. calendar.LoadedYears]));

    private static BusinessCalendar Read(string name, string content)
    {
        var stored = JsonSerializer.Deserialize<Stored>(content)!;
        return new(name, stored.Days, stored.Years);
    }

    private sealed record Stored(NamedDay[] Days, int[] Years);
}

/// <summary>A calendar was used for the first time.</summary>
public sealed record CalendarTakenIntoUse(string Version) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => "system:calendar";
}
