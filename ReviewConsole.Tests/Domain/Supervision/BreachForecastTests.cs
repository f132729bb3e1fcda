using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Supervision;

namespace ReviewConsole.Tests.Domain.Supervision;

public sealed class BreachForecastTests
{
    // Monday; staffed 09:00-12:00 and 14:00-17:00.
    private static readonly DateTimeOffset Now = At(23, 10);
    private static readonly DateTimeOffset Until = At(25, 0);
    private static readonly BusinessTime Staffed = new(Holidays.Shipped, [new(TimeSpan.FromHours(9), TimeSpan.FromHours(12)), new(TimeSpan.FromHours(14), TimeSpan.FromHours(17))]);

    [Theory]
    [InlineData(4, 0)]
    [InlineData(3, 0)]
    [InlineData(2, 3)]
    [InlineData(1, 6)]
    [InlineData(0, 8)]
    public void What_does_not_fit_before_its_due_time_is_late(double perHour, int late)
    {
        // By 12:00 two staffed hours, by 15:00 three.
        var forecast = BreachForecast.Of([new(At(23, 12), 5), new(At(23, 15), 3)], [], perHour, Staffed, Now, Until);
        Assert.Equal((8, 0, 8, late), (forecast.Waiting, forecast.Overdue, forecast.Falling, forecast.Breaches));
        Assert.Equal(11, forecast.Hours);
    }

    [Fact]
    public void What_is_overdue_is_done_first_and_not_counted_again()
    {
        var forecast = BreachForecast.Of([new(At(23, 9), 4), new(At(23, 12), 4)], [], 2, Staffed, Now, Until);
        Assert.Equal((8, 4, 4, 4), (forecast.Waiting, forecast.Overdue, forecast.Falling, forecast.Breaches));
    }

    [Fact]
    public void What_is_expected_counts_where_it_falls_due_before_the_end_and_a_night_adds_nothing()
    {
        var forecast = BreachForecast.Of([], [new(At(24, 8), 6), new(At(26, 8), 100)], 1, Staffed, Now, Until);
        Assert.Equal((106, 6, 1), (forecast.Arriving, forecast.Falling, forecast.Breaches));
    }

    private static DateTimeOffset At(int day, int hour) => Shanghai.At(new(2026, 11, day), TimeSpan.FromHours(hour));
}
