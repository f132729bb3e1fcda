namespace ReviewConsole.Photos.Checks;

/// <summary>The background is plain white (APP-2), measured as CIE Lab outside the person and above the chin.</summary>
internal sealed class Background : PictureCheck
{
    public override string Id => "background";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (WhyNoHead(evidence) is { } reason)
        {
            return Unmeasured(reason);
        }

        var settings = evidence.Settings;
        if (evidence.Backdrop is not { } seen || seen.Share < settings.MinBackgroundPercent / 100)
        {
            return Outcome(evidence, null, CheckResult.Fail, Reasons.NoBackground);
        }

        return seen.Mean.Chroma > settings.MaxBackgroundChroma ? Outcome(evidence, seen, CheckResult.Fail, Reasons.BackgroundColoured)
            : seen.Mean.L < settings.FailBackgroundL ? Outcome(evidence, seen, CheckResult.Fail, Reasons.BackgroundDark)
            : seen.LowL < settings.FailBackgroundLowL ? Outcome(evidence, seen, CheckResult.Fail, Reasons.BackgroundUneven)
            : seen.Mean.L < settings.MinBackgroundL ? Outcome(evidence, seen, CheckResult.Look, Reasons.BackgroundDark)
            : evidence.Faces.Count > 1 ? Outcome(evidence, seen, CheckResult.Look, Reasons.ManyFaces)
            : seen.LowL < settings.MinBackgroundLowL || seen.SpreadL > settings.MaxBackgroundSpread || seen.FarDistance > settings.MaxBackgroundObject
                ? Outcome(evidence, seen, CheckResult.Look, Reasons.BackgroundUneven)
            : Outcome(evidence, seen, CheckResult.Pass, null);
    }

    private CheckOutcome Outcome(Evidence evidence, Backdrop? seen, CheckResult result, string? reason) =>
        new(Id, result, seen?.Mean.L, "L*", evidence.Settings.MinBackgroundL, null, null, reason);
}
