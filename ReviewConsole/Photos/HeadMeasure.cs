namespace ReviewConsole.Photos;

/// <summary>How far the width can be trusted.</summary>
internal enum WidthState
{
    /// <summary>Both edges of the head were seen.</summary>
    Seen,

    /// <summary>Hair hides one ear: that side is the mirror image of the other.</summary>
    Mirrored,

    /// <summary>Hair hides both ears: the lines are an estimate.</summary>
    Hidden,
}

/// <summary>Where the head begins and ends, in pixels of the working picture.</summary>
internal sealed record HeadMeasure(
    double CrownY, double ChinY, double LeftX, double RightX, double EarRootWidth, bool CrownCut, bool ChinCut, WidthState Width)
{
    /// <summary>Measures the head.</summary>
    public static HeadMeasure Of(Raster picture, PersonMask mask, FaceMesh face, Backdrop? backdrop)
    {
        var outline = new HeadOutline(picture, mask, face, backdrop);
        var crown = Crown.Of(outline, out var cut);
        var skin = new SkinOrHair(picture, face, crown);
        var chin = Chin.Of(picture, face);
        double? left = EarEdge.Of(outline, skin, -1), right = EarEdge.Of(outline, skin, 1);
        var middle = (face.X(234) + face.X(454)) / 2;
        var state = left is null && right is null ? WidthState.Hidden : left is null || right is null ? WidthState.Mirrored : WidthState.Seen;
        return new HeadMeasure(
            crown,
            chin,
            left ?? (right is { } r ? (2 * middle) - r : face.X(234)),
            right ?? (left is { } l ? (2 * middle) - l : face.X(454)),
            face.Distance(234, 454),
            cut,
            chin > picture.Height,
            state);
    }
}
