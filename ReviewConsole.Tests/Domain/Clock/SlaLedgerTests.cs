using System.Globalization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Tests.Domain.Clock;

public sealed class SlaLedgerTests
{
    private static readonly SlaClock Clock = new(SlaPolicy.OneBusinessDay, Holidays.Shipped);

    [Fact]
    public void A_pause_over_the_Spring_Festival_costs_the_applicant_nothing_and_gives_the_police_nothing()
    {
        // 4 h used before the pause; resumed on the first day after, at the hour of the pause: 20 h are left.
        var ledger = Ledger(("2026-02-14T10:00", SlaEntryKind.Start), ("2026-02-14T14:00", SlaEntryKind.Pause), ("2026-02-24T14:00", SlaEntryKind.Resume));
        Assert.Equal(At("2026-02-25T10:00"), Clock.Due(ledger));
    }

    [Fact]
    public void While_a_case_is_paused_there_is_no_due_time_and_after_it_resumes_there_is()
    {
        var paused = Ledger(("2026-03-02T10:00", SlaEntryKind.Start), ("2026-03-02T16:00", SlaEntryKind.Pause));
        Assert.Null(Clock.Due(paused));
        Assert.Null(Clock.Targets(paused));
        Assert.Null(paused[^1].Due);
        Assert.Equal(SlaState.Paused, Clock.State(paused, At("2026-03-20T10:00")));
        Assert.Equal(TimeSpan.FromHours(6), Clock.Used(paused, At("2026-03-20T10:00")));

        var resumed = Append(paused, "2026-03-05T09:00", SlaEntryKind.Resume);
        Assert.Equal(At("2026-03-06T03:00"), resumed[^1].Due);
    }

    [Fact]
    public void What_was_overdue_before_its_pause_stays_overdue()
    {
        var ledger = Ledger(("2026-03-02T10:00", SlaEntryKind.Start), ("2026-03-03T10:00", SlaEntryKind.Pause));
        Assert.Equal(At("2026-03-03T10:00"), Clock.Due(ledger));
        Assert.Equal(SlaState.Overdue, Clock.State(ledger, At("2026-03-04T10:00")));
        Assert.Equal(At("2026-03-03T10:00"), Clock.Due(Append(ledger, "2026-03-09T09:00", SlaEntryKind.Resume)));
    }

    [Fact]
    public void States_change_at_their_exact_instants()
    {
        var ledger = Ledger(("2026-03-06T15:00", SlaEntryKind.Start));
        var targets = Clock.Targets(ledger)!.Value;
        Assert.Equal(new SlaTargets(At("2026-03-09T03:00"), At("2026-03-09T10:12"), At("2026-03-09T15:00")), targets);
        foreach (var (at, before, after) in new[]
        {
            (targets.HalfAt, SlaState.OnTime, SlaState.DueSoon),
            (targets.PressingAt, SlaState.DueSoon, SlaState.DuePressing),
            (targets.DueAt, SlaState.DuePressing, SlaState.Overdue),
        })
        {
            Assert.Equal((before, after), (Clock.State(ledger, at.AddTicks(-1)), Clock.State(ledger, at)));
            Assert.Equal((before, after), (targets.At(at.AddTicks(-1)), targets.At(at)));
        }
    }

    [Fact]
    public void A_stop_keeps_the_due_time_as_it_stood_and_ends_the_count()
    {
        var ledger = Ledger(("2026-03-02T10:00", SlaEntryKind.Start), ("2026-03-02T12:00", SlaEntryKind.Stop));
        Assert.Equal(At("2026-03-03T10:00"), Clock.Due(ledger));
        Assert.Equal(TimeSpan.FromHours(2), Clock.Used(ledger, At("2026-03-05T10:00")));
        Assert.Equal(SlaState.Stopped, Clock.State(ledger, At("2026-03-05T10:00")));
    }

    [Fact]
    public void A_case_that_lapses_while_paused_is_stopped_without_a_due_time()
    {
        var ledger = Ledger(("2026-03-02T10:00", SlaEntryKind.Start), ("2026-03-02T12:00", SlaEntryKind.Pause), ("2026-03-12T12:00", SlaEntryKind.Stop));
        Assert.Null(Clock.Due(ledger));
        Assert.Equal(SlaState.Stopped, Clock.State(ledger, At("2026-03-13T10:00")));
        Assert.Equal(TimeSpan.FromHours(2), Clock.Used(ledger, At("2026-03-13T10:00")));
        Assert.Equal(SlaStepKind.Stop, Clock.Explain(ledger)[^1].Kind);
    }

    [Fact]
    public void A_decision_undone_leaves_the_clock_as_if_it_had_not_been_made()
    {
        var ledger = Ledger(("2026-03-02T10:00", SlaEntryKind.Start), ("2026-03-02T12:00", SlaEntryKind.Stop), ("2026-03-02T12:01", SlaEntryKind.Resume));
        Assert.Equal(At("2026-03-03T10:00"), Clock.Due(ledger));
        Assert.Equal(TimeSpan.FromHours(3), Clock.Used(ledger, At("2026-03-02T13:00")));
        Assert.Equal(SlaState.OnTime, Clock.State(ledger, At("2026-03-02T13:00")));
        Assert.Equal(SlaState.Stopped, Clock.State(Append(ledger, "2026-03-02T14:00", SlaEntryKind.Stop), At("2026-03-02T15:00")));
    }

    [Fact]
    public void Under_end_of_the_next_business_day_a_pause_moves_the_due_time_to_the_end_of_a_day()
    {
        var clock = new SlaClock(SlaPolicy.EndOfNextBusinessDay, Holidays.Shipped);
        var ledger = Ledger(("2026-03-06T15:00", SlaEntryKind.Start), ("2026-03-09T10:00", SlaEntryKind.Pause), ("2026-03-11T12:00", SlaEntryKind.Resume));
        Assert.Equal(At("2026-03-13T00:00"), clock.Due(ledger));
    }

