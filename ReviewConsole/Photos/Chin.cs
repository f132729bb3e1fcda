namespace ReviewConsole.Photos;

/// <summary>Finds the chin: the mesh's, moved where the mesh is known to lie.</summary>
internal static class Chin
{
    /// <summary>A mouth wider than this share of the face smiles …</summary>
    private const double SmileFrom = 0.42;

    /// <summary>… and fully at this.</summary>
    private const double SmileFull = 0.52;

    /// <summary>A full smile pulls the mesh's chin up by this share of the face's height.</summary>
    private const double SmileShift = 0.015;

    /// <summary>A chin darker than this share of the cheeks is bearded …</summary>
    private const double BeardFrom = 0.8;

    /// <summary>… and fully at this.</summary>
    private const double BeardFull = 0.6;

    /// <summary>A full beard pulls the mesh's chin up by this share of the face's height.</summary>
    private const double BeardShift = 0.02;

    /// <summary>The row of the chin in pixels.</summary>
    public static double Of(Raster picture, FaceMesh face)
    {
        var lowest = Math.Max(face.Y(152), Math.Max(face.Y(148), face.Y(377)));
        var smile = Math.Clamp(((face.Distance(61, 291) / face.Distance(234, 454)) - SmileFrom) / (SmileFull - SmileFrom), 0, 1);
        var cheeks = Light(picture, face, 50, 50) + Light(picture, face, 280, 280);
        var beard = Math.Clamp((BeardFrom - (2 * Light(picture, face, 199, 175) / Math.Max(1, cheeks))) / (BeardFrom - BeardFull), 0, 1);
        return lowest + (((smile * SmileShift) + (beard * BeardShift)) * face.Distance(10, 152));
    }

    /// <summary>Mean luminance of a patch between two landmarks.</summary>
    private static double Light(Raster picture, FaceMesh face, int a, int b)
    {
        double x = (face.X(a) + face.X(b)) / 2, y = (face.Y(a) + face.Y(b)) / 2, radius = 0.06 * face.Distance(234, 454);
        int left = Math.Clamp((int)(x - radius), 0, picture.Width - 1), right = Math.Clamp((int)(x + radius), left, picture.Width - 1);
        int top = Math.Clamp((int)(y - radius), 0, picture.Height - 1), bottom = Math.Clamp((int)(y + radius), top, picture.Height - 1);
        double sum = 0;
        for (var v = top; v <= bottom; v++)
        {
            var row = picture.Row(v);
            for (var u = left; u <= right; u++)
            {
                sum += (0.299 * row[4 * u]) + (0.587 * row[(4 * u) + 1]) + (0.114 * row[(4 * u) + 2]);
            }
        }

        return sum / ((right - left + 1) * (bottom - top + 1));
    }
}
