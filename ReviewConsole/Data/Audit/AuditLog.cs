using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ReviewConsole.Domain;

namespace ReviewConsole.Data.Audit;

/// <summary>Makes the links of the chains.</summary>
public static class AuditLog
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveStreamOut } },
    };

    /// <summary>The hash of a row: it covers the hash of the row before and every column but the id.</summary>
    /// <param name="before">Hash of the row before in the stream; empty for the first.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="sequence">Place in the stream.</param>
    /// <param name="at">The moment in UTC ticks.</param>
    /// <param name="actor">Who.</param>
    /// <param name="kind">Name of the event.</param>
    /// <param name="payload">The event as it is stored.</param>
    public static string HashOf(string before, string stream, long sequence, long at, string actor, string kind, string payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var field in (ReadOnlySpan<string>)[before, stream, actor, kind, payload])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }

        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        hash.AppendData(number);
        BinaryPrimitives.WriteInt64BigEndian(number, at);
        hash.AppendData(number);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The links that a change adds, in the order in which it happened.</summary>
    /// <param name="heads">The last link of each stream that is there already; afterwards the new ones.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="now">When.</param>
    internal static List<AuditEntry> Links(Dictionary<string, AuditHead> heads, IEnumerable<DomainEvent> happened, string actor, DateTimeOffset now)
    {
        List<AuditEntry> links = [];
        foreach (var e in happened)
        {
            if (!heads.TryGetValue(e.Stream, out var head))
                heads.Add(e.Stream, head = new AuditHead { Stream = e.Stream, Sequence = 0, Hash = "" });
            var (sequence, kind, payload) = (head.Sequence + 1, e.GetType().Name, JsonSerializer.Serialize(e, e.GetType(), Json));
            var hash = HashOf(head.Hash, e.Stream, sequence, now.UtcTicks, actor, kind, payload);
            links.Add(new AuditEntry { Stream = e.Stream, Sequence = sequence, At = now, Actor = actor, Kind = kind, Payload = payload, Hash = hash });
            (head.Sequence, head.Hash) = (sequence, hash);
        }

        return links;
    }

    // The stream has a column of its own, and [JsonIgnore] on an abstract member does not reach its overrides.
    private static void LeaveStreamOut(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(DomainEvent)))
            return;
        foreach (var stream in type.Properties.Where(p => p.Name == nameof(DomainEvent.Stream)).ToList())
            type.Properties.Remove(stream);
    }
}
