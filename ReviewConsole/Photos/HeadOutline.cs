namespace ReviewConsole.Photos;

/// <summary>
/// Tells head from background by two independent witnesses: the person mask, which knows people but is coarse, and the colour, which is exact to the pixel where the background is plain.
/// </summary>
internal sealed class HeadOutline(Raster picture, PersonMask mask, FaceMesh face, Backdrop? backdrop, HeadRules rules)
{
    /// <summary>Mask values above this are person.</summary>
    public const byte Inside = 128;

    public Raster Picture => picture;

    public PersonMask Mask => mask;

    public FaceMesh Face => face;

    public HeadRules Rules => rules;

    /// <summary>Width of the face between the mesh's sides.</summary>
    public double FaceWidth { get; } = face.Distance(234, 454);

    /// <summary>Hairline to chin of the mesh.</summary>
    public double FaceHeight { get; } = face.Distance(10, 152);

    /// <summary>Whether colour tells the head from this background.</summary>
    public bool Plain => backdrop is { } seen && seen.FarDistance <= rules.Uniform;

    /// <summary>Distance of a pixel's colour from the background's; only where <see cref="Plain"/>.</summary>
    public float Contrast(int x, int y)
    {
        var row = picture.Row(Math.Clamp(y, 0, picture.Height - 1));
        x = Math.Clamp(x, 0, picture.Width - 1);
        return Lab.Of(row[4 * x], row[(4 * x) + 1], row[(4 * x) + 2]).DistanceTo(backdrop!.Mean);
    }

    /// <summary>
    /// Contrast from which a pixel at an edge is head: a share of the contrast inside, so that blur and the halo of a cut-out move the edge little.
    /// </summary>
    public double Threshold(double inside) => Math.Max(Math.Max(rules.LeastContrast, 1.5 * backdrop!.FarDistance), rules.EdgeShare * inside);
}
