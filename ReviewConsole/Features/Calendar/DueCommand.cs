using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Calendar;

/// <summary>
/// The verb <c>due --queue Q --received T…</c>: tells when something received at each moment is due in the queue, one line
/// <c>received TAB due</c> each. Needs no database.
/// </summary>
/// <remarks>
/// <c>--received -</c> reads one moment a line from standard input, however many there are. The received moment is echoed as it was given; the due time is
/// <c>yyyy-MM-ddTHH:mm:ss+08:00</c>, a day's end (24:00) being 00:00 of the day after. Fractions of a second count in full, and are left off in print: who
/// goes by the printed time is never late. A line that is no moment, an empty one included, goes to standard error with its number, and the rest goes on.
/// Exit code: 0, or 1 where a line was bad, or 2 where the queue is unknown.
/// </remarks>
public static class DueCommand
{
    private const int LongestQuote = 60;

    /// <summary>Makes the verb.</summary>
    /// <param name="policyOf">The policy of a queue; null where there is no such queue.</param>
    /// <param name="queues">The ids of the queues there are.</param>
    /// <param name="calendar">The calendar to go by.</param>
    /// <param name="input">Where <c>--received -</c> reads from.</param>
    public static Command Create(Func<string, SlaPolicy?> policyOf, IReadOnlyCollection<string> queues, BusinessCalendar calendar, TextReader input)
    {
        var queue = new Option<string>("--queue")
        {
            Description = $"The queue: {string.Join(", ", queues)}.",
            HelpName = "id",
            Required = true,
        };
        var received = new Option<string[]>("--received")
        {
            Description = "Moments of receipt by ISO 8601, without an offset in Shanghai time; - reads them from standard input, one a line.",
            HelpName = "moment",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var explain = new Option<bool>("--explain") { Description = "Add why it is due then, in indented lines." };
        var language = new Option<string>("--language") { Description = "Language of the explanation.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh-CN");
        var command = new Command("due", "Tell when something received at a moment is due.") { queue, received, explain, language };
        command.SetAction(result =>
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(result.GetRequiredValue(language));
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var id = result.GetRequiredValue(queue);
            if (policyOf(id) is not { } policy)
            {
                error.Write($"There is no queue '{Quote(id)}'. The queues are: {string.Join(", ", queues)}.\n");
                return 2;
            }

            var answers = new Answers(new SlaClock(policy, calendar), result.GetValue(explain), output, error);
            var moments = result.GetRequiredValue(received);
            for (var i = 0; i < moments.Length; i++)
            {
                if (moments[i] == "-")
                {
                    answers.AnswerLines(input);
                }
                else
                {
                    answers.Answer(moments[i], "moment", i + 1);
                }
            }

            return answers.Finish();
        });
        return command;
    }

    /// <summary>Bad input on its way to a terminal: short, and without control characters.</summary>
    private static string Quote(string text) =>
        string.Concat((text.Length > LongestQuote ? text[..LongestQuote] + "…" : text).Select(letter => char.IsControl(letter) ? '?' : letter));

    // The words of the case page, without the application around them.
    private static readonly ClockWords Words = new(new StringLocalizer<ClockText>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)));

    private sealed class Answers(SlaClock clock, bool explain, TextWriter output, TextWriter error)
    {
        private readonly SortedSet<int> yearsNotLoaded = [];
        private bool bad;

        public void AnswerLines(TextReader lines)
        {
            for (var number = 1L; lines.ReadLine() is { } line; number++)
            {
                // A byte order mark is not part of what was given.
                Answer(number == 1 ? line.TrimStart('\uFEFF') : line, "line", number);
            }
        }

        public void Answer(string text, string place, long number)
        {
            var problem = MomentText.Read(text.Trim(' '), out var received);
            DateTimeOffset due = default;
            if (problem is null)
            {
                try
                {
                    due = clock.DueAt(received);
                }
                catch (ArgumentOutOfRangeException)
                {
                    problem = "due after the year 9999";
                }
            }

            if (problem is not null)
            {
                bad = true;
                error.Write(text.Length == 0 ? $"{place} {number}: {problem}\n" : $"{place} {number}: '{Quote(text)}': {problem}\n");
                return;
            }

            output.Write(string.Create(CultureInfo.InvariantCulture, $"{text}\t{due:yyyy-MM-dd'T'HH:mm:sszzz}\n"));
            yearsNotLoaded.UnionWith(clock.Calendar.YearsNotLoaded(received, due));
            if (explain)
            {
                foreach (var step in clock.Explain(received))
                {
                    var (when, what) = Words.Say(step);
                    output.Write($"  {when}  {what}\n");
                }
            }
        }

        public int Finish()
        {
            if (yearsNotLoaded.Count > 0)
            {
                error.Write($"note: no holiday notice is loaded for {string.Join(", ", yearsNotLoaded)}: plain Monday to Friday went there\n");
            }

            output.Flush();
            error.Flush();
            return bad ? 1 : 0;
        }
    }
}
