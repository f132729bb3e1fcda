using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Tests.Domain.Clock;

public sealed class CalendarLayersTests
{
    private static readonly CalendarLayer National = new("national", Holidays.Shipped.Days, Holidays.Shipped.LoadedYears, DateTimeOffset.MinValue);
    private static readonly DateTimeOffset June = new(2026, 6, 1, 0, 0, 0, Shanghai.Offset);
    private static readonly DateOnly Typhoon = new(2026, 9, 8);

    [Fact]
    public void Local_days_hold_for_the_authority_and_those_below_from_their_moment_on()
    {
        CalendarLayers layers = new("national", [National, Local("粤", June, new NamedDay(Typhoon, false, "台风停工"))]);
        Assert.True(layers.For(["粤", "粤B"], June.AddTicks(-1)).IsBusinessDay(Typhoon));
        Assert.False(layers.For(["粤", "粤B"], June).IsBusinessDay(Typhoon));
        Assert.True(layers.For(["浙"], June).IsBusinessDay(Typhoon));
        Assert.Equal(Holidays.Shipped.Version, layers.For(["浙"], June).Version);
        Assert.Equal(layers.For(["粤"], June).Version, layers.For(["粤", "粤B"], June).Version);
    }

    [Fact]
    public void The_nearest_authority_has_the_last_word_and_what_it_does_not_name_comes_from_above()
    {
        CalendarLayers layers = new("national", [National, Local("粤", June, new(Typhoon, false, "台风停工"), new NamedDay(new(2026, 9, 9), false, "台风停工")), Local("粤B", June, new NamedDay(Typhoon, true, "照常上班"))]);
        var city = layers.For(["粤", "粤B"], June);
        Assert.True(city.IsBusinessDay(Typhoon));
        Assert.False(city.IsBusinessDay(new(2026, 9, 9)));
        Assert.False(city.IsBusinessDay(new(2026, 10, 1)));
    }

    [Fact]
    public void A_national_change_reaches_below_local_days()
    {
        var next = National with { Days = National.Days.Add(new(new(2027, 1, 1), false, "元旦")), Years = National.Years.Add(2027), EffectiveAt = June.AddDays(1) };
        CalendarLayers layers = new("national", [National, Local("粤", June, new NamedDay(Typhoon, false, "台风停工")), next]);
        Assert.False(layers.For(["粤"], June).HasYear(2027));
        var after = layers.For(["粤"], June.AddDays(1));
        Assert.True(after.HasYear(2027));
        Assert.False(after.IsBusinessDay(new(2027, 1, 1)));
        Assert.False(after.IsBusinessDay(Typhoon));
    }

    [Fact]
    public void A_local_day_does_not_load_its_year()
    {
        CalendarLayers layers = new("national", [National, Local("粤", June, new NamedDay(new(2027, 9, 8), false, "台风停工"))]);
        var day = layers.For(["粤"], June).Day(new(2027, 9, 8));
        Assert.Equal((DayKind.Holiday, false), (day.Kind, day.YearLoaded));
    }

    [Fact]
    public void Layers_out_of_order_or_without_a_national_one_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CalendarLayers("national", [Local("粤", June)]));
        Assert.Throws<ArgumentException>(() => new CalendarLayers("national", [National, Local("粤", June), Local("粤", June.AddDays(-1))]));
    }

    [Theory]
    [InlineData("2026-11-23 13:26", "2026-11-23 13:26")]
    [InlineData("2026-11-23 08:00", "2026-11-23 08:00")]
    [InlineData("2026-11-23 07:59", "2026-11-23 08:00")]
    [InlineData("2026-11-23 20:00", "2026-11-24 08:00")]
    [InlineData("2026-11-27 21:00", "2026-11-30 08:00")]
    [InlineData("2026-09-30 20:00", "2026-10-08 08:00")]
    [InlineData("2026-10-10 09:00", "2026-10-10 09:00")]
    public void People_are_told_in_the_next_window_of_a_business_day(string moment, string told)
    {
        NotificationWindow window = new(Holidays.Shipped, new(TimeSpan.FromHours(8), TimeSpan.FromHours(20)));
        Assert.Equal(At(told), window.From(At(moment)));
    }

    private static CalendarLayer Local(string scope, DateTimeOffset from, params NamedDay[] days) => new(scope, [.. days], [], from);

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), Shanghai.Offset);
}
