using System.CommandLine;
using System.Globalization;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;

namespace ReviewConsole.Features.Audit;

/// <summary><c>verify-audit</c>: says whether the audit log holds, or names its first bad row (REC-1). It only reads, also while the application runs.</summary>
public static class VerifyAuditCommand
{
    /// <summary>Makes the verb.</summary>
    /// <param name="withServices">Runs with the product's services over the store as it stands.</param>
    public static Command Make(Func<Func<IServiceProvider, CancellationToken, Task<int>>, CancellationToken, Task<int>> withServices)
    {
        Command verb = new("verify-audit", "Walks the whole audit log. Exit code 0: it holds; 1: it does not, and the first bad row is named.");
        verb.SetAction((parsed, cancel) => withServices(async (services, _) =>
        {
            var auditor = Actor.System("verify-audit") with { Permissions = [Permission.Audit] };
            var verdict = (await services.GetRequiredService<VerifyAudit>().Handle(auditor, cancel: cancel)).Value;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Line(verdict));
            return verdict.FirstBad is null ? 0 : 1;
        }, cancel));
        return verb;
    }

    private static string Line(AuditVerdict verdict) => verdict.FirstBad is not { } bad
        ? string.Create(CultureInfo.InvariantCulture, $"{verdict.Rows} rows in {verdict.Streams} streams hold")
        : $"first bad row: {string.Join(", ", Place(bad))}: {Words(bad.Fault)}";

    private static IEnumerable<string> Place(BadAuditRow bad)
    {
        if (bad.Stream is not null)
            yield return $"stream {bad.Stream}";
        if (bad.Sequence is { } sequence)
            yield return string.Create(CultureInfo.InvariantCulture, $"sequence {sequence}");
        if (bad.Row is { } row)
            yield return string.Create(CultureInfo.InvariantCulture, $"row {row}");
    }

    private static string Words(AuditFault fault) => fault switch
    {
        AuditFault.Changed => "changed",
        AuditFault.Missing => "missing",
        AuditFault.OutOfOrder => "out of order",
        AuditFault.CutOff => "the end of the stream is cut off from here",
        _ => "unknown to the head of its stream",
    };
}
