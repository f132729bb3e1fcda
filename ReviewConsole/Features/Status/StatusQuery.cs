using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Platform;

namespace ReviewConsole.Features.Status;

/// <summary>What a health check says.</summary>
/// <param name="Name">Name of the check, as it is registered.</param>
/// <param name="Status">Its result.</param>
/// <param name="Code">Code of what is wrong; null where nothing is.</param>
public sealed record Health(string Name, HealthStatus Status, string? Code);

/// <summary>How the work of one topic stands.</summary>
/// <param name="Name">The topic, one of <see cref="Effects"/>.</param>
/// <param name="Waiting">Messages in all.</param>
/// <param name="Due">Those that are due.</param>
/// <param name="OldestDue">Since when the oldest of them is due; null where none is.</param>
/// <param name="Failing">Those that failed at least once.</param>
public sealed record TopicStatus(string Name, int Waiting, int Due, DateTimeOffset? OldestDue, int Failing);

/// <summary>Work that failed.</summary>
/// <param name="Id">The message.</param>
/// <param name="Topic">Which work.</param>
/// <param name="Key">What it is about.</param>
/// <param name="Failures">How often it failed.</param>
/// <param name="LastFault">Kind of the last failure.</param>
/// <param name="DueAt">When it is tried next.</param>
public sealed record FailingWork(Guid Id, string Topic, string Key, int Failures, string? LastFault, DateTimeOffset DueAt);

/// <summary>Number and size of the pictures at a moment.</summary>
/// <param name="Count">How many.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="At">When they were counted.</param>
public sealed record PicturesSize(int Count, long Bytes, DateTimeOffset At);

/// <summary>How the product is doing at one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Health">Every health check that is registered.</param>
/// <param name="Topics">Every topic with work, by name.</param>
/// <param name="Failing">Work that failed, most failures first; at most <see cref="StatusQuery.MostFailing"/>.</param>
/// <param name="Database">Bytes of the database.</param>
/// <param name="WriteAheadLog">Bytes of its write-ahead log.</param>
/// <param name="Pictures">The pictures, counted a while ago at most.</param>
/// <param name="Disk">Room on the disk.</param>
/// <param name="Version">Version of the product.</param>
/// <param name="StartedAt">When this process started.</param>
/// <param name="CalendarName">The calendar in use.</param>
/// <param name="CalendarUntil">Last year that it has.</param>
/// <param name="Circuits">Open pages.</param>
public sealed record SystemStatus(
    DateTimeOffset At, ImmutableArray<Health> Health, ImmutableArray<TopicStatus> Topics, ImmutableArray<FailingWork> Failing, long Database, long WriteAheadLog, PicturesSize Pictures,
    DiskSpace Disk, string Version, DateTimeOffset StartedAt, string CalendarName, int? CalendarUntil, int Circuits);

/// <summary>Reads how the product is doing.</summary>
public sealed class StatusQuery(Reads reads, HealthCheckService checks, StoreFiles files, Clocks clocks, OpenCircuits circuits, TimeProvider time) : IUseCase
{
    /// <summary>How much failing work is listed.</summary>
    public const int MostFailing = 20;

    // Counting looks at every file.
    private static readonly TimeSpan CountPicturesEvery = TimeSpan.FromMinutes(5);
    private PicturesSize? pictures;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>The status now.</summary>
    public Task<Answer<SystemStatus>> Handle(Actor actor, CancellationToken cancel = default) => reads.Run<StatusQuery, SystemStatus>(actor, async db =>
    {
        var now = time.GetUtcNow();
        var report = await checks.CheckHealthAsync(cancel);
        // What waits is what is left to do, not a history: it stays small, and an index holds its topics.
        var waiting = await db.Outbox.GroupBy(m => m.Topic).Select(g => new { Topic = g.Key, Count = g.Count(), Failing = g.Count(m => m.Failures > 0) }).ToListAsync(cancel);
        var due = await db.Outbox.Where(m => m.DueAt <= now).GroupBy(m => m.Topic).Select(g => new { Topic = g.Key, Count = g.Count(), Oldest = g.Min(m => m.DueAt) }).ToDictionaryAsync(g => g.Topic, cancel);
        var failing = await db.Outbox.Where(m => m.Failures > 0).OrderByDescending(m => m.Failures).Take(MostFailing)
            .Select(m => new FailingWork(m.Id, m.Topic, m.Key, m.Failures, m.LastFault, m.DueAt)).ToListAsync(cancel);
        return new SystemStatus(
            now,
            [.. report.Entries.Select(entry => new Health(entry.Key, entry.Value.Status, entry.Value.Status == HealthStatus.Healthy ? null : entry.Value.Description ?? entry.Value.Exception?.GetType().Name))],
            [.. waiting.OrderBy(t => t.Topic, StringComparer.Ordinal).Select(t => due.TryGetValue(t.Topic, out var d) ? new TopicStatus(t.Topic, t.Count, d.Count, d.Oldest, t.Failing) : new(t.Topic, t.Count, 0, null, t.Failing))],
            [.. failing],
            files.Database, files.WriteAheadLog, CountPictures(now), files.Disk,
            typeof(StatusQuery).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUniversalTime(),
            clocks.Current.Name, clocks.Current.LoadedYears is { IsEmpty: false } years ? years.Max : null,
            circuits.Count);
    }, cancel);

    private PicturesSize CountPictures(DateTimeOffset now)
    {
        if (pictures is not { } counted || now - counted.At >= CountPicturesEvery)
        {
            var (count, bytes) = files.Pictures();
            pictures = counted = new(count, bytes, now);
        }

        return counted;
    }
}
