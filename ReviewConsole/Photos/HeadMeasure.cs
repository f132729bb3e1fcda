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
    /// <summary>Share of the row that must be head before it counts as hair: single strands do not.</summary>
    private const double HairShare = 0.12;

    /// <summary>More than this share of the face's width outside the mesh's side is hair, no ear sticks out so far.</summary>
    private const double EarReach = 0.22;

    /// <summary>The colour edge may lie above the mask's by this share of the face's height; more is something else.</summary>
    private const double CrownGap = 0.06;

    /// <summary>Largest FarDistance of a background that the head can be told from by colour.</summary>
    private const double Uniform = 12;

    /// <summary>Measures the head.</summary>
    public static HeadMeasure Of(Raster picture, PersonMask mask, FaceMesh face, Backdrop? backdrop)
    {
        var chin = Math.Max(face.Y(152), Math.Max(face.Y(148), face.Y(377)));
        var crown = Crown(picture, mask, face, backdrop);
        var (left, leftHair) = Side(mask, face, picture.Width, -1);
        var (right, rightHair) = Side(mask, face, picture.Width, 1);
        var middle = (face.X(234) + face.X(454)) / 2;
        var state = WidthState.Seen;
        if (leftHair && rightHair)
        {
            state = WidthState.Hidden;
            (left, right) = (face.X(234), face.X(454));
        }
        else if (leftHair || rightHair)
        {
            state = WidthState.Mirrored;
            (left, right) = leftHair ? ((2 * middle) - right, right) : (left, (2 * middle) - left);
        }

        return new HeadMeasure(crown, chin, left, right, face.Distance(234, 454), crown <= 0, chin > picture.Height, state);
    }

    private static double Crown(Raster picture, PersonMask mask, FaceMesh face, Backdrop? backdrop)
    {
        double width = face.Distance(234, 454), height = face.Distance(10, 152), middle = (face.X(234) + face.X(454)) / 2;
        int from = Math.Max(0, (int)(middle - (width / 2))), to = Math.Min(picture.Width, (int)(middle + (width / 2)));
        var enough = Math.Max(1, (int)(HairShare * (to - from)));
        var last = Math.Clamp((int)face.Y(10), 0, picture.Height - 1);
        double byMask = last;
        for (var y = 0; y <= last; y++)
        {
            var row = mask.Row(y);
            var count = 0;
            for (var x = from; x < to; x++)
            {
                count += row[x] > 128 ? 1 : 0;
            }

            if (count >= enough)
            {
                byMask = y;
                break;
            }
        }

        if (backdrop is null || backdrop.FarDistance > Uniform)
        {
            return byMask;
        }

        var threshold = (float)Math.Max(9, 1.5 * backdrop.FarDistance);
        for (var y = Math.Max(0, (int)(byMask - (CrownGap * height))); y < byMask; y++)
        {
            var row = picture.Row(y);
            var count = 0;
            for (var x = from; x < to; x++)
            {
                count += Lab.Of(row[4 * x], row[(4 * x) + 1], row[(4 * x) + 2]).DistanceTo(backdrop.Mean) > threshold ? 1 : 0;
            }

            if (count >= enough)
            {
                return y;
            }
        }

        return byMask;
    }

    /// <summary>The outermost edge of the head on one side at ear height, and whether hair lies over it.</summary>
    private static (double X, bool Hair) Side(PersonMask mask, FaceMesh face, int width, int direction)
    {
        var meshSide = face.X(direction < 0 ? 234 : 454);
        var faceWidth = face.Distance(234, 454);
        var eyes = (face.Y(33) + face.Y(263)) / 2;
        var edges = new List<double>();
        for (var y = (int)eyes; y <= face.Y(2); y++)
        {
            if (y < 0 || y * (long)width >= int.MaxValue)
            {
                continue;
            }

            var row = mask.Row(y);
            var x = (int)Math.Clamp(meshSide, 0, width - 1);
            while (x >= 0 && x < width && row[x] > 128)
            {
                x += direction;
            }

            edges.Add(direction < 0 ? x + 1 : x);
        }

        if (edges.Count == 0)
        {
            return (meshSide, true);
        }

        edges.Sort();
        var edge = edges[(int)((direction < 0 ? 0.15 : 0.85) * (edges.Count - 1))];
        return (edge, Math.Abs(edge - meshSide) > EarReach * faceWidth);
    }
}
