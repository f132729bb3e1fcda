using System.Text.Json;
using System.Text.Json.Serialization;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;

namespace ReviewConsole.Features.Audit;

/// <summary>Verifies the audit log and records that it was done, by whom and with what result; nothing else of an auditor is ever recorded by hand.</summary>
public sealed class RecordVerification(VerifyAudit verify, Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Audit;

    /// <summary>Does it. Cancelled, it records nothing.</summary>
    public async Task<Answer<AuditVerdict>> Handle(Actor actor, IProgress<AuditProgress>? progress = null, CancellationToken cancel = default)
    {
        var answer = await verify.Handle(actor, progress, cancel);
        if (answer.Refusal is not null)
            return answer;
        return await commit.Run<RecordVerification, AuditVerdict>(actor, unit =>
        {
            unit.Record(AuditVerified.Of(answer.Value));
            return Task.FromResult(answer);
        }, CancellationToken.None);
    }
}

/// <summary>The audit log was verified.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="Streams">Streams that were walked.</param>
/// <param name="Problem">What is wrong with the first bad row; null where the log held.</param>
/// <param name="InStream">Stream of the first bad row.</param>
/// <param name="AtSequence">Its place in the stream.</param>
/// <param name="Row">Its id.</param>
public sealed record AuditVerified(long Rows, long Streams, AuditFault? Problem, string? InStream, long? AtSequence, long? Row) : DomainEvent
{
    /// <summary>The stream of verifications.</summary>
    public const string Log = "system:audit";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <inheritdoc/>
    public override string Stream => Log;

    /// <summary>The verdict that was recorded.</summary>
    [JsonIgnore]
    public AuditVerdict Verdict => new(Rows, Streams, Problem is { } fault ? new(fault, InStream, AtSequence, Row) : null);

    /// <summary>What is recorded of a verdict.</summary>
    public static AuditVerified Of(AuditVerdict verdict) =>
        new(verdict.Rows, verdict.Streams, verdict.FirstBad?.Fault, verdict.FirstBad?.Stream, verdict.FirstBad?.Sequence, verdict.FirstBad?.Row);

    /// <summary>Reads a payload; null where somebody has written something else there.</summary>
    internal static AuditVerified? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditVerified>(payload, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
