namespace ReviewConsole.Photos.Checks;

/// <summary>The head is in the middle, with the right margin above the hair. The margin alone never fails: pictures are cropped again for the print.</summary>
internal sealed class HeadPosition : PictureCheck
{
    public override string Id => "head-position";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (WhyNoMm(evidence) is { } reason)
        {
            return Unmeasured(reason);
        }

        var (head, settings, mm) = (evidence.Head!, evidence.Settings, evidence.MmPerPixel!.Value);
        var off = (((head.LeftX + head.RightX) / 2) - (evidence.Picture.Width / 2.0)) * mm;
        var aside = Within(off, "mm", -settings.MaxOffCentreMm, settings.MaxOffCentreMm, settings.OffCentreUncertaintyMm, Reasons.HeadOffCentre, Reasons.HeadOffCentre);
        if (head.CrownCut)
        {
            return Worse(Unmeasured(Reasons.CrownCut), aside);
        }

        var margin = Within(head.CrownY * mm, "mm", settings.MinTopMarginMm, settings.MaxTopMarginMm, 0, Reasons.HeadTooHigh, Reasons.HeadTooLow);
        return Worse(aside, margin.Result == CheckResult.Fail ? margin with { Result = CheckResult.Look } : margin);
    }
}
