using System.Text;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Calendar;

public sealed class CalendarFileTests
{
    [Fact]
    public void The_shipped_table_reads_as_it_stands()
    {
        var file = Read(File.ReadAllText(Path.Combine(Repository.Root, "ReviewConsole/Catalog/Facts/holidays.csv")));
        Assert.Empty(file.Problems);
        Assert.Equal(ReviewConsole.Catalog.Holidays.Shipped.Days.AsEnumerable(), file.Days.AsEnumerable());
    }

    [Fact]
    public void Everything_wrong_with_a_table_is_named_by_its_line()
    {
        var file = Read("date,type,name\n2027-10-01,off,国庆节\n2027-13-01,off,国庆节\n2027-10-02,free,国庆节\n2027-10-03,off,\n2027-10-01,off,国庆节\n1999-01-01,off,元旦\n2027-10-04,work,国庆节\n2027-10-05,off\n");
        Assert.Equal(
            ["3 DATE 2027-13-01", "4 TYPE free", "5 NAME ", "6 TWICE 2027-10-01", "7 YEAR 1999-01-01", "8 WEEKDAY_WORKED 2027-10-04", "9 COLUMNS "],
            file.Problems.Select(p => $"{p.Line} {p.Code} {p.Detail}"));
        Assert.Empty(file.Days);
    }

    [Theory]
    [InlineData("", "HEADER")]
    [InlineData("day,kind\n", "HEADER")]
    [InlineData("date,type,name\n", "EMPTY")]
    [InlineData("date,type,name\n2027-10-01,off,\"国庆节\n", "QUOTES")]
    [InlineData("BEGIN:VCALENDAR\nnonsense", "ICS")]
    [InlineData("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "EMPTY")]
    public void A_file_that_is_none_says_so(string text, string code) => Assert.Equal(code, Assert.Single(Read(text).Problems).Code);

    [Fact]
    public void Bytes_that_are_no_text_say_so() => Assert.Equal("ENCODING", Assert.Single(CalendarFile.Read([0xff, 0xfe, 0xd6], national: true).Problems).Code);

    [Fact]
    public void An_authority_may_work_on_an_ordinary_day() =>
        Assert.Empty(CalendarFile.Read(Encoding.UTF8.GetBytes("date,type,name\n2026-10-01,work,值班\n"), national: false).Problems);

    [Fact]
    public void Whole_day_events_are_read_with_their_end_excluded_and_worked_weekends_known_by_their_mark()
    {
        var file = Read(Ics(
            Event("20271001", "20271004", "国庆节 休"),
            Event("20271009", null, "国庆节(补班)"),
            Event("20271010", "20271011", "国庆节", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"),
            Event("20271225", "20271226", "Christmas (holiday)")));
        Assert.Empty(file.Problems);
        Assert.Equal(
            [
                new NamedDay(new(2027, 10, 1), false, "国庆节"), new(new(2027, 10, 2), false, "国庆节"), new(new(2027, 10, 3), false, "国庆节"),
                new(new(2027, 10, 9), true, "国庆节"), new(new(2027, 10, 10), true, "国庆节"), new(new(2027, 12, 25), false, "Christmas"),
            ],
            file.Days.AsEnumerable());
    }

    [Fact]
    public void Events_that_are_no_days_are_named_by_the_line_they_begin_on()
    {
        var file = Read(Ics(
            Event("20271001", "20271004", "国庆节", "RRULE:FREQ=YEARLY"),
            Event("20270101", "20270401", "寒假"),
            "BEGIN:VEVENT\r\nUID:t\r\nDTSTART:20271001T090000Z\r\nSUMMARY:会议\r\nEND:VEVENT\r\n"));
        Assert.Equal(["4 REPEATS", "11 TOO_LONG", "17 WHOLE_DAY"], file.Problems.Select(p => $"{p.Line} {p.Code}"));
    }

    private static CalendarFile Read(string text) => CalendarFile.Read(Encoding.UTF8.GetBytes(text), national: true);

    private static string Ics(params string[] events) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//ZH\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    private static string Event(string from, string? to, string summary, string? more = null) =>
        $"BEGIN:VEVENT\r\nUID:{from}\r\nDTSTART;VALUE=DATE:{from}\r\n{(to is null ? "" : $"DTEND;VALUE=DATE:{to}\r\n")}SUMMARY:{summary}\r\n{(more is null ? "" : more + "\r\n")}END:VEVENT\r\n";
}
