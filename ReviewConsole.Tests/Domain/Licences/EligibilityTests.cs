using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using static ReviewConsole.Domain.Licences.LicenceColour;

namespace ReviewConsole.Tests.Domain.Licences;

public sealed class EligibilityTests
{
    private const string NotValid = "LICENCE_NOT_VALID";
    private const string Expired = "LICENCE_EXPIRED";

    private static readonly DateOnly today = new(2026, 6, 1);
    private static readonly LicenceLetters letters = LicenceLetterCatalog.Standard;

    /// <summary>The rule as people read it, written a second time by hand: each letter with its refusal and its colour.</summary>
    private static readonly (char Letter, string? Code, LicenceColour Colour)[] rule =
    [
        ('A', null, Green), ('B', NotValid, Red), ('C', NotValid, Hidden), ('D', NotValid, Red), ('E', NotValid, Withdrawn),
        ('F', NotValid, Withdrawn), ('G', NotValid, Withdrawn), ('H', null, Green), ('I', null, Green), ('J', NotValid, Hidden),
        ('K', NotValid, Red), ('L', NotValid, Hidden), ('M', Expired, Red), ('N', null, Green), ('P', null, Green),
        ('R', NotValid, Withdrawn), ('S', NotValid, Red), ('T', null, Green), ('U', NotValid, Red),
    ];

    private static readonly DriverLicence licence = new("11010519491231002X", "A", "C1", new(2020, 7, 1), new(2030, 7, 1), "粤A", new(2026, 12, 31), DateTimeOffset.UnixEpoch);

    [Fact]
    public void Each_letter_allows_or_refuses_and_has_its_colour()
    {
        foreach (var (letter, code, colour) in rule)
        {
            var verdict = Judge(licence with { Status = $"{letter}" });
            Assert.Equal((letter, code is null, code, colour, false), (letter, verdict.Eligible, verdict.Refusal?.Code, verdict.Colour, verdict.Alarm));
            if (code is not null)
            {
                Assert.Equal([$"{letter}", letters.Read($"{letter}").Known.Single().Name], verdict.Refusal!.Details.Take(2));
            }
        }
    }

    [Fact]
    public void Every_letter_of_the_map_has_its_row_here() => Assert.Equal(rule.Select(r => r.Letter), letters.All.Select(l => l.Letter));

    [Fact]
    public void Of_joined_letters_any_refuses_and_the_worst_colour_counts()
    {
        foreach (var first in rule)
        {
            foreach (var second in rule.Where(r => r.Letter != first.Letter))
            {
                var verdict = Judge(licence with { Status = $"{first.Letter}{second.Letter}" });
                Assert.Equal(first.Code is null && second.Code is null, verdict.Eligible);
                Assert.Equal(new[] { first.Code, second.Code }.OfType<string>().Distinct().Order(), verdict.Refusals.Select(r => r.Code).Order());
                Assert.Equal(first.Colour > second.Colour ? first.Colour : second.Colour, verdict.Colour);
            }
        }
    }

    [Fact]
    public void Any_joined_letters_refuse_exactly_by_those_that_refuse() => Gen.Int[0, rule.Length - 1].Select(i => rule[i]).Array[1, 6].Sample(drawn =>
    {
        var verdict = Judge(licence with { Status = string.Concat(drawn.Select(d => d.Letter)) });
        Assert.Equal(drawn.Max(d => d.Colour), verdict.Colour);
        var offending = drawn.Where(d => d.Code is not null).Select(d => d.Letter).Distinct().Order();
        Assert.Equal(offending, verdict.Refusals.SelectMany(r => r.Details[0]).Order());
    });

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Z")]
    [InlineData("AZ")]
    [InlineData("A1")]
    [InlineData("H,M")]
    public void An_empty_or_unknown_letter_refuses_hides_and_raises_the_alarm(string status)
    {
        var verdict = Judge(licence with { Status = status });
        Assert.Equal((false, NotValid, true, Hidden), (verdict.Eligible, verdict.Refusal?.Code, verdict.Alarm, verdict.Colour));
    }

