namespace ReviewConsole.Photos.Checks;

/// <summary>The head has enough pixels in the picture as it was sent.</summary>
internal sealed class Resolution : PictureCheck
{
    public override string Id => "resolution";

    public override CheckOutcome Judge(Evidence evidence)
    {
        var settings = evidence.Settings;
        var sent = (double)Math.Max(evidence.Facts.Width, evidence.Facts.Height) / Math.Max(evidence.Picture.Width, evidence.Picture.Height);
        if (evidence.Head is { } head)
        {
            var pixels = (head.ChinY - head.CrownY) * sent;
            return Within(pixels, "px", settings.MinHeadPixels, null, settings.HeadPixelsUncertainty, Reasons.TooFewPixels, Reasons.TooFewPixels);
        }

        // Without a head only a picture too small for any head of the allowed length can be told.
        var most = evidence.Picture.Height * sent * settings.MaxHeadLengthMm / settings.PrintHeightMm;
        return most < settings.MinHeadPixels
            ? new CheckOutcome(Id, CheckResult.Fail, most, "px", settings.MinHeadPixels, null, null, Reasons.TooFewPixels)
            : Unmeasured(WhyNoHead(evidence) ?? Reasons.NoFace);
    }
}
