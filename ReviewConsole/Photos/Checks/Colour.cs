namespace ReviewConsole.Photos.Checks;

/// <summary>The picture is in colour (APP-2): neither grey nor toned, which is a single hue all over.</summary>
internal sealed class Colour : PictureCheck
{
    public override string Id => "colour";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (evidence.Light is not { } light)
        {
            return Unmeasured(WhyNoHead(evidence) ?? Reasons.NoFace);
        }

        var settings = evidence.Settings;
        return light.GreyShare * 100 > settings.MaxGreyPercent && light.Chroma < settings.MinFaceChroma
            ? new CheckOutcome(Id, CheckResult.Fail, light.Chroma, null, settings.MinFaceChroma, null, null, Reasons.NotColour)
            : Within(light.HueSpread, "deg", settings.MinHueSpreadDegrees, null, settings.HueSpreadUncertaintyDegrees, Reasons.Toned, Reasons.Toned);
    }
}