    [Fact]
    public void Letters_are_read_in_either_case() => Assert.Equal(Expired, Judge(licence with { Status = "hm" }).Refusal?.Code);

    [Fact]
    public void The_last_day_of_validity_counts()
    {
        var ends = licence with { ValidTo = today };
        Assert.True(Judge(ends).Eligible);
        var verdict = Judge(ends, today.AddDays(1));
        Assert.Equal(new("LICENCE_EXPIRED", "", "", "2026-06-01"), verdict.Refusal);
        Assert.Equal((Red, false), (verdict.Colour, verdict.Alarm));
        Assert.True(Judge(licence with { ValidTo = null }, DateOnly.MaxValue).Eligible);
    }

    [Theory]
    [InlineData("N", Expired)]
    [InlineData("P", NotValid)]
    [InlineData("T", NotValid)]
    public void An_extension_allows_until_its_last_day(string status, string code)
    {
        var extended = licence with { Status = status, ExtensionUntil = today };
        Assert.Equal(new([], Green, false), Judge(extended));
        var after = Judge(extended, today.AddDays(1));
        Assert.Equal((code, Red, false), (after.Refusal?.Code, after.Colour, after.Alarm));
    }

    [Fact]
    public void An_extended_renewal_stands_in_for_the_last_day_and_an_extended_examination_does_not()
    {
        var overrun = licence with { ValidTo = today.AddDays(-1), ExtensionUntil = today };
        Assert.True(Judge(overrun with { Status = "N" }).Eligible);
        Assert.Equal(Expired, Judge(overrun with { Status = "P" }).Refusal?.Code);
        Assert.Equal(Expired, Judge(overrun with { Status = "A" }).Refusal?.Code);
        Assert.Equal("2026-06-01", Judge(overrun with { Status = "N" }, today.AddDays(1)).Refusal?.Details[2]);
    }

    [Theory]
    [InlineData("N", Expired)]
    [InlineData("P", NotValid)]
    [InlineData("T", NotValid)]
    public void An_extension_without_its_date_refuses_and_raises_the_alarm(string status, string code)
    {
        var verdict = Judge(licence with { Status = status, ExtensionUntil = null });
        Assert.Equal((code, true), (verdict.Refusal?.Code, verdict.Alarm));
    }

    [Theory]
    [InlineData(RegistrationLevel.Online, false)]
    [InlineData(RegistrationLevel.Unit, false)]
    [InlineData(RegistrationLevel.RealPerson, true)]
    [InlineData(RegistrationLevel.Counter, true)]
    public void Only_authenticated_persons_may_apply(RegistrationLevel level, bool eligible)
    {
        Assert.Equal(eligible ? [] : ["LEVEL_TOO_LOW"], Eligibility.Judge(licence, level, today, letters).Refusals.Select(r => r.Code));
        var worst = Eligibility.Judge(licence with { Status = "UM" }, level, today, letters).Refusals.Select(r => r.Code);
        Assert.Equal(eligible ? [NotValid, Expired] : [NotValid, Expired, "LEVEL_TOO_LOW"], worst);
    }

    [Fact]
    public void Every_refusal_is_a_reason_that_a_reviewer_can_give()
    {
        foreach (var code in (string[])[Eligibility.LicenceNotValid, Eligibility.LicenceExpired, Eligibility.LevelTooLow, PhotoReplacement.TooSoon])
        {
            Assert.Equal("e-licence", Reasons.Standard.Find(code)?.QueueId);
        }
    }

    [Fact]
    public void Another_data_source_may_mean_something_else_by_a_letter()
    {
        var other = letters.With(new LicenceLetter('K', "协查", Allows: true, Green));
        Assert.True(Eligibility.Judge(licence with { Status = "K" }, RegistrationLevel.Counter, today, other).Eligible);
        Assert.False(Judge(licence with { Status = "K" }).Eligible);
        Assert.Equal(letters.All.Count(), other.All.Count());
    }

    private static EligibilityVerdict Judge(DriverLicence licence, DateOnly? day = null) =>
        Eligibility.Judge(licence, RegistrationLevel.RealPerson, day ?? today, letters);
}
