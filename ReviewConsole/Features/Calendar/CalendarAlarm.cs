using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Calendar;

/// <summary>
/// The years whose notice is missing (SLA-1): this year's, from 1 December the next one's, and any that an open clock touches. Administrators and supervisors
/// see it on every page until the year is loaded.
/// </summary>
public sealed class CalendarAlarm(Reads reads, Clocks clocks, Queues queues, TimeProvider time, IStringLocalizer<CalendarText> words) : IUseCase, IBanner
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCalendar;

    /// <summary>The missing years, ascending.</summary>
    public Task<Answer<ImmutableArray<int>>> Handle(Actor actor, CancellationToken cancel = default) => reads.Run<CalendarAlarm, ImmutableArray<int>>(actor, async db =>
    {
        var (now, calendar) = (time.GetUtcNow(), clocks.Current);
        SortedSet<int> years = [.. calendar.YearsToLoad(now)];
        foreach (var queue in queues.All)
        {
            // The two ends of an index: however many are open.
            var due = db.Cases.Where(c => c.Queue == queue.Id && c.State != CaseState.Closed).Select(c => (DateTimeOffset?)c.DueAt);
            if (await due.OrderByDescending(at => at).FirstOrDefaultAsync(cancel) is { } last)
                years.UnionWith(calendar.YearsNotLoaded(await due.OrderBy(at => at).FirstAsync(cancel) is { } first && first < now ? first : now, last));
        }

        return years.ToImmutableArray();
    }, cancel);

    /// <inheritdoc/>
    public async Task<Banner?> For(Actor actor) =>
        (actor.May(Permission.Administer) || actor.May(Permission.Supervise)) && await Handle(actor) is { Refusal: null, Value: [var first, ..] years }
            ? new(words["Alarm", string.Join(words["Comma"], years)], $"/calendar?year={first}", words[actor.May(Permission.Administer) ? "Alarm_Load" : "Alarm_See"])
            : null;

    /// <inheritdoc/>
    public bool Follows(DomainEvent happened) => happened is CalendarChanged or ClockMoved;
}
