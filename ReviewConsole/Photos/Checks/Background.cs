namespace ReviewConsole.Photos.Checks;

/// <summary>The background is plain white (APP-2), measured as CIE Lab outside the person and above the chin.</summary>
internal sealed class Background : PictureCheck
{
    /// <summary>Less background than this share of the picture says nothing.</summary>
    private const double LeastShare = 0.02;

    /// <summary>The darkest twentieth may be this much darker than the mean may be.</summary>
    private const double Depth = 6.5;

    /// <summary>A hundredth of the background this far from the rest is an object in it.</summary>
    private const double Object = 20;

    public override string Id => "background";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (WhyNoHead(evidence) is { } reason)
        {
            return Unmeasured(reason);
        }

        var settings = evidence.Settings;
        if (evidence.Backdrop is not { } seen || seen.Share < LeastShare)
        {
            return Outcome(evidence, null, CheckResult.Fail, Reasons.NoBackground);
        }

        return seen.Mean.Chroma > settings.MaxBackgroundChroma ? Outcome(evidence, seen, CheckResult.Fail, Reasons.BackgroundColoured)
            : seen.Mean.L < settings.FailBackgroundL ? Outcome(evidence, seen, CheckResult.Fail, Reasons.BackgroundDark)
            : seen.LowL < settings.FailBackgroundL - 10 ? Outcome(evidence, seen, CheckResult.Fail, Reasons.BackgroundUneven)
            : seen.Mean.L < settings.MinBackgroundL ? Outcome(evidence, seen, CheckResult.Look, Reasons.BackgroundDark)
            : evidence.Faces.Count > 1 ? Outcome(evidence, seen, CheckResult.Look, Reasons.ManyFaces)
            : seen.LowL < settings.MinBackgroundL - Depth || seen.SpreadL > settings.MaxBackgroundSpread || seen.FarDistance > Object
                ? Outcome(evidence, seen, CheckResult.Look, Reasons.BackgroundUneven)
            : Outcome(evidence, seen, CheckResult.Pass, null);
    }

    private CheckOutcome Outcome(Evidence evidence, Backdrop? seen, CheckResult result, string? reason) =>
        new(Id, result, seen?.Mean.L, "L*", evidence.Settings.MinBackgroundL, null, null, reason);
}
