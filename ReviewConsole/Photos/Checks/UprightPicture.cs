namespace ReviewConsole.Photos.Checks;

/// <summary>The picture is the right way up: a detector finds no better face when it is turned by quarters.</summary>
internal sealed class UprightPicture : PictureCheck
{
    public override string Id => "upright";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (evidence.Faces.Count == 0)
        {
            return Unmeasured(Reasons.NoFace);
        }

        var (limit, band) = (evidence.Settings.UprightGain, evidence.Settings.UprightGainUncertainty);
        return Within(evidence.UprightGain, null, null, limit - band, band, Reasons.NotUpright, Reasons.NotUpright);
    }
}
