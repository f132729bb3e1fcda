namespace ReviewConsole.Photos.Checks;

/// <summary>The face is neither too dark nor burnt out; light from one side is for a person to judge.</summary>
internal sealed class Exposure : PictureCheck
{
    public override string Id => "exposure";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (evidence.Light is not { } light)
        {
            return Unmeasured(WhyNoHead(evidence) ?? Reasons.NoFace);
        }

        var settings = evidence.Settings;
        var mean = Within(light.Mean, null, settings.MinFaceLight, settings.MaxFaceLight, settings.FaceLightUncertainty, Reasons.Underexposed, Reasons.Overexposed);
        var burnt = Within(light.Burnt * 100, "%", null, settings.MaxBurntPercent, settings.BurntUncertaintyPercent, Reasons.Overexposed, Reasons.Overexposed);
        var sides = new CheckOutcome(Id, light.Sides < settings.MinSideLight ? CheckResult.Look : CheckResult.Pass, light.Sides, null, settings.MinSideLight, null, null, Reasons.UnevenLight);
        return Worse(Worse(mean, burnt), sides);
    }
}
