namespace ReviewConsole.Photos.Checks;

/// <summary>Width ÷ height is that of a 22 × 32 mm print (APP-2) within the tolerance.</summary>
internal sealed class AspectRatio : PictureCheck
{
    public override string Id => "aspect";

    public override CheckOutcome Judge(Evidence evidence)
    {
        var settings = evidence.Settings;
        var (wanted, tolerance) = (settings.PrintWidthMm / settings.PrintHeightMm, settings.AspectTolerancePercent / 100);
        return Within(evidence.Aspect, null, wanted * (1 - tolerance), wanted * (1 + tolerance), 0, Reasons.AspectWrong, Reasons.AspectWrong);
    }
}
