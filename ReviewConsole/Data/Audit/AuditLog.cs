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

    /// <summary>Appends a link for each event, in order.</summary>
    internal static async Task Append(ReviewDb db, IEnumerable<DomainEvent> happened, string actor, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var stream in happened.GroupBy(e => e.Stream, StringComparer.Ordinal))
        {
            var head = await db.AuditHeads.FindAsync([stream.Key], cancel);
            if (head is null)
                db.AuditHeads.Add(head = new AuditHead { Stream = stream.Key, Sequence = 0, Hash = "" });
            foreach (var e in stream)
            {
                var (sequence, kind, payload) = (head.Sequence + 1, e.GetType().Name, JsonSerializer.Serialize(e, e.GetType(), Json));
                var hash = HashOf(head.Hash, stream.Key, sequence, now.UtcTicks, actor, kind, payload);
                db.AuditEntries.Add(new AuditEntry { Stream = stream.Key, Sequence = sequence, At = now, Actor = actor, Kind = kind, Payload = payload, Hash = hash });
                (head.Sequence, head.Hash) = (sequence, hash);
            }
        }
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
