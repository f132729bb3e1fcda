using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;

namespace ReviewConsole.Ui;

/// <summary>Marks the words of everything that the audit log keeps: <c>Event_KIND</c>, <c>Field_NAME</c> of the members worth showing, <c>Value_NAME</c> of their values.</summary>
public sealed class EventText;

/// <summary>Says in the reader's language what happened, to what and by whom.</summary>
public sealed class EventWords(IStringLocalizer<EventText> text, IStringLocalizer<RefusalText> refusals, Queues queues, Reasons reasons)
{
    private const int ShortId = 6;

    /// <summary>What happened; the event's own name where it has no words.</summary>
    public string Kind(string kind) => text[$"Event_{kind}"] is { ResourceNotFound: false } words ? words : kind;

    /// <summary>Who did it.</summary>
    public string Who(Doer who) => who.Kind switch
    {
        DoerKind.System => text["Who_System"],
        DoerKind.Client => text["Who_Client", Short(who.Name)],
        _ => Short(who.Name),
    };

    /// <summary>The members that have words, each with its values in words.</summary>
    public IEnumerable<(string Field, string Value)> Details(ChangeLine line) =>
        from detail in line.Details
        let field = text[$"Field_{detail.Field}"]
        // That the checks were done is what the event says anyway.
        where !field.ResourceNotFound && detail is not { Field: "ChecksGivenUp", Values: ["false"] }
        select (field.Value, Values(detail));

    /// <summary>What happened and the one member that matters most of it, for lists with little room; where a decision did not follow the machine, why.</summary>
    public string Line(ChangeLine line)
    {
        var main = new[] { "Outcome", "To", "Field", "Round", "Level" }.Select(name => line.Details.FirstOrDefault(d => d.Field == name)).FirstOrDefault(d => d is not null);
        var said = main is null ? Kind(line.Kind) : text["Line", Kind(line.Kind), Values(main)].Value;
        return line.Details.FirstOrDefault(d => d.Field == "Dissent") is { } dissent ? text["Line_Because", said, Values(dissent)] : said;
    }

    /// <summary>An id as people compare ids: its end, which differs also between ids of the same moment.</summary>
    public static string Short(string id) => Guid.TryParse(id, out _) ? $"…{id[^ShortId..]}" : id;

    private string Values(ChangeDetail detail) =>
        string.Join(text["Comma"], detail.Values.SelectMany(value => value.Split(", ")).Select(value => Value(detail.Field, value)));

    private string Value(string field, string value) => field switch
    {
        "Queue" or "Queues" => queues.Find(value) is { } queue ? Names.Of(queue) : value,
        "Authority" or "Authorities" => value,
        "Reasons" or "Codes" or "Against" => reasons.Find(value) is { } reason ? Names.Of(reason) : Refused(value),
        "Round" => text["Round", value],
        _ when text[$"Value_{value}"] is { ResourceNotFound: false } words => words,
        _ when value.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => Times.Exact(at),
        _ => Short(value),
    };

    // The words of a refusal with gaps need what stood in them, which the log does not keep.
    private string Refused(string code) => refusals[$"Refusal_{code}"] is { ResourceNotFound: false } words && !words.Value.Contains('{', StringComparison.Ordinal) ? words.Value.TrimEnd('。', '.') : code;
}
