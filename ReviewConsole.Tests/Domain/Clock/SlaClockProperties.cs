using System.Globalization;
using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Domain.Clock;

/// <summary>Random policies, receipts, pauses, local days and retargets over 2024 to 2027; 2027 is not loaded. REVIEWCONSOLE_FULL=1 runs 100,000 cases each, otherwise a tenth.</summary>
public sealed class SlaClockProperties
{
    private static readonly long Cases = Sizes.Of(100_000);

    private static readonly DateTimeOffset First = new(2024, 1, 1, 0, 0, 0, Shanghai.Offset);
    private static readonly DateTimeOffset Last = new(2027, 11, 1, 0, 0, 0, Shanghai.Offset);
    private static readonly int FirstMinute = (int)(First - MinuteOracle.Origin).TotalMinutes;
    private static readonly int LastMinute = (int)(Last - MinuteOracle.Origin).TotalMinutes;

    private static readonly Gen<SlaPolicy> Policies = Gen.OneOf(
        Gen.Int[1, 3].Select(SlaPolicy.BusinessDays),
        Gen.Const(SlaPolicy.EndOfNextBusinessDay),
        Gen.Select(Gen.Int[1, 3], Gen.Int[0, 24 * 60].HashSet[2, 7]).Select((days, cuts) => SlaPolicy.OfficeHours(days, Spans([.. cuts.Order()]))));

