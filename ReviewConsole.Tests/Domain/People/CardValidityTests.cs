using System.Globalization;
using CsCheck;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Domain.People;

public sealed class CardValidityTests
{
    private static readonly DateOnly today = new(2026, 6, 1);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(15, 5)]
    [InlineData(16, 10)]
    [InlineData(25, 10)]
    [InlineData(26, 20)]
    [InlineData(45, 20)]
    [InlineData(46, null)]
    [InlineData(90, null)]
    public void Each_age_at_issue_has_its_span(int age, int? years)
    {
        Assert.Equal(years, CardValidity.YearsAt(age));

        // As the card says it: issued on the very birthday, and on the last day before the next.
        foreach (var from in (DateOnly[])[today, today.AddYears(1).AddDays(-1)])
        {
            var holder = CitizenId.Compose("110105", today.AddYears(-age), 1);
            Assert.Empty(Card(from, years is { } y ? from.AddYears(y) : null).Judge(holder, from).Warnings);
        }
    }

    [Theory]
    [InlineData(15, 10)]
    [InlineData(16, 5)]
    [InlineData(25, 20)]
    [InlineData(26, 10)]
    [InlineData(45, null)]
    [InlineData(46, 20)]
    public void A_span_of_another_age_is_a_warning_and_no_refusal(int age, int? years)
    {
        var verdict = Card(today, years is { } y ? today.AddYears(y) : null).Judge(CitizenId.Compose("110105", today.AddYears(-age), 1), today);
        Assert.Equal(new(null, [CardValidityVerdict.SpanUnusual]), verdict);
    }

    [Fact]
    public void The_last_day_counts_and_the_next_is_expired()
    {
        var holder = CitizenId.Compose("110105", new(1990, 1, 1), 1);
        var card = Card(new(2016, 6, 1), new(2036, 6, 1));
        Assert.Null(card.Judge(holder, new(2036, 6, 1)).Refusal);
        Assert.Equal(new("ID_EXPIRED", "2036-06-01"), card.Judge(holder, new(2036, 6, 2)).Refusal);
        Assert.Null(card.Judge(holder, new(2016, 6, 1)).Refusal);
        Assert.Equal(new("ID_VALIDITY_NOT_STARTED", "2016-06-01"), card.Judge(holder, new(2016, 5, 31)).Refusal);
    }

    [Fact]
    public void A_long_term_card_never_expires() =>
        Assert.Null(Card(new(2010, 1, 1), null).Judge(CitizenId.Compose("110105", new(1950, 1, 1), 1), new(2099, 1, 1)).Refusal);

    [Theory]
    [InlineData("2034-02-28", true)]
    [InlineData("2034-03-01", true)]
    [InlineData("2034-02-27", false)]
    [InlineData("2034-03-02", false)]
    public void A_card_of_a_leap_day_may_end_on_either_side_of_it(string to, bool fits) =>
        Assert.Equal(fits, Card(new(2024, 2, 29), DateOnly.Parse(to, CultureInfo.InvariantCulture)).Judge(CitizenId.Compose("110105", new(2004, 1, 1), 1), today).Warnings.IsEmpty);

    [Fact]
    public void Dates_that_no_second_generation_card_bears_are_warnings()
    {
        var verdict = Card(new(2003, 12, 31), null).Judge(CitizenId.Compose("110105", new(1950, 1, 1), 1), today);
        Assert.Equal(CardValidityVerdict.BeforeSecondGeneration, Assert.Single(verdict.Warnings));
        Assert.Empty(Card(new(2004, 1, 1), null).Judge(CitizenId.Compose("110105", new(1950, 1, 1), 1), today).Warnings);
        verdict = Card(new(2010, 1, 1), new(2030, 1, 1)).Judge(CitizenId.Compose("110105", new(2010, 1, 2), 1), today);
        Assert.Equal(CardValidityVerdict.BeforeBirth, Assert.Single(verdict.Warnings));
    }

    [Fact]
    public void A_card_that_ends_before_it_begins_is_refused()
    {
        Assert.False(CardValidity.TryCreate(today, today.AddDays(-1), out _, out var refusal));
        Assert.Equal("ID_VALIDITY_ORDER", refusal.Code);
        Assert.True(CardValidity.TryCreate(today, today, out _, out _));
    }

    [Fact]
    public void Within_its_days_and_only_then_a_card_is_not_refused() =>
        Gen.Select(Gen.Int[0, 9000], Gen.Int[0, 9000], Gen.Int[-3000, 12000]).Sample((start, span, day) =>
        {
            var from = new DateOnly(2004, 1, 1).AddDays(start);
            var now = new DateOnly(2004, 1, 1).AddDays(day);
            var verdict = Card(from, from.AddDays(span)).Judge(CitizenId.Compose("110105", new(1980, 1, 1), 1), now);
            Assert.Equal(day >= start && day <= start + span, verdict.Refusal is null);
        });

    private static CardValidity Card(DateOnly from, DateOnly? to)
    {
        Assert.True(CardValidity.TryCreate(from, to, out var validity, out _));
        return validity;
    }
}
