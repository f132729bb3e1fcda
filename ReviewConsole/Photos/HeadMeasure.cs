namespace ReviewConsole.Photos;

/// <summary>How far the width can be trusted.</summary>
internal enum WidthState
{
    /// <summary>Both edges of the head were seen.</summary>
    Seen,

    /// <summary>Hair hides one ear, whose side is then the mirror image of the other, or surrounds one.</summary>
    Estimated,

    /// <summary>Hair hides both ears: the lines are an estimate.</summary>
    Hidden,
}

/// <summary>Where the head begins and ends, in pixels of the working picture.</summary>
internal sealed record HeadMeasure(
    double CrownY, double ChinY, double LeftX, double RightX, double EarRootWidth, bool CrownCut, bool ChinCut, bool SideCut, WidthState Width)
{
    /// <summary>Measures the head.</summary>
    public static HeadMeasure Of(Raster picture, PersonMask mask, FaceMesh face, Backdrop? backdrop, HeadRules rules)
    {
        var outline = new HeadOutline(picture, mask, face, backdrop, rules);
        var crown = Crown.Of(outline, out var cut);
        var skin = new SkinOrHair(picture, face, crown, rules);
        var chin = Chin.Of(picture, face, rules);
        var (left, right) = (EarEdge.Of(outline, skin, -1), EarEdge.Of(outline, skin, 1));
        var twice = face.X(234) + face.X(454);
        var state = left is null && right is null ? WidthState.Hidden : left is { Clear: true } && right is { Clear: true } ? WidthState.Seen : WidthState.Estimated;
        double leftX = left?.X ?? (twice - right?.X) ?? face.X(234), rightX = right?.X ?? (twice - left?.X) ?? face.X(454);
        return new HeadMeasure(
            crown,
            chin,
            leftX,
            rightX,
            face.Distance(234, 454),
            cut,
            chin > picture.Height,
            leftX < 1 || rightX > picture.Width - 1,
            state);
    }
}
