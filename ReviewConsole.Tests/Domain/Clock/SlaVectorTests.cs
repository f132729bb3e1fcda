using System.Globalization;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Tests.Domain.Clock;

public sealed class SlaVectorTests
{
    private static readonly SlaPolicy Office = SlaPolicy.OfficeHours(1, Span(9, 12), new DaySpan(new(13, 30, 0), new(17, 30, 0)));

    [Theory]
    [InlineData("2026-02-13T10:00", "2026-02-14T10:00", "the Saturday after is worked")]
    [InlineData("2026-02-14T10:00", "2026-02-24T10:00", "over the Spring Festival")]
    [InlineData("2026-09-30T10:00", "2026-10-08T10:00", "over the National Day")]
    [InlineData("2026-10-09T10:00", "2026-10-10T10:00", "the Saturday after is worked")]
    [InlineData("2025-12-31T10:00", "2026-01-04T10:00", "over New Year, to a worked Sunday")]
    [InlineData("2026-03-06T15:00", "2026-03-09T15:00", "Friday to Monday")]
    [InlineData("2026-03-07T10:00", "2026-03-10T00:00", "Saturday off: Monday 24:00")]
    [InlineData("2026-03-09T00:00", "2026-03-10T00:00", "the first instant of a business day")]
    [InlineData("2026-03-07T00:00", "2026-03-10T00:00", "Friday 24:00")]
    [InlineData("2027-01-01T10:00", "2027-01-04T10:00", "2027 is not loaded: a plain Friday")]
    public void One_business_day_is_due_as_the_rule_says(string received, string due, string why) =>
        Assert.True(At(due) == Clock(SlaPolicy.OneBusinessDay).DueAt(At(received)), why);

    [Theory]
    [InlineData("2026-03-06T15:00", "2026-03-10T00:00", "Friday: Monday 24:00")]
    [InlineData("2026-03-06T00:00", "2026-03-10T00:00", "the first instant of Friday")]
    [InlineData("2026-03-07T10:00", "2026-03-10T00:00", "Saturday off: never less than all of Monday")]
    [InlineData("2026-02-14T23:59", "2026-02-25T00:00", "over the Spring Festival")]
    public void The_end_of_the_next_business_day_is_due_as_the_rule_says(string received, string due, string why) =>
        Assert.True(At(due) == Clock(SlaPolicy.EndOfNextBusinessDay).DueAt(At(received)), why);

    [Theory]
    [InlineData("2026-03-06T15:00", "2026-03-09T15:00", "as much of Monday as was missing on Friday")]
    [InlineData("2026-03-06T12:30", "2026-03-09T12:00", "within the midday break: due as Monday's morning ends")]
    [InlineData("2026-03-06T20:00", "2026-03-09T17:30", "after hours: all of Monday")]
    [InlineData("2026-03-06T08:00", "2026-03-06T17:30", "before hours: all of the day itself")]
    [InlineData("2026-03-07T10:00", "2026-03-09T17:30", "on a day off: all of Monday")]
    public void Office_hours_count_only_inside_their_spans(string received, string due, string why) =>
        Assert.True(At(due) == Clock(Office).DueAt(At(received)), why);

    [Fact]
    public void A_due_time_keeps_every_tick_and_tells_Shanghai_time()
    {
        var due = Clock(SlaPolicy.OneBusinessDay).DueAt(new DateTimeOffset(2026, 3, 6, 7, 0, 0, TimeSpan.Zero).AddTicks(1));
        Assert.Equal(At("2026-03-09T15:00").AddTicks(1), due);
        Assert.Equal(TimeSpan.FromHours(8), due.Offset);
    }

    [Fact]
    public void What_would_be_due_after_the_last_year_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock(SlaPolicy.OneBusinessDay).DueAt(At("9999-12-31T10:00")));

    [Theory]
    [InlineData("business-days/1")]
    [InlineData("business-days/3")]
    [InlineData("end-of-next-business-day")]
    [InlineData("office-hours/2/00:00-08:15,09:00-24:00")]
    public void A_policy_comes_back_from_its_version(string version)
    {
        Assert.True(SlaPolicy.TryParse(version, out var policy));
        Assert.Equal(version, policy.Version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("business-days/0")]
    [InlineData("business-days/1/2")]
    [InlineData("office-hours/1/")]
    [InlineData("office-hours/1/12:00-09:00")]
    [InlineData("office-hours/1/09:00-12:00,11:00-13:00")]
    [InlineData("office-hours/1/09:00-24:01")]
    [InlineData("tomorrow")]
    public void What_is_no_policy_is_not_read_as_one(string? version) => Assert.False(SlaPolicy.TryParse(version, out _));

    private static DaySpan Span(int from, int to) => new(TimeSpan.FromHours(from), TimeSpan.FromHours(to));

    private static SlaClock Clock(SlaPolicy policy) => new(policy, Holidays.Shipped);

    private static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), Shanghai.Offset);
}
