namespace ReviewConsole.Photos.Checks;

/// <summary>The lips are closed.</summary>
internal sealed class Mouth : PictureCheck
{
    private const double Band = 0.1;

    public override string Id => "mouth";

    public override CheckOutcome Judge(Evidence evidence) => WhyNoHead(evidence) is { } reason ? Unmeasured(reason)
        : OfOnePerson(evidence, Within(evidence.Face!.MouthOpening, null, null, evidence.Settings.MaxMouthOpening, Band, Reasons.MouthOpen, Reasons.MouthOpen));
}
