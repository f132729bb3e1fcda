using ReviewConsole.Catalog;

namespace ReviewConsole.Tests.Catalog;

public sealed class HolidaysTests
{
    [Theory]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void The_shipped_notices_give_the_published_number_of_working_days(int year, int expected)
    {
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays);
        Assert.Equal(expected, days.Count(Holidays.Shipped.IsBusinessDay));
    }

    [Fact]
    public void The_shipped_calendar_has_2024_to_2026() => Assert.Equal([2024, 2025, 2026], Holidays.Shipped.LoadedYears);

    [Fact]
    public void A_notice_is_read_with_either_line_end()
    {
        using var text = new StringReader("date,type,name\r\n2027-01-01,off,元旦\n2027-01-03,work,元旦\r\n");
        Assert.Equal([new(new(2027, 1, 1), Worked: false, "元旦"), new(new(2027, 1, 3), Worked: true, "元旦")], Holidays.Read(text));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("day,type,name\n", 1)]
    [InlineData("date,type,name\n2027-01-01,off,元旦\n2027-02-30,off,春节\n", 3)]
    [InlineData("date,type,name\n2027-01-01,holiday,元旦\n", 2)]
    [InlineData("date,type,name\n2027-01-01,off,\n", 2)]
    [InlineData("date,type,name\n2027-01-01,off\n", 2)]
    public void A_bad_notice_is_refused_by_its_line(string text, int line)
    {
        using var reader = new StringReader(text);
        Assert.StartsWith($"Line {line}:", Assert.Throws<FormatException>(() => Holidays.Read(reader)).Message, StringComparison.Ordinal);
    }
}
