using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>
/// Sets the days of the national calendar or of an authority, from a date on: receipts go by it from then, and then the open cases whose span touches a
/// changed day are retargeted (SLA-5).
/// </summary>
public sealed class ChangeCalendar(Commit commit, Clocks clocks, Authorities authorities) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Sets them.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="draft">The days.</param>
    /// <param name="from">The date from which receipts go by it; today means from now.</param>
    /// <param name="expected">How many open cases the preview found, for the progress.</param>
    /// <param name="cancel">Cancels before it is saved.</param>
    /// <returns>The id of the revision.</returns>
    public async Task<Answer<Guid>> Handle(Actor actor, CalendarDraft draft, DateOnly from, int expected, CancellationToken cancel = default)
    {
        var answer = await commit.Run<ChangeCalendar, Guid>(actor, async unit =>
        {
            var last = await unit.Db.CalendarRevisions.Where(r => r.Scope == draft.Scope).OrderByDescending(r => r.Sequence).FirstOrDefaultAsync(cancel);
            if (last?.Id != draft.Base)
                return new Refusal("CALENDAR_OVERTAKEN");
            var effective = EffectiveAt(from, unit.Now);
            if (Against(draft, effective, clocks, authorities, unit.Now) is { } refusal)
                return refusal;
            var (before, after) = (clocks.Layers.Last(draft.Scope), draft.Layer(effective));
            var (off, worked, cleared) = Differences(before, after);
            int[] years = [.. after.Years.Except(before?.Years ?? [])];
            if (off.IsEmpty && worked.IsEmpty && cleared.IsEmpty && years.Length == 0)
                return new Refusal("CALENDAR_SAME");
            CalendarRevision made = new()
            {
                Id = Guid.CreateVersion7(unit.Now),
                Sequence = 1 + await unit.Db.CalendarRevisions.CountAsync(cancel),
                Scope = draft.Scope,
                Content = Clocks.Write(after.Days, after.Years),
                EffectiveAt = effective,
                MadeAt = unit.Now,
                By = unit.Actor.Id,
                Expected = expected,
            };
            unit.Db.CalendarRevisions.Add(made);
            await Clocks.Keep(unit, InForceFrom(clocks.Layers.With(after), effective), cancel);
            unit.Record(new CalendarChanged(made.Id, draft.Scope, Dates(off), Dates(worked), Dates(cleared), years, effective));
            return made.Id;
        }, cancel);
        if (answer.Refusal is null)
            await clocks.Read(CancellationToken.None);
        return answer;
    }

    /// <summary>The moment from which a change of a date holds: the start of the day, for today the present moment.</summary>
    internal static DateTimeOffset EffectiveAt(DateOnly from, DateTimeOffset now) =>
        from == Shanghai.DateOf(now) ? now : Shanghai.At(from, TimeSpan.Zero).ToUniversalTime();

    /// <summary>Why a draft cannot be set; null where it can.</summary>
    internal static Refusal? Against(CalendarDraft draft, DateTimeOffset effective, Clocks clocks, Authorities authorities, DateTimeOffset now) =>
        !draft.IsNational && authorities.Find(draft.Scope) is null ? Refusals.NotFound
        : effective < now ? new Refusal("EFFECTIVE_PAST")
        // What was set to hold later would otherwise come back over this.
        : clocks.Layers.Last(draft.Scope)?.EffectiveAt > effective ? new Refusal("CALENDAR_PENDING", Ui.Times.Exact(clocks.Layers.Last(draft.Scope)!.EffectiveAt))
        : draft.Days.Count > CalendarDraft.MostDays || draft.Days.Values.Any(day => string.IsNullOrWhiteSpace(day.Name) || day.Name.Length > CalendarDraft.LongestName) ? new Refusal("CALENDAR_DAYS")
        : null;

    /// <summary>What differs between two layers of a scope.</summary>
    internal static (ImmutableArray<NamedDay> Off, ImmutableArray<NamedDay> Worked, ImmutableArray<NamedDay> Cleared) Differences(CalendarLayer? before, CalendarLayer after)
    {
        var (old, named) = ((before?.Days ?? []).ToDictionary(day => day.Date), after.Days.Select(day => day.Date).ToHashSet());
        List<NamedDay> changed = [.. after.Days.Where(day => !old.TryGetValue(day.Date, out var was) || was != day)];
        return ([.. changed.Where(day => !day.Worked)], [.. changed.Where(day => day.Worked)], [.. old.Values.Where(day => !named.Contains(day.Date)).OrderBy(day => day.Date)]);
    }

    private static DateOnly[] Dates(IEnumerable<NamedDay> days) => [.. days.Select(day => day.Date)];

    // Every calendar that a case may be pinned to from then on stands in the store before one is.
    private IEnumerable<BusinessCalendar> InForceFrom(CalendarLayers layers, DateTimeOffset effective) =>
        from moment in layers.All.Select(layer => layer.EffectiveAt).Append(effective).Where(at => at >= effective).Distinct()
        from scope in layers.All.Select(layer => layer.Scope).Distinct()
        select clocks.CalendarOf(layers, scope, moment);
}
