namespace ReviewConsole.Data.Audit;

/// <summary>One row of the audit log: append-only, chained to the row before it in its stream (REC-1).</summary>
public sealed class AuditEntry
{
    /// <summary>Order over all streams: 1, 2, 3 … without a gap, because one writer at a time appends and a refusal takes no number.</summary>
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
