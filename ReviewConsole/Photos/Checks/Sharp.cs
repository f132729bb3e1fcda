namespace ReviewConsole.Photos.Checks;

/// <summary>The face is in focus and was not moved.</summary>
internal sealed class Sharp : PictureCheck
{
    public override string Id => "sharpness";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (evidence.Sharpness is not { } value)
        {
            return Unmeasured(WhyNoHead(evidence) ?? Reasons.NoFace);
        }

        var settings = evidence.Settings;
        var (middle, band) = ((settings.MinSharpness + settings.FailSharpness) / 2, (settings.MinSharpness - settings.FailSharpness) / 2);
        return Within(value, null, middle, null, band, Reasons.Blurred, Reasons.Blurred);
    }
}
