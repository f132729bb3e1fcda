namespace ReviewConsole.Photos;

/// <summary>Tells the skin of an ear from hair by this person's own colours: cheek and brow against the hair above the brow.</summary>
internal sealed class SkinOrHair
{
    /// <summary>Hair this near to the skin's colour cannot be told from it: a bald head, for instance. Then everything is skin.</summary>
    private const double LeastDifference = 14;

    /// <summary>An ear lies in shade more often than not: lightness says less than hue.</summary>
    private const float LightWeight = 0.6f;

    /// <summary>Skin in the shade has this share of the light (in sRGB values).</summary>
    private const float Shade = 0.7f;

    private readonly Raster picture;
    private readonly Lab[] skins;
    private readonly Lab hair;
    private readonly bool alike;

    public SkinOrHair(Raster picture, FaceMesh face, double crownY)
    {
        this.picture = picture;
        var radius = 0.05 * face.Distance(234, 454);
        skins =
        [
            Mean(face.X(50), face.Y(50), radius), Mean(face.X(280), face.Y(280), radius), Mean(face.X(151), face.Y(151), radius),
            Mean(face.X(50), face.Y(50), radius, Shade), Mean(face.X(280), face.Y(280), radius, Shade),
        ];
        hair = Mean(face.X(10), crownY + (0.4 * (face.Y(10) - crownY)), radius * 1.5);
        alike = true;
        foreach (var skin in skins)
        {
            alike &= Difference(skin, hair) < LeastDifference;
        }
    }

    /// <summary>Whether three pixels around x are nearer to the skin's colour than to the hair's.</summary>
    public bool IsSkin(int x, int y)
    {
        if (alike)
        {
            return true;
        }

        var colour = Mean(x + 0.5, y + 0.5, 1);
        var nearest = double.MaxValue;
        foreach (var skin in skins)
        {
            nearest = Math.Min(nearest, Difference(colour, skin));
        }

        return nearest < Difference(colour, hair);
    }

    private static double Difference(Lab a, Lab b) => a.DistanceTo(b with { L = a.L + ((b.L - a.L) * LightWeight) });

    private Lab Mean(double x, double y, double radius, float light = 1)
    {
        int left = Math.Clamp((int)(x - radius), 0, picture.Width - 1), right = Math.Clamp((int)(x + radius), left, picture.Width - 1);
        int top = Math.Clamp((int)(y - radius), 0, picture.Height - 1), bottom = Math.Clamp((int)(y + radius), top, picture.Height - 1);
        int r = 0, g = 0, b = 0, count = 0;
        for (var v = top; v <= bottom; v++)
        {
            var row = picture.Row(v);
            for (var u = left; u <= right; u++, count++)
            {
                r += row[4 * u];
                g += row[(4 * u) + 1];
                b += row[(4 * u) + 2];
            }
        }

        var share = light / count;
        return Lab.Of((byte)(r * share), (byte)(g * share), (byte)(b * share));
    }
}
