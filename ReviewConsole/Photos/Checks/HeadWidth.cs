namespace ReviewConsole.Photos.Checks;

/// <summary>Outermost edges of the head at ear height, ears included: 14-16 mm on the print (APP-2). An estimate never fails; a head cut off by the edge does.</summary>
internal sealed class HeadWidth : PictureCheck
{
    public override string Id => "head-width";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (WhyNoMm(evidence) is { } reason)
        {
            return Unmeasured(reason);
        }

        var (head, settings) = (evidence.Head!, evidence.Settings);
        if (head.SideCut)
        {
            return new CheckOutcome(Id, CheckResult.Fail, null, "mm", settings.MinHeadWidthMm, settings.MaxHeadWidthMm, null, Reasons.SideCut);
        }

        if (head.Width == WidthState.Hidden)
        {
            return Unmeasured(Reasons.HairCoversEars);
        }

        var width = (head.RightX - head.LeftX) * evidence.MmPerPixel!.Value;
        var outcome = Within(
            width, "mm", settings.MinHeadWidthMm, settings.MaxHeadWidthMm, settings.HeadWidthUncertaintyMm, Reasons.HeadTooNarrow, Reasons.HeadTooWide);
        return head.Width == WidthState.Estimated && outcome.Result != CheckResult.Pass
            ? outcome with { Result = CheckResult.Look, Reason = Reasons.HairCoversOneEar }
            : outcome;
    }
}
