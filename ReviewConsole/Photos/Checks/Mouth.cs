namespace ReviewConsole.Photos.Checks;

/// <summary>The lips are closed.</summary>
internal sealed class Mouth : PictureCheck
{
    public override string Id => "mouth";

    public override CheckOutcome Judge(Evidence evidence) => WhyNoHead(evidence) is { } reason ? Unmeasured(reason)
        : OfOnePerson(evidence, Within(evidence.Face!.MouthOpening, null, null, evidence.Settings.MaxMouthOpening, evidence.Settings.MouthOpeningUncertainty, Reasons.MouthOpen, Reasons.MouthOpen));
}