    private static readonly Gen<int> Minutes = Gen.Int[FirstMinute, LastMinute];
    private static readonly Gen<DateTimeOffset> Moments = Gen.Long[First.UtcTicks, Last.UtcTicks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<(SlaPolicy Policy, int Start, (int From, int? To)[] Pauses)> Histories =
        Gen.Select(Policies, Minutes, Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 12_000]).Array[0, 4], Gen.Bool)
            .Select((policy, start, gaps, open) => (policy, start, Pauses(start, gaps, open)));

    private static readonly Gen<(int Offset, bool Worked)[]> LocalDays = Gen.Select(Gen.Int[-3, 25], Gen.Bool).Array[0, 6];

    [Fact]
    public void The_due_time_of_a_receipt_is_what_walking_minute_by_minute_gives() =>
        Gen.Select(Policies, Minutes).Sample(
            (policy, start) => Clock(policy).DueAt(At(start)) == At(Oracle(policy).Due(start, [])!.Value),
            iter: Cases);

    [Fact]
    public void The_due_time_of_a_paused_case_is_what_walking_minute_by_minute_gives() =>
        Histories.Sample(
            history => Clock(history.Policy).Due(Ledger(history)) == (Oracle(history.Policy).Due(history.Start, history.Pauses) is { } due ? At(due) : null),
            iter: Cases);

    [Fact]
    public void Local_days_count_as_walking_minute_by_minute_over_them_does() =>
        Gen.Select(Histories, LocalDays).Sample(
            (history, local) => new SlaClock(history.Policy, Holidays.Shipped.WithLocal("local", Near(history.Start, local))).Due(Ledger(history))
                == (Oracle(history.Policy, Near(history.Start, local)).Due(history.Start, history.Pauses) is { } due ? At(due) : null),
            iter: Cases);

    [Fact]
    public void A_retarget_holds_for_the_whole_span_and_a_case_that_no_changed_day_touches_needs_none() =>
        Gen.Select(Histories, LocalDays, Gen.Int[0, 9]).Sample(
            (history, local, place) =>
            {
                var days = Near(history.Start, local);
                SlaClock before = Clock(history.Policy), after = new(history.Policy, Holidays.Shipped.WithLocal("local", days));
                var ledger = Ledger(history);
                DateTimeOffset? due = Oracle(history.Policy, days).Due(history.Start, history.Pauses) is { } minute ? At(minute) : null;
                if (!before.SpanTouchesChange(ledger, after))
                {
                    Assert.Equal(due, before.Due(ledger));
                }

                // Wherever it stands among the rows after the start, and however often.
                var retarget = Entry(0, SlaEntryKind.Retarget, history.Start) with { PolicyVersion = history.Policy.Version, CalendarVersion = after.Calendar.Version };
                ledger.Insert(1 + (place % ledger.Count), retarget);
                ledger.Add(retarget);
                Assert.Equal(due, after.Due([.. ledger.Select((row, i) => row with { Sequence = i + 1 })]));
            },
            iter: Cases);

    [Fact]
    public void A_machine_whose_clock_steps_an_hour_makes_no_ledger_that_contradicts_itself() =>
        Gen.Select(Policies, Moments, Gen.Select(Gen.Int[0, 600], Gen.Int[-60, 60]).Array[1, 8]).Sample(
            (policy, start, steps) =>
            {
                var (clock, ledger, now) = (Clock(policy), new List<SlaEntry>(), start);
                ledger.Add(clock.Next(ledger, SlaEntryKind.Start, now, "r-1"));
                foreach (var (minutes, step) in steps)
                {
                    now = now.AddMinutes(minutes + step);
                    ledger.Add(clock.Next(ledger, ledger[^1].Kind is SlaEntryKind.Pause ? SlaEntryKind.Resume : SlaEntryKind.Pause, now, "r-1"));
                }

                Assert.True(clock.Used(ledger, now) >= TimeSpan.Zero);
                Assert.All(ledger.Zip(ledger.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
                // What has run out never comes back.
                var firstOverdue = ledger.FindIndex(row => row.Due <= row.At);
                Assert.All(firstOverdue < 0 ? [] : ledger.Skip(firstOverdue), row => Assert.Equal(ledger[firstOverdue].Due, row.Due));
            },
            iter: Cases);

    [Fact]
    public void The_time_used_is_what_counting_minutes_gives() =>
        Gen.Select(Histories, Gen.Int[-100, 30_000]).Sample(
            (history, later) => Clock(history.Policy).Used(Ledger(history), At(history.Start + later))
                == TimeSpan.FromMinutes(Oracle(history.Policy).Used(history.Start, history.Pauses, history.Start + later)),
            iter: Cases);

    [Fact]
    public void Who_comes_later_is_never_due_earlier() =>
        Gen.Select(Policies, Moments, Gen.Long[0, TimeSpan.TicksPerDay * 3]).Sample(
            (policy, received, later) => Clock(policy).DueAt(received) <= Clock(policy).DueAt(received.AddTicks(later)),
            iter: Cases);

    [Fact]
    public void Adding_undoes_measuring_and_gives_the_first_such_instant() =>
        Gen.Select(Policies, Moments, Gen.Long[1, TimeSpan.TicksPerDay * 30]).Sample(
            (policy, from, ticks) =>
            {
                var clock = Clock(policy);
                var reached = clock.Add(from, TimeSpan.FromTicks(ticks));
                return clock.BusinessTimeBetween(from, reached).Ticks == ticks
                    && clock.BusinessTimeBetween(from, reached.AddTicks(-1)).Ticks == ticks - 1;
            },
            iter: Cases);

    [Fact]
    public void Measures_of_neighbouring_spans_add_up() =>
        Gen.Select(Policies, Moments, Moments, Moments).Sample(
            (policy, a, b, c) => Clock(policy).BusinessTimeBetween(a, c) == Clock(policy).BusinessTimeBetween(a, b) + Clock(policy).BusinessTimeBetween(b, c),
            iter: Cases);

    [Fact]
    public void The_lines_of_a_derivation_sum_up_to_its_answer() =>
        Histories.Sample(
            history =>
            {
                var (clock, ledger) = (Clock(history.Policy), Ledger(history));
                var steps = clock.Explain(ledger);
                var counted = steps.Where(step => step.Kind is SlaStepKind.Count).ToList();
                Assert.Equal(steps[^1].Total, counted.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Counted));
                Assert.All(counted, step => Assert.Equal(step.Counted, clock.BusinessTimeBetween(step.From, step.To!.Value)));
                Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True((pair.First.To ?? DateTimeOffset.MaxValue) <= pair.Second.From));
                if (clock.Due(ledger) is { } due)
                {
                    Assert.Equal((SlaStepKind.Due, due, clock.Allowance(ledger)), (steps[^1].Kind, steps[^1].From, steps[^1].Total));
                }
                else
                {
                    Assert.Equal((SlaStepKind.Pause, null), (steps[^1].Kind, steps[^1].To));
                    Assert.Equal(clock.Used(ledger, Last.AddYears(1)), steps[^1].Total);
                }
            },
            iter: Cases);

    [Fact]
    public void Each_target_is_the_first_instant_with_its_share_used() =>
        Histories.Sample(
            history =>
            {
                var (clock, ledger) = (Clock(history.Policy), Ledger(history));
                if (clock.Targets(ledger) is not { } targets)
                {
                    return;
                }

                var allowed = clock.Allowance(ledger).Ticks;
                foreach (var (at, share) in new[] { (targets.HalfAt, 50), (targets.PressingAt, 80), (targets.DueAt, 100) })
                {
                    Assert.True(clock.Used(ledger, at).Ticks * 100 >= allowed * share);
                    Assert.True(clock.Used(ledger, at.AddTicks(-1)).Ticks * 100 < allowed * share);
                }
            },
            iter: Cases);

    [Fact]
    public void Answers_to_100000_receipts_take_seconds_at_most()
    {
        var clock = Clock(SlaPolicy.OneBusinessDay);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 100_000; i++)
        {
            clock.DueAt(First.AddMinutes(i * 17));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), watch.Elapsed.ToString("g", CultureInfo.InvariantCulture));
    }

    private static IEnumerable<DaySpan> Spans(int[] cuts) =>
        cuts.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new DaySpan(TimeSpan.FromMinutes(pair[0]), TimeSpan.FromMinutes(pair[1])));

    private static (int From, int? To)[] Pauses(int start, (int Gap, int Length)[] gaps, bool open)
    {
        var (at, pauses) = (start, new List<(int, int?)>());
        for (var i = 0; i < gaps.Length; i++)
        {
            // A pause begins at least a minute after the last ended: the oracle steps in minutes.
            var from = at + gaps[i].Gap + 1;
            at = from + gaps[i].Length;
            pauses.Add((from, open && i == gaps.Length - 1 ? null : at));
        }

        return [.. pauses];
    }

    private static List<SlaEntry> Ledger((SlaPolicy Policy, int Start, (int From, int? To)[] Pauses) history)
    {
        List<SlaEntry> ledger = [Entry(1, SlaEntryKind.Start, history.Start)];
        foreach (var (from, to) in history.Pauses)
        {
            ledger.Add(Entry(ledger.Count + 1, SlaEntryKind.Pause, from));
            if (to is not null)
            {
                ledger.Add(Entry(ledger.Count + 1, SlaEntryKind.Resume, to.Value));
            }
        }

        return ledger;
    }

    private static SlaEntry Entry(int sequence, SlaEntryKind kind, int minute) => new(sequence, kind, At(minute), "r-1", null, "p", "c", null);

    private static DateTimeOffset At(int minute) => MinuteOracle.Origin.AddMinutes(minute);

    private static MinuteOracle Oracle(SlaPolicy policy) => new(policy, Holidays.Shipped.Days);

    private static MinuteOracle Oracle(SlaPolicy policy, IReadOnlyCollection<NamedDay> local) =>
        new(policy, Holidays.Shipped.Days.Where(day => local.All(own => own.Date != day.Date)).Concat(local));

    // Days about the span, so that many touch it.
    private static NamedDay[] Near(int start, (int Offset, bool Worked)[] days)
    {
        var first = DateOnly.FromDateTime(At(start).DateTime);
        return [.. days.DistinctBy(day => day.Offset).Select(day => new NamedDay(first.AddDays(day.Offset), day.Worked, "local"))];
    }

    private static SlaClock Clock(SlaPolicy policy) => new(policy, Holidays.Shipped);
}
