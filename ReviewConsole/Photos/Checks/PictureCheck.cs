using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Photos.Checks;

/// <summary>One question about a picture. A new check is one class here and one line in <see cref="CheckList"/>.</summary>
internal abstract class PictureCheck
{
    /// <summary>Stable name, as in the reasons' <c>check</c> column.</summary>
    public abstract string Id { get; }

    /// <summary>Whether pictures of this kind get the check; the portrait alone unless a check says otherwise.</summary>
    public virtual bool AppliesTo(PictureKind kind) => kind == PictureKind.Portrait;

    /// <summary>Answers the question.</summary>
    public abstract CheckOutcome Judge(Evidence evidence);

    /// <summary>Nothing could be measured, because of <paramref name="reason"/>.</summary>
    protected CheckOutcome Unmeasured(string reason) => new(Id, CheckResult.Unmeasured, null, null, null, null, null, reason);

    /// <summary>Holds a value against limits: fail and pass only beyond the measurement's own uncertainty, look in between.</summary>
    protected CheckOutcome Within(double value, string? unit, double? min, double? max, double uncertainty, string low, string high)
    {
        var (below, above) = (min - value, value - max);
        var worst = Math.Max(below ?? double.MinValue, above ?? double.MinValue);
        var result = worst > uncertainty ? CheckResult.Fail : worst > -uncertainty ? CheckResult.Look : CheckResult.Pass;
        var reason = result == CheckResult.Pass ? null : (below ?? double.MinValue) > (above ?? double.MinValue) ? low : high;
        return new CheckOutcome(Id, result, value, unit, min, max, uncertainty, reason);
    }

    /// <summary>Of two answers the one that more wants attention.</summary>
    protected static CheckOutcome Worse(CheckOutcome one, CheckOutcome other) => Rank(other) > Rank(one) ? other : one;

    /// <summary>With several people the measured one may not be the applicant: what would fail is for a person to look at.</summary>
    protected static CheckOutcome OfOnePerson(Evidence evidence, CheckOutcome outcome) =>
        outcome.Result == CheckResult.Fail && evidence.Faces.Count > 1 ? outcome with { Result = CheckResult.Look, Reason = Reasons.ManyFaces } : outcome;

    /// <summary>Why no head can be measured in this picture; null when one can.</summary>
    protected static string? WhyNoHead(Evidence evidence) =>
        evidence.Faces.Count == 0 ? Reasons.NoFace
        : !evidence.Upright ? Reasons.NotUpright
        : null;

    /// <summary>Why nothing can be said in mm about this picture; null when it can. A burnt-out outline would be wrong by 2 mm.</summary>
    protected static string? WhyNoMm(Evidence evidence) =>
        WhyNoHead(evidence) ?? (!evidence.AspectFits ? Reasons.AspectWrong : evidence.Overexposed ? Reasons.Overexposed : null);

    private static int Rank(CheckOutcome outcome) => outcome.Result switch { CheckResult.Fail => 3, CheckResult.Look => 2, CheckResult.Unmeasured => 1, _ => 0 };
}
