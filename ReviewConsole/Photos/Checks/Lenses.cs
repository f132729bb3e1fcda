namespace ReviewConsole.Photos.Checks;

/// <summary>No dark glasses: around the eyes it is not darker than the face by far.</summary>
internal sealed class Lenses : PictureCheck
{
    public override string Id => "lenses";

    public override CheckOutcome Judge(Evidence evidence)
    {
        if (WhyNoHead(evidence) is { } reason)
        {
            return Unmeasured(reason);
        }

        var share = (DarkShare(evidence, 33, 133) + DarkShare(evidence, 362, 263)) * 50;
        return OfOnePerson(evidence, Within(share, "%", null, evidence.Settings.MaxDarkLensPercent, evidence.Settings.DarkLensUncertaintyPercent, Reasons.DarkLenses, Reasons.DarkLenses));
    }

    /// <summary>Share of dark pixels in a box around an eye, a little wider than the eye and about as high as a lens.</summary>
    private static double DarkShare(Evidence evidence, int outer, int inner)
    {
        var (picture, face) = (evidence.Picture, evidence.Face!);
        var width = face.Distance(outer, inner);
        double middleX = (face.X(outer) + face.X(inner)) / 2, middleY = (face.Y(outer) + face.Y(inner)) / 2;
        int left = Math.Max(0, (int)(middleX - (0.65 * width))), right = Math.Min(picture.Width, (int)(middleX + (0.65 * width)));
        int top = Math.Max(0, (int)(middleY - (0.45 * width))), bottom = Math.Min(picture.Height, (int)(middleY + (0.45 * width)));
        var limit = evidence.Settings.DarkShare * evidence.Light!.Mean * 1000;
        int dark = 0, count = 0;
        for (var y = top; y < bottom; y++)
        {
            var row = picture.Row(y);
            for (var x = left; x < right; x++, count++)
            {
                dark += (299 * row[4 * x]) + (587 * row[(4 * x) + 1]) + (114 * row[(4 * x) + 2]) < limit ? 1 : 0;
            }
        }

        return (double)dark / Math.Max(1, count);
    }
}
