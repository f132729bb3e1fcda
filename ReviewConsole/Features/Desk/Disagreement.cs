using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Desk;

/// <summary>Approved in spite of a failed check, or rejected for what a check had found in order (WORK-5): recorded with the decision.</summary>
/// <param name="Outcome">What is decided.</param>
/// <param name="Checks">Ids of the checks that are not followed; at least one.</param>
public sealed record Disagreement(Outcome Outcome, IReadOnlyList<string> Checks)
{
    /// <summary>Why it may be, in the order of the number keys.</summary>
    public IReadOnlyList<DissentReason> Choices => Outcome == Outcome.Approved
        ? [DissentReason.MeasuredWrongly, DissentReason.Acceptable, DissentReason.Exception, DissentReason.Other]
        : [DissentReason.MeasuredWrongly, DissentReason.Unseen, DissentReason.Exception, DissentReason.Other];

    /// <summary>Ids of the checks that a decision does not follow.</summary>
    public static IReadOnlyList<string> With(IEnumerable<PhotoReport?> reports, Outcome outcome, IReadOnlyList<string> codes, Reasons reasons)
    {
        var checks = reports.OfType<PhotoReport>().SelectMany(report => report.Checks).ToLookup(check => check.Id, check => check.Result);
        return outcome == Outcome.Approved
            ? [.. checks.Where(check => check.Contains(CheckResult.Fail)).Select(check => check.Key)]
            : [.. codes.Select(code => reasons.Find(code)?.Check).OfType<string>().Distinct().Where(id => checks[id].Any() && checks[id].All(r => r == CheckResult.Pass))];
    }
}
