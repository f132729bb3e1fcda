using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Tests.Domain.Clock;

public sealed class BusinessCalendarTests
{
    private static readonly NamedDay NewYear = new(new(2027, 1, 1), Worked: false, "元旦");
    private static readonly NamedDay Sunday = new(new(2027, 1, 3), Worked: true, "元旦");

    [Fact]
    public void The_version_is_that_of_the_content_in_whatever_order_it_came()
    {
        var calendar = new BusinessCalendar("national", [NewYear, Sunday]);
        Assert.Equal(calendar.Version, new BusinessCalendar("national", [Sunday, NewYear], [2027]).Version);
        Assert.StartsWith("national-", calendar.Version, StringComparison.Ordinal);
        string[] others =
        [
            new BusinessCalendar("local", [NewYear, Sunday]).Version,
            new BusinessCalendar("national", [NewYear]).Version,
            new BusinessCalendar("national", [NewYear, Sunday with { Name = "春节" }]).Version,
            new BusinessCalendar("national", [NewYear, Sunday with { Worked = false }]).Version,
            new BusinessCalendar("national", [NewYear, Sunday], [2027, 2028]).Version,
        ];
        Assert.DoesNotContain(calendar.Version, others);
    }

    [Fact]
    public void Every_day_is_counted_as_it_is_told()
    {
        var calendar = Holidays.Shipped;
        var counted = calendar.CountBefore(new DateOnly(2020, 1, 1).DayNumber);
        for (var date = new DateOnly(2020, 1, 1); date.Year < 2029; date = date.AddDays(1))
        {
            Assert.Equal(calendar.Day(date).IsBusinessDay, calendar.IsBusinessDay(date));
            Assert.Equal(counted, calendar.CountBefore(date.DayNumber));
            if (calendar.IsBusinessDay(date))
            {
                Assert.Equal(date, calendar.BusinessDay(counted++));
            }
        }
    }

    [Fact]
    public void A_year_that_is_not_loaded_works_by_Monday_to_Friday()
    {
        var calendar = Holidays.Shipped;
        Assert.False(calendar.HasYear(2027));
        Assert.Equal(new CalendarDay(new(2027, 10, 1), DayKind.Workday, Name: null, YearLoaded: false), calendar.Day(new(2027, 10, 1)));
        Assert.Equal(new CalendarDay(new(2027, 10, 2), DayKind.Weekend, Name: null, YearLoaded: false), calendar.Day(new(2027, 10, 2)));
    }

    [Fact]
    public void A_span_touches_a_year_only_from_its_first_instant_on()
    {
        var midnight = Shanghai.At(new(2027, 1, 1), TimeSpan.Zero);
        Assert.Empty(Holidays.Shipped.YearsNotLoaded(midnight.AddDays(-1), midnight));
        Assert.Equal([2027], Holidays.Shipped.YearsNotLoaded(midnight.AddDays(-1), midnight.AddTicks(1)));
        Assert.Equal([2027], Holidays.Shipped.YearsNotLoaded(midnight, midnight));
    }

    [Fact]
    public void The_next_year_s_notice_is_asked_for_from_the_first_of_December_on()
    {
        var december = Shanghai.At(new(2026, 12, 1), TimeSpan.Zero);
        Assert.Empty(Holidays.Shipped.YearsToLoad(december.AddTicks(-1)));
        Assert.Equal([2027], Holidays.Shipped.YearsToLoad(december));
        Assert.Equal([2027], Holidays.Shipped.YearsToLoad(december.AddMonths(2)));
    }

    [Fact]
    public void Loading_a_year_changes_the_days_that_its_notice_names_and_no_others()
    {
        var before = Holidays.Shipped;
        var after = before.With(2027, [NewYear, Sunday]);
        Assert.True(after.HasYear(2027));
        Assert.Equal([NewYear.Date, Sunday.Date], before.ChangedDays(after));
        Assert.Equal([Sunday.Date], after.ChangedDays(after.With(2027, [NewYear])));
        Assert.Equal(before.Version, new BusinessCalendar(before.Name, before.Days).Version);
    }

    [Fact]
    public void A_day_named_twice_or_in_a_year_not_loaded_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new BusinessCalendar("national", [NewYear, NewYear]));
        Assert.Throws<ArgumentException>(() => new BusinessCalendar("national", [NewYear], [2026]));
    }
}
