using System.Globalization;
using CsCheck;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Domain.People;

public sealed class CitizenIdTests
{
    private static readonly DateOnly today = new(2026, 6, 1);

    private static readonly Gen<CitizenId> anyId = Gen.Select(
        Gen.Int[100000, 999999],
        Gen.Int[new DateOnly(1900, 1, 1).DayNumber, today.DayNumber],
        Gen.Int[0, 999],
        (area, day, order) => CitizenId.Compose(area.ToString(CultureInfo.InvariantCulture), DateOnly.FromDayNumber(day), order));

    [Theory]
    [InlineData("11010519491231002X", "110105", "1949-12-31", Sex.Female, "110105********002X")]
    [InlineData("34052419800101001X", "340524", "1980-01-01", Sex.Male, "340524********001X")]
    public void The_standards_examples_are_read(string text, string area, string birth, Sex sex, string masked)
    {
        Assert.True(CitizenId.TryParse(text, today, out var id, out _));
        Assert.Equal((area, DateOnly.Parse(birth, CultureInfo.InvariantCulture), sex, masked), (id.AreaCode, id.BirthDate, id.Sex, id.Masked));
        Assert.Equal(text, id.Value);
        Assert.DoesNotContain("19491231", id.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData(" 11010519491231002X ")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    public void Small_full_width_and_padded_spellings_mean_the_same_number(string text)
    {
        Assert.True(CitizenId.TryParse(text, today, out var id, out _));
        Assert.Equal("11010519491231002X", id.Value);
    }

    [Theory]
    [InlineData(null, "ID_NUMBER_EMPTY")]
    [InlineData("  ", "ID_NUMBER_EMPTY")]
    [InlineData("110105491231002", "ID_NUMBER_FORM")] // fifteen digits: first generation
    [InlineData("11010519491231002X1", "ID_NUMBER_FORM")]
    [InlineData("X1010519491231002X", "ID_NUMBER_FORM")]
    [InlineData("11010519491231002Y", "ID_NUMBER_FORM")]
    [InlineData("1101051949123100 2", "ID_NUMBER_FORM")]
    [InlineData("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "ID_NUMBER_FORM")] // other scripts' digits are not these digits
    [InlineData("110105194902290021", "ID_NUMBER_BIRTH_DATE")]
    [InlineData("110105194913010021", "ID_NUMBER_BIRTH_DATE")]
    [InlineData("110105000000000021", "ID_NUMBER_BIRTH_DATE")]
    [InlineData("110105202606020021", "ID_NUMBER_BIRTH_DATE")] // tomorrow
    [InlineData("110105194912310021", "ID_NUMBER_CHECK")]
    public void What_is_no_number_is_refused_with_its_code(string? text, string code)
    {
        Assert.False(CitizenId.TryParse(text, today, out var id, out var refusal));
        Assert.Null(id);
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Somebody_born_today_has_a_number()
    {
        var born = CitizenId.Compose("110105", today, 1).Value;
        Assert.True(CitizenId.TryParse(born, today, out _, out _));
        Assert.False(CitizenId.TryParse(born, today.AddDays(-1), out _, out _));
    }

    [Fact]
    public void The_check_character_is_that_of_ISO_7064_MOD_11_2() => anyId.Sample(id =>
    {
        // The standard's recursion, which knows no weights.
        var p = id.Value[..17].Aggregate(0, (sum, digit) => (sum + digit - '0') * 2 % 11);
        var expected = (12 - p) % 11;
        Assert.Equal(expected == 10 ? 'X' : (char)('0' + expected), id.Value[17]);
        Assert.True(CitizenId.TryParse(id.Value, today, out var parsed, out _));
        Assert.Equal(id, parsed);
    });

    [Fact]
    public void Every_change_of_one_character_is_found() => anyId.Sample(
        id =>
        {
            for (var at = 0; at < CitizenId.Length; at++)
            {
                foreach (var other in "0123456789X".Where(c => c != id.Value[at]))
                {
                    Assert.False(CitizenId.TryParse($"{id.Value[..at]}{other}{id.Value[(at + 1)..]}", today, out _, out _));
                }
            }
        },
        iter: 30);

    [Fact]
    public void Every_swap_of_neighbours_is_found() => anyId.Sample(id =>
    {
        for (var at = 0; at + 1 < CitizenId.Length; at++)
        {
            var swapped = id.Value.ToCharArray();
            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
            Assert.Equal(swapped[at] == swapped[at + 1], CitizenId.TryParse(new(swapped), today, out _, out _));
        }
    });

    [Fact]
    public void Nothing_that_is_typed_makes_it_throw() => Gen.String.Sample(text =>
        Assert.NotEqual(CitizenId.TryParse(text, today, out var id, out var refusal), id is null || refusal is not null));

    [Theory]
    [InlineData("2010-05-06", "2026-05-05", 15)]
    [InlineData("2010-05-06", "2026-05-06", 16)]
    [InlineData("2004-02-29", "2021-02-28", 16)]
    [InlineData("2004-02-29", "2021-03-01", 17)]
    [InlineData("2004-02-29", "2024-02-29", 20)]
    public void A_year_of_age_is_complete_on_the_birthday(string birth, string date, int age) =>
        Assert.Equal(age, CitizenId.Compose("110105", DateOnly.Parse(birth, CultureInfo.InvariantCulture), 1).AgeOn(DateOnly.Parse(date, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("11010", 1)]
    [InlineData("11010A", 1)]
    [InlineData("110105", -1)]
    [InlineData("110105", 1000)]
    public void Parts_that_make_no_number_are_an_error_of_the_caller(string area, int order) =>
        Assert.ThrowsAny<ArgumentException>(() => CitizenId.Compose(area, today, order));
}
