using System.Runtime.InteropServices;

namespace ReviewConsole.Data.Audit;

/// <summary>What is wrong with a row of the audit log.</summary>
public enum AuditFault
{
    /// <summary>The row is not as it was written.</summary>
    Changed,

    /// <summary>The row is not there, though later ones are.</summary>
    Missing,

    /// <summary>The row stands in the place of another.</summary>
    OutOfOrder,

    /// <summary>The stream ends before the row that its head names.</summary>
    CutOff,

    /// <summary>The head of the stream is gone, or does not know this row as its last.</summary>
    UnknownHead,
}

/// <summary>The first row at which the audit log does not hold.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Stream">Its stream; null where the whole stream is gone and only its numbers are missing.</param>
/// <param name="Sequence">Its place in the stream; null where the stream is not known.</param>
/// <param name="Row">Its id; null where the row is gone from a known place.</param>
public sealed record BadAuditRow(AuditFault Fault, string? Stream, long? Sequence, long? Row);

/// <summary>What a verification found.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="Streams">Streams that were walked.</param>
/// <param name="FirstBad">The first bad row, by stream and sequence; null where the log holds.</param>
public sealed record AuditVerdict(long Rows, long Streams, BadAuditRow? FirstBad);

/// <summary>How far a verification has come.</summary>
/// <param name="Rows">Rows that were checked.</param>
/// <param name="All">Rows in all.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AuditProgress(long Rows, long All);

/// <summary>A row as it is stored: numbers of any size, since somebody may have written them past the product.</summary>
/// <param name="Id">Order over all streams.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Sequence">Its place in the stream.</param>
/// <param name="At">UTC ticks.</param>
/// <param name="Actor">Who.</param>
/// <param name="Kind">Name of the event.</param>
/// <param name="Payload">The event.</param>
/// <param name="Hash">Its hash.</param>
public sealed record AuditRow(long Id, string Stream, long Sequence, long At, string Actor, string Kind, string Payload, string Hash);

/// <summary>The head of a stream as it is stored.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Sequence">Sequence of its last row.</param>
/// <param name="Hash">Hash of its last row.</param>
public sealed record AuditHeadRow(string Stream, long Sequence, string Hash);
