using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>
/// Tells what has come of half, four fifths and all of a clock's time, each once a case (SLA-4): whether or not anybody looks, and what came while the process
/// was down after its start. The state itself is on the screen from its instant; people are told in their authority's window.
/// </summary>
public sealed class RaiseWarnings(
    Commit commit, Reads reads, Clocks clocks, Authorities authorities, IOptions<ReviewSettings> settings, TimeProvider time, ILogger<RaiseWarnings> log) : BackgroundService, IUseCase
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly Actor Product = Actor.System("clock");

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>Tells all that has come.</summary>
    /// <returns>How much was told.</returns>
    public async Task<Answer<int>> Handle(CancellationToken cancel = default)
    {
        for (var told = 0; ;)
        {
            // One step in an index finds that nothing has; only then the writers' turn is taken.
            var now = time.GetUtcNow();
            var some = (await reads.Run<RaiseWarnings, bool>(Product, async db => await db.Cases.AnyAsync(c => c.WarnAt != null && c.WarnAt <= now, cancel), cancel)).Value;
            if (!some)
                return told;
            told += (await commit.Run<RaiseWarnings, int>(Product, unit => Tell(unit, cancel), cancel)).Value;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer beat = new(Every, time);
        do
        {
            try
            {
                await Handle(stoppingToken);
            }
            catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
            {
                log.LogWarning("Clocks could not be looked at: {Fault}", fault.GetType().Name);
            }
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Answer<int>> Tell(UnitOfWork unit, CancellationToken cancel)
    {
        var told = 0;
        foreach (var found in await unit.Db.Cases.Where(c => c.WarnAt != null && c.WarnAt <= unit.Now).OrderBy(c => c.WarnAt).Take(AtOnce).ToListAsync(cancel))
        {
            var at = new NotificationWindow(clocks.CalendarOf(found.Authority, unit.Now), HoursOf(found.Authority)).From(unit.Now);
            foreach (var level in found.Warn(unit.Now))
            {
                unit.Db.ClockWarnings.Add(new() { Case = found.Id, Level = level, Queue = found.Queue, Authority = found.Authority, TellAt = at });
                told++;
            }
        }

        return told;
    }

    // The nearest authority that has hours of its own counts.
    private DaySpan HoursOf(string authority)
    {
        var own = authorities.Path(authority).Reverse().Select(a => settings.Value.TellHoursOf.GetValueOrDefault(a.Code)).FirstOrDefault(hours => hours is not null);
        return Hours(own) ?? Hours(settings.Value.TellHours) ?? DaySpan.WholeDay;
    }

    // A span of the notification window is written as a span of office hours is.
    private static DaySpan? Hours(string? text) => SlaPolicy.TryParse($"office-hours/1/{text}", out var parsed) ? parsed.Spans[0] : null;
}
