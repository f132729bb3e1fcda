namespace ReviewConsole.Domain.Clock;

/// <summary>
/// The clock of one policy and one calendar (SLA-1 to SLA-5): every due time, share and state derives from the ledger by one measure, business time.
/// </summary>
/// <remarks>
/// A pause moves the due time by the business time that passed in it. Under 'end of the next business day' the due time moves on to the end of the
/// business day that it then falls on. A due time that had come before the pause stays: what is overdue does not cease to be (SLA-4).
/// A ledger that contradicts itself throws <see cref="ArgumentException"/>, whichever question is asked.
/// </remarks>
/// <param name="policy">The rule by which due times are set.</param>
/// <param name="calendar">Which days are business days.</param>
public sealed class SlaClock(SlaPolicy policy, BusinessCalendar calendar)
{
    private readonly BusinessTime time = new(calendar, policy.Spans);

    /// <summary>The rule by which due times are set.</summary>
    public SlaPolicy Policy => policy;

    /// <summary>Which days are business days.</summary>
    public BusinessCalendar Calendar => calendar;

    /// <summary>When something is due that was received at the moment and never paused; with the Shanghai offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer lies after the year 9999.</exception>
    public DateTimeOffset DueAt(DateTimeOffset received) => time.Add(received, Allowance(received));

    /// <summary>When the case is due. Null while it is paused with time left; after a stop, the due time as it stood.</summary>
    public DateTimeOffset? Due(IReadOnlyList<SlaEntry> ledger) => Targets(ledger)?.DueAt;

    /// <summary>The instants at which the case changes its state; null while <see cref="Due"/> is.</summary>
    public SlaTargets? Targets(IReadOnlyList<SlaEntry> ledger) => Targets(SlaRun.Read(ledger));

    /// <summary>Business time from one moment to another; negative where the second is the earlier one.</summary>
    public TimeSpan BusinessTimeBetween(DateTimeOffset from, DateTimeOffset to) => time.Between(from, to);

    /// <inheritdoc cref="BusinessTime.Add"/>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan businessTime) => time.Add(from, businessTime);

    /// <summary>Business time that the case has used by the moment: pauses, and what comes after a stop, do not count.</summary>
    public TimeSpan Used(IReadOnlyList<SlaEntry> ledger, DateTimeOffset now)
    {
        var run = SlaRun.Read(ledger);
        var until = run.StoppedAt < now ? run.StoppedAt.Value : now;
        return run.Stretches.Where(stretch => stretch.From < until).Aggregate(
            TimeSpan.Zero, (sum, stretch) => sum + time.Between(stretch.From, stretch.To < until ? stretch.To.Value : until));
    }

    /// <summary>The business time that the case has in all.</summary>
    public TimeSpan Allowance(IReadOnlyList<SlaEntry> ledger) => Allowance(SlaRun.Read(ledger));

    /// <summary>Where the clock stands at a moment that is not before the ledger's last row.</summary>
    public SlaState State(IReadOnlyList<SlaEntry> ledger, DateTimeOffset now)
    {
        var run = SlaRun.Read(ledger);
        return run.StoppedAt is not null ? SlaState.Stopped : Targets(run)?.At(now) ?? SlaState.Paused;
    }

    /// <summary>True where a day that the two calendars tell differently lies in the span of the case: from the receipt to the later of both due times, or to the pause that lasts (SLA-5).</summary>
    /// <param name="ledger">The case's ledger.</param>
    /// <param name="next">The clock that the case would go by.</param>
    public bool SpanTouchesChange(IReadOnlyList<SlaEntry> ledger, SlaClock next)
    {
        if (calendar.Version == next.Calendar.Version)
        {
            return false;
        }

        var run = SlaRun.Read(ledger);
        var from = run.Stretches[0].From;
        var ends = new[] { Targets(run)?.DueAt, next.Targets(run)?.DueAt }.Select(due => due ?? run.Stretches[^1].To!.Value);
        var to = ends.Max();
        return calendar.ChangedDays(next.Calendar).Any(day => Shanghai.At(day, TimeSpan.Zero) < to && Shanghai.At(day, DaySpan.WholeDay.To) > from);
    }

    /// <summary>The row to append to a ledger, with this clock's versions and the due time that follows from it.</summary>
    /// <param name="ledger">The rows so far; none before the start.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="at">The moment from which it counts; where the machine's clock was set back, the last row's, so that no time counts twice or against the case.</param>
    /// <param name="by">The id of the person or process.</param>
    /// <param name="why">The reason, where one was given.</param>
    /// <exception cref="ArgumentException">The row would contradict the ledger.</exception>
    public SlaEntry Next(IReadOnlyList<SlaEntry> ledger, SlaEntryKind kind, DateTimeOffset at, string by, string? why = null)
    {
        var last = ledger.LastOrDefault(row => row.Kind is not SlaEntryKind.Retarget);
        var entry = new SlaEntry(ledger.Count == 0 ? 1 : ledger[^1].Sequence + 1, kind, last?.At > at ? last.At : at, by, why, policy.Version, calendar.Version, Due: null);
        return entry with { Due = Due([.. ledger, entry]) };
    }

    /// <summary>Why something received at the moment is due when it is.</summary>
    public IReadOnlyList<SlaStep> Explain(DateTimeOffset received) => [.. Derivation(SlaRun.Since(received))];

