namespace ReviewConsole.Photos;

/// <summary>Finds the chin: the mesh's, moved where the mesh is known to lie.</summary>
internal static class Chin
{
    /// <summary>The row of the chin in pixels.</summary>
    public static double Of(Raster picture, FaceMesh face, HeadRules rules)
    {
        var lowest = Math.Max(face.Y(152), Math.Max(face.Y(148), face.Y(377)));
        var smile = Math.Clamp(((face.Distance(61, 291) / face.Distance(234, 454)) - rules.SmileFrom) / rules.Ramp, 0, 1);
        var cheeks = Light(picture, face, 50, 50) + Light(picture, face, 280, 280);
        var beard = Math.Clamp((rules.BeardFrom - (2 * Light(picture, face, 199, 175) / Math.Max(1, cheeks))) / (2 * rules.Ramp), 0, 1);
        return lowest + (Math.Max(smile, beard) * rules.ChinShift * face.Distance(10, 152));
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
