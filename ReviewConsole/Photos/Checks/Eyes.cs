namespace ReviewConsole.Photos.Checks;

/// <summary>The eyes are open. Where they look is a person's question.</summary>
internal sealed class Eyes : PictureCheck
{
    public override string Id => "eyes";

    public override CheckOutcome Judge(Evidence evidence) => WhyNoHead(evidence) is { } reason ? Unmeasured(reason)
        : OfOnePerson(evidence, Within(evidence.Face!.EyeOpening, null, evidence.Settings.MinEyeOpening, null, evidence.Settings.EyeOpeningUncertainty, Reasons.EyesClosed, Reasons.EyesClosed));
}