    /// <summary>
    /// Why the case is due when it is: the start, the time that counted, the days that were skipped, the pauses, the due time, and last what else
    /// stands in the ledger. While the case is paused with time left, the lines end with that pause.
    /// </summary>
    public IReadOnlyList<SlaStep> Explain(IReadOnlyList<SlaEntry> ledger)
    {
        var run = SlaRun.Read(ledger);
        var steps = Derivation(run).ToList();
        steps[0] = steps[0] with { Why = ledger[0].Why };
        var total = steps[^1].Total;
        steps.AddRange(
            from entry in ledger
            where entry.Kind is SlaEntryKind.Retarget || (entry.Kind is SlaEntryKind.Stop && run.StoppedAt == entry.At)
            let kind = entry.Kind is SlaEntryKind.Stop ? SlaStepKind.Stop : SlaStepKind.Retarget
            select new SlaStep(kind, Shanghai.In(entry.At), Shanghai.In(entry.At), TimeSpan.Zero, total, Why: entry.Why, Versions: (entry.PolicyVersion, entry.CalendarVersion)));
        return steps;
    }

    private IEnumerable<SlaStep> Derivation(SlaRun run)
    {
        var total = TimeSpan.Zero;
        var due = Targets(run)?.DueAt;
        var start = Shanghai.In(run.Stretches[0].From);
        yield return new(SlaStepKind.Start, start, start, TimeSpan.Zero, total, Versions: (policy.Version, calendar.Version));
        for (var i = 0; i < run.Stretches.Length; i++)
        {
            var (from, to, why) = run.Stretches[i];
            var last = due is not null && (to is null || due <= to);
            var end = last ? due!.Value : to!.Value;
            foreach (var (piece, day, begin, stop) in Lines(from, end))
            {
                var counted = piece ? stop - begin : TimeSpan.Zero;
                total += counted;
                yield return new(piece ? SlaStepKind.Count : SlaStepKind.Skip, begin, stop, counted, total, day);
            }

            if (last)
            {
                yield return new(SlaStepKind.Due, end, end, TimeSpan.Zero, total);
                yield break;
            }

            DateTimeOffset? resumed = i + 1 < run.Stretches.Length ? Shanghai.In(run.Stretches[i + 1].From) : null;
            yield return new(SlaStepKind.Pause, Shanghai.In(end), resumed, TimeSpan.Zero, total, Why: why);
        }
    }

    private IEnumerable<(bool Counts, CalendarDay Day, DateTimeOffset From, DateTimeOffset To)> Lines(DateTimeOffset from, DateTimeOffset to)
    {
        for (var date = Shanghai.DateOf(from); Shanghai.At(date, TimeSpan.Zero) < to; date = date.AddDays(1))
        {
            var day = calendar.Day(date);
            foreach (var (begin, end) in BusinessTime.Pieces(date, day.IsBusinessDay ? policy.Spans : [DaySpan.WholeDay], from, to))
            {
                yield return (day.IsBusinessDay, day, begin, end);
            }
        }
    }

    private SlaTargets? Targets(SlaRun run)
    {
        var allowed = Allowance(run).Ticks;
        return Reached(run, allowed) is { } due
            ? new(Reached(run, (allowed + 1) / 2)!.Value, Reached(run, ((allowed * 4) + 4) / 5)!.Value, due)
            : null;
    }

    /// <summary>The first instant by which the case has used so many ticks; null where a pause that has not ended comes first.</summary>
    private DateTimeOffset? Reached(SlaRun run, long ticks)
    {
        foreach (var stretch in run.Stretches)
        {
            var length = stretch.To is { } to ? time.Between(stretch.From, to).Ticks : long.MaxValue;
            if (ticks <= length)
            {
                return time.Add(stretch.From, TimeSpan.FromTicks(ticks));
            }

            ticks -= length;
        }

        return null;
    }

    private TimeSpan Allowance(DateTimeOffset received) => policy.Kind is SlaPolicyKind.EndOfNextBusinessDay
        ? time.Between(received, Shanghai.At(calendar.NextBusinessDay(Shanghai.DateOf(received)), DaySpan.WholeDay.To))
        : time.PerDay * policy.Days;

    private TimeSpan Allowance(SlaRun run)
    {
        var allowed = Allowance(run.Stretches[0].From);
        if (policy.Kind is not SlaPolicyKind.EndOfNextBusinessDay)
        {
            return allowed;
        }

        var used = TimeSpan.Zero;
        foreach (var (paused, resumed) in run.Stretches.Zip(run.Stretches.Skip(1)))
        {
            used += time.Between(paused.From, paused.To!.Value);
            if (used < allowed)
            {
                allowed = used + time.Between(resumed.From, EndOfDay(time.Add(resumed.From, allowed - used)));
            }
        }

        return allowed;
    }

    /// <summary>The next midnight, or the moment itself where it is one, being the end of the day before.</summary>
    private static DateTimeOffset EndOfDay(DateTimeOffset moment) =>
        moment.TimeOfDay == TimeSpan.Zero ? moment : Shanghai.At(DateOnly.FromDateTime(moment.DateTime), DaySpan.WholeDay.To);
}
