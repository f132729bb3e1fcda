using System.CommandLine;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;

namespace ReviewConsole.Tests.Features.Calendar;

public sealed class DueCommandTests
{
    [Fact]
    public void Each_moment_is_answered_on_a_line_as_it_was_given() => Assert.Equal(
        (0, "2026-02-13T10:00\t2026-02-14T10:00:00+08:00\n2026-03-07 10:00:00\t2026-03-10T00:00:00+08:00\n", ""),
        Run("", "--queue", "e-licence", "--received", "2026-02-13T10:00", "2026-03-07 10:00:00"));

    [Fact]
    public void The_option_may_be_given_again() => Assert.Equal(
        (0, "2026-02-13T10:00\t2026-02-14T10:00:00+08:00\n2026-02-13T11:00\t2026-02-14T11:00:00+08:00\n", ""),
        Run("", "--received", "2026-02-13T10:00", "--received", "2026-02-13T11:00", "--queue", "e-licence"));

    [Theory]
    [InlineData("2026-03-06T15:00", "2026-03-09T15:00:00")]
    [InlineData("2026-03-06 15:00", "2026-03-09T15:00:00")]
    [InlineData("2026-03-06T15:00:07", "2026-03-09T15:00:07")]
    [InlineData("2026-03-06T15:00+08:00", "2026-03-09T15:00:00")]
    [InlineData("2026-03-06T07:00:00Z", "2026-03-09T15:00:00")]
    [InlineData("2026-03-06t07:00:00z", "2026-03-09T15:00:00")]
    [InlineData("2026-03-06T02:00:00-05:00", "2026-03-09T15:00:00")]
    [InlineData("2026-03-06T12:30+0530", "2026-03-09T15:00:00")]
    [InlineData("2026-03-05T24:00", "2026-03-07T00:00:00")]
    [InlineData("2026-03-06T15:00:07.999999999+08:00", "2026-03-09T15:00:07")]
    [InlineData("  2026-03-06T15:00 ", "2026-03-09T15:00:00")]
    public void Moments_are_read_in_the_forms_of_ISO_8601(string received, string due) =>
        Assert.Equal((0, $"{received}\t{due}+08:00\n", ""), Run("", "--queue", "e-licence", "--received", received));

