using ReviewConsole.Catalog;
using ReviewConsole.Domain.People;
using ReviewConsole.Photos.Drawn;

namespace ReviewConsole.Demo;

/// <summary>What happens to a made-up request.</summary>
internal enum DemoFate
{
    Waits,
    Approved,
    Rejected,
    Asked,
    AnsweredAndWaits,
    Withdrawn,
    SecondReview,
}

/// <summary>A made-up request: who, when, with what pictures, and what becomes of it.</summary>
internal sealed record DemoRequest(
    int Number, string Queue, string Authority, DateTimeOffset At, string Name, string CitizenNumber, string Phone, string Status, DemoFate Fate, DateTimeOffset HandledAt,
    string? Reason, DrawnPortraitOptions Picture);

/// <summary>300 made-up requests over the week before a moment. The same moment gives the same plan.</summary>
internal static class DemoPlan
{
    public const int Requests = 300;

    private static readonly string[] Authorities = ["粤B", "粤A", "浙A"];
    private static readonly string[] Areas = ["440305", "440106", "330106"];
    private const string Surnames = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高";
    private static readonly string[] Given = ["伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "雨桐", "子轩", "浩然", "思远", "嘉怡", "晓明", "建国", "秀英", "志强", "丽华"];
    private static readonly string[] PhotoReasons = ["PHOTO_BACKGROUND", "PHOTO_HEAD_LENGTH", "PHOTO_BLUR", "PHOTO_GLASSES", "PHOTO_HAT"];
    private static readonly string[] CardReasons = ["ID_GLARE", "ID_BLUR", "ID_CROPPED"];

    /// <summary>The plan, oldest request first.</summary>
    public static IReadOnlyList<DemoRequest> Make(DateTimeOffset now)
    {
        Random random = new(20261122);
        List<DemoRequest> plan = [];
        for (var i = 0; i < Requests; i++)
        {
            // Ages from a week to a minute; more of them young, as in a queue that is worked on.
            var age = TimeSpan.FromHours(168 * Math.Pow(1 - ((i + 0.5) / Requests), 2.2));
            plan.Add(One(i, now - age, now, random));
        }

        return plan;
    }

    private static DemoRequest One(int number, DateTimeOffset at, DateTimeOffset now, Random random)
    {
        var place = number % Authorities.Length;
        var queue = number % 4 == 3 ? Queues.IdPhoto : Queues.ELicence;
        var born = new DateOnly(1955, 1, 1).AddDays(random.Next(365 * 48));
        var citizen = CitizenId.Compose(Areas[place], born, (number * 7 % 998) + 1).Value;
        var name = number % 41 == 40 ? "阿依古丽·买买提" : $"{Surnames[random.Next(Surnames.Length)]}{Given[random.Next(Given.Length)]}";
        var handled = at + TimeSpan.FromHours(1 + (random.NextDouble() * 14));
        var fate = Fate(number, random, at, now, handled > now - TimeSpan.FromMinutes(1));
        var reasons = queue == Queues.ELicence ? PhotoReasons : CardReasons;
        return new(
            number, queue, Authorities[place], at, name, citizen, $"13{random.NextInt64(100_000_000, 999_999_999)}", number % 37 == 5 ? "H" : "A", fate, handled,
            fate is DemoFate.Rejected or DemoFate.Asked or DemoFate.AnsweredAndWaits ? reasons[random.Next(reasons.Length)]
                : fate == DemoFate.SecondReview ? queue == Queues.ELicence ? "PHOTO_NOT_APPLICANT" : "ID_FACE_MISMATCH" : null,
            Picture(number));
    }

    private static DemoFate Fate(int number, Random random, DateTimeOffset at, DateTimeOffset now, bool young)
    {
        var roll = random.NextDouble();
        // A few were forgotten: they are what 'overdue' looks like.
        return young || number % 53 == 7 ? DemoFate.Waits : roll switch
        {
            < 0.12 when at > now - TimeSpan.FromHours(20) => DemoFate.Waits,
            < 0.66 => DemoFate.Approved,
            < 0.84 => DemoFate.Rejected,
            < 0.90 => DemoFate.Asked,
            < 0.93 => DemoFate.AnsweredAndWaits,
            < 0.96 => DemoFate.Withdrawn,
            _ => DemoFate.SecondReview,
        };
    }

    // Most portraits are in order; some have what the checks look for.
    private static DrawnPortraitOptions Picture(int number) => (number % 17) switch
    {
        2 => new() { Background = 0xBFD7EE },
        5 => new() { HeadLengthMm = 23.4, HeadWidthMm = 17.1, TopMarginMm = 0.9 },
        8 => new() { HeadLengthMm = 17.8, HeadWidthMm = 13 },
        11 => new() { Blur = 4 },
        13 => new() { DarkGlasses = true },
        15 => new() { HeadWidthMm = 16.2 },
        _ => new(),
    };

    /// <summary>How a card is photographed: mostly well, now and then not.</summary>
    public static CardScene Scene(int number) => new CardScene { Width = 1000, Height = 720, Size = 0.78 } with
    {
        Turn = (number * 7 % 11) - 5,
        Tilt = number % 13,
        Lean = (number % 5) - 2,
        Table = (CardTable)(number / 4 % 5),
        Shade = number % 3 * 0.1,
        Noise = 3,
        Glare = number % 15 == 0 ? 0.12 : 0,
        BlurMm = number % 21 == 10 ? 1 : 0,
        ShiftX = number % 27 == 7 ? 0.2 : 0,
    };
}
