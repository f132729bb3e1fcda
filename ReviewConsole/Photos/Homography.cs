using System.Runtime.InteropServices;

namespace ReviewConsole.Photos;

/// <summary>The map of a flat rectangle onto its picture in perspective: it takes the rectangle's corners to four given points.</summary>
/// <remarks>x' = (A x + B y + C) / (G x + H y + 1), y' = (D x + E y + F) / (G x + H y + 1).</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G, double H)
{
    /// <summary>From a rectangle of this size onto four corners, clockwise from (0, 0).</summary>
    public static Homography Onto(double width, double height, ReadOnlySpan<Point> corners)
    {
        // The unit square in closed form (Heckbert 1989), then scaled.
        Point one = corners[1] - corners[2], other = corners[3] - corners[2], sum = corners[0] - corners[1] + (corners[2] - corners[3]);
        var det = one.Turn(other);
        double g = sum.Turn(other) / det, h = one.Turn(sum) / det;
        return new(
            (corners[1].X - corners[0].X + (g * corners[1].X)) / width, (corners[3].X - corners[0].X + (h * corners[3].X)) / height, corners[0].X,
            (corners[1].Y - corners[0].Y + (g * corners[1].Y)) / width, (corners[3].Y - corners[0].Y + (h * corners[3].Y)) / height, corners[0].Y,
            g / width, h / height);
    }

    /// <summary>The image of a point.</summary>
    public Point Apply(double x, double y)
    {
        var w = (G * x) + (H * y) + 1;
        return new(((A * x) + (B * y) + C) / w, ((D * x) + (E * y) + F) / w);
    }
}