    [Theory]
    [InlineData("2026-03-06", "'2026-03-06': a date without a time; write 2026-03-06T00:00 if the start of the day is meant")]
    [InlineData("2026-02-30T10:00", "'2026-02-30T10:00': there is no day 2026-02-30")]
    [InlineData("2026-03-06T24:01", "'2026-03-06T24:01': there is no time 24:01")]
    [InlineData("2026-03-06T10:60", "'2026-03-06T10:60': there is no time 10:60")]
    [InlineData("2026-03-06T10:00:60", "'2026-03-06T10:00:60': there is no time 10:00:60")]
    [InlineData("2026-03-06T10:00+15:00", "'2026-03-06T10:00+15:00': there is no offset +15:00")]
    [InlineData("0001-01-01T00:00+14:00", "'0001-01-01T00:00+14:00': outside the years 0001 to 9999")]
    [InlineData("0001-01-01T00:00", "'0001-01-01T00:00': outside the years 0001 to 9999")]
    [InlineData("9999-12-31T23:00Z", "'9999-12-31T23:00Z': outside the years 0001 to 9999")]
    [InlineData("9999-12-31T10:00", "'9999-12-31T10:00': due after the year 9999")]
    [InlineData("06.03.2026 10:00", "'06.03.2026 10:00': not a moment such as 2026-02-13T10:00 or 2026-02-13T10:00:00+08:00")]
    [InlineData("2026-03-06T10:00\t", "'2026-03-06T10:00?': not a moment")]
    [InlineData("", "empty; a moment such as 2026-02-13T10:00 was expected")]
    public void What_is_no_moment_is_told_with_its_number_and_the_rest_goes_on(string bad, string problem)
    {
        var (code, output, error) = Run($"2026-02-13T10:00\r\n{bad}\n2026-02-13T11:00", "--queue", "e-licence", "--received", "-");
        Assert.Equal((1, "2026-02-13T10:00\t2026-02-14T10:00:00+08:00\n2026-02-13T11:00\t2026-02-14T11:00:00+08:00\n"), (code, output));
        Assert.StartsWith("line 2: ", error, StringComparison.Ordinal);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(letter => letter == '\n'));
    }

    [Fact]
    public void A_bad_argument_is_told_by_its_place_and_without_control_characters() => Assert.Equal(
        (1, "2026-02-13T10:00\t2026-02-14T10:00:00+08:00\n", "moment 2: '?[31mred': not a moment such as 2026-02-13T10:00 or 2026-02-13T10:00:00+08:00\n"),
        Run("", "--queue", "e-licence", "--received", "2026-02-13T10:00", "\u001b[31mred"));

    [Fact]
    public void Standard_input_may_have_a_byte_order_mark_or_nothing()
    {
        Assert.Equal((0, "2026-02-13T10:00\t2026-02-14T10:00:00+08:00\n", ""), Run("\uFEFF2026-02-13T10:00\r\n", "--received", "-", "--queue", "e-licence"));
        Assert.Equal((0, "", ""), Run("", "--queue", "e-licence", "--received", "-"));
    }

    [Fact]
    public void The_queue_s_own_policy_holds() => Assert.Equal(
        (0, "2026-03-06T15:00\t2026-03-10T00:00:00+08:00\n", ""), Run("", "--queue", "second", "--received", "2026-03-06T15:00"));

    [Fact]
    public void An_unknown_queue_is_told_with_the_known_ones() => Assert.Equal(
        (2, "", "There is no queue 'e-license'. The queues are: e-licence, second.\n"), Run("", "--queue", "e-license", "--received", "2026-03-06T15:00"));

    [Fact]
    public void A_year_that_is_not_loaded_is_told() => Assert.Equal(
        (0, "2027-10-01T10:00\t2027-10-04T10:00:00+08:00\n", "note: no holiday notice is loaded for 2027: plain Monday to Friday went there\n"),
        Run("", "--queue", "e-licence", "--received", "2027-10-01T10:00"));

    [Fact]
    public void Explain_adds_the_derivation_in_indented_lines()
    {
        var (code, output, _) = Run("", "--queue", "e-licence", "--explain", "--received", "2026-05-04T10:00", "2025-12-31T10:00:30");
        Assert.Equal(0, code);
        Assert.Equal(
            $"""
            2026-05-04T10:00	2026-05-07T00:00:00+08:00
              2026-05-04 10:00  received; policy business-days/1 (business days of elapsed time: 1), calendar {Holidays.Shipped.Version}
              2026-05-04  skipped: Monday, holiday 劳动节
              2026-05-05  skipped: Tuesday, holiday 劳动节
              2026-05-06 00:00-24:00  24 h 0 min counted: Wednesday
              2026-05-07 00:00  due, with 24 h 0 min used
            2025-12-31T10:00:30	2026-01-04T10:00:30+08:00
              2025-12-31 10:00:30  received; policy business-days/1 (business days of elapsed time: 1), calendar {Holidays.Shipped.Version}
              2025-12-31 10:00:30-24:00  13 h 59 min 30 s counted: Wednesday
              2026-01-01  skipped: Thursday, holiday 元旦
              2026-01-02  skipped: Friday, holiday 元旦
              2026-01-03  skipped: Saturday, holiday 元旦
              2026-01-04 00:00-10:00:30  10 h 0 min 30 s counted: Sunday, worked for 元旦
              2026-01-04 10:00:30  due, with 24 h 0 min used

            """,
            output);
    }

    [Fact]
    public void A_hundred_thousand_lines_are_answered_in_seconds_without_being_held()
    {
        using var input = new Repeated("2026-02-13T10:00:00.123+08:00", 100_000);
        using var output = new Counting();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(0, Command(input).Parse(["--queue", "e-licence", "--received", "-"]).Invoke(new() { Output = output, Error = TextWriter.Null }));
        Assert.Equal(100_000, output.Lines);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), watch.Elapsed.ToString());
    }

    private static Command Command(TextReader input) => DueCommand.Create(
        id => id switch { "e-licence" => SlaPolicy.OneBusinessDay, "second" => SlaPolicy.EndOfNextBusinessDay, _ => null },
        ["e-licence", "second"], Holidays.Shipped, input);

    private static (int Code, string Output, string Error) Run(string input, params string[] args)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Command(reader).Parse(args).Invoke(new() { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private sealed class Repeated(string line, int times) : TextReader
    {
        private int left = times;

        public override string? ReadLine() => left-- > 0 ? line : null;
    }

    private sealed class Counting : StringWriter
    {
        public int Lines { get; private set; }

        public override void Write(string? value) => Lines += value!.Count(letter => letter == '\n');
    }
}
