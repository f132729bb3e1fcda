using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace ReviewConsole.Data.Audit;

/// <summary>What kind of actor did something.</summary>
public enum DoerKind
{
    /// <summary>A member of staff.</summary>
    Staff,

    /// <summary>An API client.</summary>
    Client,

    /// <summary>The product's own work, or its command line.</summary>
    System,
}

/// <summary>Who did something.</summary>
/// <param name="Kind">Staff, client or the product.</param>
/// <param name="Name">Name of the person or client; what is left of the actor's id where nobody has that id.</param>
public sealed record Doer(DoerKind Kind, string Name);

/// <summary>A member of an event.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Values">Its values as they were stored, but for members of staff, who stand here by name.</param>
public sealed record ChangeDetail(string Field, IReadOnlyList<string> Values);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Who">By whom.</param>
/// <param name="Kind">Name of the event.</param>
/// <param name="Details">What the event says; without who did it, which <paramref name="Who"/> says.</param>
public sealed record ChangeLine(DateTimeOffset At, Doer Who, string Kind, IReadOnlyList<ChangeDetail> Details);

/// <summary>Reads rows of the audit log as people read them.</summary>
public static class StreamHistory
{
    private const string Staff = "staff:";
    private const string Client = "client:";

    /// <summary>The last things that happened in a stream, newest first.</summary>
    /// <param name="db">The store.</param>
    /// <param name="stream">The stream, for instance <c>case:…</c>.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<IReadOnlyList<ChangeLine>> Read(ReviewDb db, string stream, int most, CancellationToken cancel) =>
        await Lines(db, await db.AuditEntries.AsNoTracking().Where(e => e.Stream == stream).OrderByDescending(e => e.Sequence).Take(most).ToListAsync(cancel), cancel);

    /// <summary>The rows as lines, in their order, with the names of everybody they mention.</summary>
    public static async Task<IReadOnlyList<ChangeLine>> Lines(ReviewDb db, IReadOnlyList<AuditEntry> rows, CancellationToken cancel)
    {
        var details = rows.Select(row => Details(row)).ToList();
        var ids = rows.Select(row => Id(row.Actor)).Concat(details.SelectMany(d => d).SelectMany(d => d.Values).Select(Id)).OfType<Guid>().Distinct().ToList();
        var people = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        var clients = rows.Any(row => row.Actor.StartsWith(Client, StringComparison.Ordinal))
            ? await db.ApiClients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancel)
            : [];
        return [.. rows.Select((row, i) => new ChangeLine(row.At, Who(row.Actor, people, clients), row.Kind, [.. details[i].Select(d => new ChangeDetail(d.Field, [.. d.Values.Select(Named)]))]))];

        string Named(string value) => Id(value) is { } id && people.TryGetValue(id, out var name) ? name : value;
    }

    private static Doer Who(string actor, Dictionary<Guid, string> people, Dictionary<Guid, string> clients)
    {
        var (kind, names) = actor.StartsWith(Staff, StringComparison.Ordinal) ? (DoerKind.Staff, people) : actor.StartsWith(Client, StringComparison.Ordinal) ? (DoerKind.Client, clients) : (DoerKind.System, null);
        var rest = actor[(actor.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return new(kind, Id(actor) is { } id && names?.TryGetValue(id, out var name) == true ? name : rest);
    }

    private static Guid? Id(string text) => Guid.TryParseExact(text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1), "D", out var id) ? id : null;

    private static List<ChangeDetail> Details(AuditEntry row)
    {
        List<ChangeDetail> details = [];
        try
        {
            using var json = JsonDocument.Parse(row.Payload);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                var values = Values(member.Value).ToList();
                if (values.Count > 0 && !(values is [var only] && row.Actor == Staff + only))
                    details.Add(new(member.Name, values));
            }
        }
        catch (Exception tampered) when (tampered is JsonException or InvalidOperationException)
        {
            // Somebody wrote past the product; verification names the row, and the list still has to show it.
            details.Clear();
        }

        return details;
    }

    // An id is an object of one value.
    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Values),
        JsonValueKind.Object => value.TryGetProperty("Value", out var inner) ? Values(inner) : [],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        _ => [value.ToString()],
    };
}
