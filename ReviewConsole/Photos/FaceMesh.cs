namespace ReviewConsole.Photos;

/// <summary>468 landmarks of one face in pixels of the working picture.</summary>
internal sealed class FaceMesh
{
    private const int Points = 468;

    /// <summary>Side of the second crop ÷ extent of the landmarks. With the customary 1.5 the chin comes too near the crop's edge and is placed too high. Fitted: see Docs/photo-accuracy.md.</summary>
    private const double RefinedCrop = 1.6;

    private readonly double[] coordinates;

    private FaceMesh(double[] coordinates, double flag)
    {
        (this.coordinates, Flag) = (coordinates, flag);
        (Left, Top, Right, Bottom) = Bounds(1, 0);
    }

    /// <summary>Leftmost landmark.</summary>
    public double Left { get; }

    /// <summary>Topmost landmark: the hairline's height, not the crown.</summary>
    public double Top { get; }

    /// <summary>Rightmost landmark.</summary>
    public double Right { get; }

    /// <summary>Lowest landmark.</summary>
    public double Bottom { get; }

    /// <summary>How sure the model is that this is a human face, 0…1.</summary>
    public double Flag { get; }

    /// <summary>Column of a landmark.</summary>
    public double X(int point) => coordinates[3 * point];

    /// <summary>Row of a landmark.</summary>
    public double Y(int point) => coordinates[(3 * point) + 1];

    /// <summary>Depth of a landmark, smaller is nearer, in the same unit.</summary>
    public double Z(int point) => coordinates[(3 * point) + 2];

    /// <summary>Distance of two landmarks in the picture plane.</summary>
    public double Distance(int a, int b) => Math.Sqrt(Math.Pow(X(a) - X(b), 2) + Math.Pow(Y(a) - Y(b), 2));

    /// <summary>Turn of the head to a side in degrees, positive to the right as seen.</summary>
    public double Yaw => Math.Atan2(Z(454) - Z(234), X(454) - X(234)) * 180 / Math.PI;

    /// <summary>Tilt of the line between the eyes in degrees, clockwise as seen.</summary>
    public double Roll => Math.Atan2(Y(263) - Y(33), X(263) - X(33)) * 180 / Math.PI;

    /// <summary>Height ÷ width of the eyes' openings, mean of both.</summary>
    public double EyeOpening => ((Distance(159, 145) / Distance(33, 133)) + (Distance(386, 374) / Distance(362, 263))) / 2;

    /// <summary>Height ÷ width of the gap between the lips.</summary>
    public double MouthOpening => Distance(13, 14) / Distance(78, 308);

    /// <summary>Whether the middle of another mesh lies within this one: two boxes can be drawn round one face.</summary>
    public bool Covers(FaceMesh other)
    {
        double x = (other.Left + other.Right) / 2, y = (other.Top + other.Bottom) / 2;
        return x > Left && x < Right && y > Top && y < Bottom;
    }

    /// <summary>Lays the mesh over a found face.</summary>
    /// <param name="models">The models.</param>
    /// <param name="picture">The working picture.</param>
    /// <param name="face">Where to look.</param>
    public static FaceMesh Over(Inference models, Raster picture, FoundFace face) =>
        Over(models, picture, face.X + (face.Width / 2), face.Y + (face.Height / 2), 1.5 * Math.Max(face.Width, face.Height), face.Turn);

    /// <summary>Lays the mesh again over the crop that the landmarks themselves give: steadier than the detector's box.</summary>
    /// <param name="models">The models.</param>
    /// <param name="picture">The working picture.</param>
    public FaceMesh Refine(Inference models, Raster picture)
    {
        var turn = Math.Atan2(Y(263) - Y(33), X(263) - X(33));
        double cos = Math.Cos(turn), sin = Math.Sin(turn);
        var (left, top, right, bottom) = Bounds(cos, sin);
        double u = (left + right) / 2, v = (top + bottom) / 2;
        return Over(models, picture, (u * cos) - (v * sin), (u * sin) + (v * cos), RefinedCrop * Math.Max(right - left, bottom - top), turn);
    }

    private (double Left, double Top, double Right, double Bottom) Bounds(double cos, double sin)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        for (var i = 0; i < Points; i++)
        {
            double x = (X(i) * cos) + (Y(i) * sin), y = (Y(i) * cos) - (X(i) * sin);
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }

        return (left, top, right, bottom);
    }

    private static FaceMesh Over(Inference models, Raster picture, double centreX, double centreY, double size, double turn)
    {
        using var run = models.Mesh.Rent();
        var side = models.Mesh.Side;
        var map = Affine.Square(side, centreX, centreY, size, turn);
        picture.Sample(run.Input, side, map, 1 / 255f, 0, replicate: true);
        run.Execute();
        var raw = run.Output(Points * 3);
        var points = new double[Points * 3];
        for (var i = 0; i < points.Length; i += 3)
        {
            (points[i], points[i + 1]) = map.Apply(raw[i], raw[i + 1]);
            points[i + 2] = raw[i + 2] * map.Step;
        }

        return new FaceMesh(points, 1 / (1 + Math.Exp(-Math.Clamp(run.Output(1)[0], -100, 100))));
    }
}
