namespace ReviewConsole.Photos.Checks;

/// <summary>Top of the hair to the chin: 19-22 mm on the print (APP-2). A head cut off by the edge fails.</summary>
internal sealed class HeadLength : PictureCheck
{
    public override string Id => "head-length";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (WhyNoMm(evidence) is { } reason)
        {
            return Unmeasured(reason);
        }

        var (head, settings) = (evidence.Head!, evidence.Settings);
        if (head.CrownCut || head.ChinCut)
        {
            return new CheckOutcome(
                Id, CheckResult.Fail, null, "mm", settings.MinHeadLengthMm, settings.MaxHeadLengthMm, null, head.CrownCut ? Reasons.CrownCut : Reasons.ChinCut);
        }

        var length = (head.ChinY - head.CrownY) * evidence.MmPerPixel!.Value;
        return Within(
            length, "mm", settings.MinHeadLengthMm, settings.MaxHeadLengthMm, settings.HeadLengthUncertaintyMm, Reasons.HeadTooShort, Reasons.HeadTooLong);
    }
}
