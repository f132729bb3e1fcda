namespace ReviewConsole.Photos.Checks;

/// <summary>The picture is in colour (APP-2): neither grey nor toned, which is a single hue all over.</summary>
internal sealed class Colour : PictureCheck
{
    private const double GreyShare = 0.97;
    private const double GreyChroma = 5;
    private const double TonedSpread = 6;
    private const double TonedBand = 1.5;

    public override string Id => "colour";

    public override CheckOutcome Judge(Evidence evidence) =>
        evidence.Light is not { } light ? Unmeasured(WhyNoHead(evidence) ?? Reasons.NoFace)
        : light.GreyShare > GreyShare && light.Chroma < GreyChroma ? new CheckOutcome(Id, CheckResult.Fail, light.Chroma, null, GreyChroma, null, null, Reasons.NotColour)
        : Within(light.HueSpread, "deg", TonedSpread, null, TonedBand, Reasons.Toned, Reasons.Toned);
}
