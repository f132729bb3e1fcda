namespace ReviewConsole.Photos.Checks;

/// <summary>The sent JPEG was not compressed until artefacts show; read from its quantisation tables, so a PNG passes.</summary>
internal sealed class Compression : PictureCheck
{
    public override string Id => "compression";

    public override CheckOutcome Judge(Evidence evidence) => evidence.Facts.JpegQuality is { } quality
        ? Within(quality, null, evidence.Settings.MinJpegQuality, null, evidence.Settings.JpegQualityUncertainty, Reasons.OverCompressed, Reasons.OverCompressed)
        : new CheckOutcome(Id, CheckResult.Pass, null, null, evidence.Settings.MinJpegQuality, null, null, null);
}
