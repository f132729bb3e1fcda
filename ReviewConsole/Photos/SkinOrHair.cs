namespace ReviewConsole.Photos;

/// <summary>Tells the skin of an ear from hair by this person's own colours: cheek and brow against the hair above the brow.</summary>
internal sealed class SkinOrHair
{
    private readonly Raster picture;
    private readonly HeadRules rules;
    private readonly Lab[] skins;
    private readonly Lab hair;
    private readonly bool alike;

    public SkinOrHair(Raster picture, FaceMesh face, double crownY, HeadRules rules)
    {
        (this.picture, this.rules) = (picture, rules);
        var radius = 0.05 * face.Distance(234, 454);
        skins =
        [
            Mean(face.X(50), face.Y(50), radius), Mean(face.X(280), face.Y(280), radius), Mean(face.X(151), face.Y(151), radius),
            Mean(face.X(50), face.Y(50), radius, rules.Shade), Mean(face.X(280), face.Y(280), radius, rules.Shade),
        ];
        hair = Mean(face.X(10), crownY + (0.4 * (face.Y(10) - crownY)), radius * 1.5);
        alike = true;
        foreach (var skin in skins)
        {
            alike &= Difference(skin, hair) < rules.LeastDifference;
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

    private double Difference(Lab a, Lab b) => a.DistanceTo(b with { L = a.L + ((b.L - a.L) * (float)rules.LightWeight) });

    private Lab Mean(double x, double y, double radius, double light = 1)
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