    [Fact]
    public void A_retarget_counts_for_the_whole_span_and_may_be_written_before_an_earlier_receipt()
    {
        var ledger = Ledger(("2026-12-31T10:00", SlaEntryKind.Start), ("2026-12-31T12:00", SlaEntryKind.Pause));
        var loaded = Clock.Calendar.With(2027, [new(new(2027, 1, 1), Worked: false, "元旦")]);
        var clock = new SlaClock(SlaPolicy.OneBusinessDay, loaded);
        ledger = [.. ledger, clock.Next(ledger, SlaEntryKind.Retarget, At("2026-12-31T18:00"), "system", "2027 loaded")];
        ledger = [.. ledger, clock.Next(ledger, SlaEntryKind.Resume, At("2026-12-31T16:00"), "system")];
        Assert.Equal(At("2027-01-04T14:00"), ledger[^1].Due);
        Assert.Equal(loaded.Version, ledger[^1].CalendarVersion);
        Assert.Equal(At("2027-01-01T14:00"), Clock.Due(ledger));
    }

    [Fact]
    public void A_derivation_names_holidays_pauses_unloaded_years_and_what_else_is_written()
    {
        var ledger = Ledger(("2026-02-14T10:00", SlaEntryKind.Start), ("2026-02-14T14:00", SlaEntryKind.Pause), ("2026-02-14T20:00", SlaEntryKind.Resume), ("2026-02-24T08:00", SlaEntryKind.Stop));
        var steps = Clock.Explain(ledger);
        Assert.Equal(
            [SlaStepKind.Start, SlaStepKind.Count, SlaStepKind.Pause, SlaStepKind.Count, .. Enumerable.Repeat(SlaStepKind.Skip, 9), SlaStepKind.Count, SlaStepKind.Due, SlaStepKind.Stop],
            steps.Select(step => step.Kind));
        Assert.Equal(new CalendarDay(new(2026, 2, 14), DayKind.AdjustedWorkday, "春节", YearLoaded: true), steps[1].Day);
        Assert.Equal("why Pause", steps[2].Why);
        Assert.All(steps.Where(step => step.Kind is SlaStepKind.Skip), step => Assert.Equal((DayKind.Holiday, "春节"), (step.Day!.Value.Kind, step.Day.Value.Name)));
        Assert.All(Clock.Explain(At("2027-01-01T10:00")).Where(step => step.Day is not null), step => Assert.False(step.Day!.Value.YearLoaded));
    }

    [Theory]
    [InlineData("begins with its start")]
    [InlineData("begins with its start", SlaEntryKind.Pause)]
    [InlineData("row 2 (Start) stands in the middle", SlaEntryKind.Start, SlaEntryKind.Start)]
    [InlineData("row 2 (Resume) needs a paused or stopped clock", SlaEntryKind.Start, SlaEntryKind.Resume)]
    [InlineData("row 3 (Pause) needs a running clock", SlaEntryKind.Start, SlaEntryKind.Pause, SlaEntryKind.Pause)]
    [InlineData("row 3 (Pause) needs a running clock", SlaEntryKind.Start, SlaEntryKind.Stop, SlaEntryKind.Pause)]
    [InlineData("row 3 (Stop) needs a clock that is not stopped", SlaEntryKind.Start, SlaEntryKind.Stop, SlaEntryKind.Stop)]
    public void A_ledger_that_contradicts_itself_is_refused(string complaint, params SlaEntryKind[] kinds)
    {
        var ledger = kinds.Select((kind, i) => new SlaEntry(i + 1, kind, At("2026-03-02T10:00").AddHours(i), "r-1", null, "p", "c", null)).ToList();
        Assert.Contains(complaint, Assert.Throws<ArgumentException>(() => Clock.Due(ledger)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_goes_back_in_time_or_order_is_refused()
    {
        var ledger = Ledger(("2026-03-02T10:00", SlaEntryKind.Start));
        var pause = Clock.Next(ledger, SlaEntryKind.Pause, At("2026-03-02T10:01"), "r-1");
        Assert.Throws<ArgumentException>(() => Clock.Due([.. ledger, pause with { At = At("2026-03-02T09:59") }]));
        Assert.Throws<ArgumentException>(() => Clock.Due([.. ledger, ledger[0] with { Kind = SlaEntryKind.Pause }]));
    }

    [Fact]
    public void A_row_written_after_the_machine_s_clock_was_set_back_counts_from_the_row_before()
    {
        var ledger = Ledger(("2026-03-02T10:00", SlaEntryKind.Start), ("2026-03-02T12:00", SlaEntryKind.Pause));
        var resumed = Clock.Next(ledger, SlaEntryKind.Resume, At("2026-03-02T11:30"), "r-1");
        Assert.Equal((At("2026-03-02T12:00"), At("2026-03-03T10:00")), (resumed.At, resumed.Due!.Value));
    }

    private static IReadOnlyList<SlaEntry> Ledger(params (string At, SlaEntryKind Kind)[] rows) =>
        rows.Aggregate((IReadOnlyList<SlaEntry>)[], (ledger, row) => Append(ledger, row.At, row.Kind));

    private static IReadOnlyList<SlaEntry> Append(IReadOnlyList<SlaEntry> ledger, string at, SlaEntryKind kind) =>
        [.. ledger, Clock.Next(ledger, kind, At(at), "r-1", $"why {kind}")];

    private static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), Shanghai.Offset);
}
