using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ReviewConsole.Domain;

namespace ReviewConsole.Data.Audit;

/// <summary>One row of the audit log: append-only, chained to the row before it in its stream (REC-1).</summary>
public sealed class AuditEntry
{
    /// <summary>Order over all streams.</summary>
    public long Id { get; private set; }

    /// <summary>What the row is about, for instance <c>case:…</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>1, 2, 3 … within the stream.</summary>
    public required int Sequence { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: <c>staff:…</c>, <c>client:…</c>, <c>system:…</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Name of the event.</summary>
    public required string Kind { get; init; }

    /// <summary>The event as JSON: ids, codes and numbers, never plain personal data.</summary>
    public required string Payload { get; init; }

    /// <summary>SHA-256 over the hash before and every other column, hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>The last link of a stream: with it, a cut-off end is found as well.</summary>
public sealed class AuditHead
{
    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Sequence of its last row.</summary>
    public required int Sequence { get; set; }

    /// <summary>Hash of its last row.</summary>
    public required string Hash { get; set; }
}

/// <summary>Makes and checks the links of the chains.</summary>
public static class AuditLog
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

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
                var hash = HashOf(head.Hash, stream.Key, sequence, now, actor, kind, payload);
                db.AuditEntries.Add(new AuditEntry { Stream = stream.Key, Sequence = sequence, At = now, Actor = actor, Kind = kind, Payload = payload, Hash = hash });
                (head.Sequence, head.Hash) = (sequence, hash);
            }
        }
    }

    /// <summary>The first row of a stream that is not as it was written, or null when the chain holds.</summary>
    /// <param name="rows">The stream's rows by sequence.</param>
    /// <param name="head">The stream's head.</param>
    public static int? FirstBroken(IEnumerable<AuditEntry> rows, AuditHead? head)
    {
        var (hash, sequence) = ("", 0);
        foreach (var row in rows)
        {
            sequence++;
            if (row.Sequence != sequence || row.Hash != HashOf(hash, row.Stream, sequence, row.At, row.Actor, row.Kind, row.Payload))
                return sequence;
            hash = row.Hash;
        }

        return head is null || head.Sequence != sequence || head.Hash != hash ? sequence + 1 : null;
    }

    private static string HashOf(string before, string stream, int sequence, DateTimeOffset at, string actor, string kind, string payload)
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
        BinaryPrimitives.WriteInt64BigEndian(number, at.UtcTicks);
        hash.AppendData(number);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
