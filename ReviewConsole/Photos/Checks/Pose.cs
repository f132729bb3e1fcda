namespace ReviewConsole.Photos.Checks;

/// <summary>The head faces the camera: turned and tilted little (APP-2: frontal). Nodding has no limit: the mesh misreads it by up to 15°.</summary>
internal sealed class Pose : PictureCheck
{
    public override string Id => "pose";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (WhyNoHead(evidence) is { } reason)
        {
            return Unmeasured(reason);
        }

        var (face, settings) = (evidence.Face!, evidence.Settings);
        var turn = Within(face.Yaw, "deg", -settings.MaxYawDegrees, settings.MaxYawDegrees, settings.YawUncertaintyDegrees, Reasons.HeadTurned, Reasons.HeadTurned);
        var tilt = Within(face.Roll, "deg", -settings.MaxRollDegrees, settings.MaxRollDegrees, settings.RollUncertaintyDegrees, Reasons.HeadTilted, Reasons.HeadTilted);
        return OfOnePerson(evidence, Worse(turn, tilt));
    }
}
