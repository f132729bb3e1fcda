using System.Runtime.CompilerServices;

namespace ReviewConsole.Photos;

/// <summary>Finds the top of the hair.</summary>
internal static class Crown
{
    /// <summary>A row belongs to the hair's body when this share of the face's width is hair; spikes and strands are narrower.</summary>
    private const double Body = 0.3;

    /// <summary>How far a skull's top lies above the row that is <see cref="Body"/> wide, as a share of the face's width.</summary>
    private const double Dome = 0.022;

    /// <summary>A first row with this share of hair is cut off by the edge.</summary>
    private const double CutShare = 0.12;

    /// <summary>The colour may see hair above the mask's by this share of the face's height; further up is something else.</summary>
    private const double Agreement = 0.06;

    /// <summary>Colour that sees hair only this much below the mask's has missed pale hair on a pale background.</summary>
    private const double Paler = 0.02;

    /// <summary>The row of the crown in pixels, and whether the edge of the picture cuts the head.</summary>
    public static double Of(HeadOutline outline, out bool cut)
    {
        var (face, picture) = (outline.Face, outline.Picture);
        var middle = (face.X(234) + face.X(454)) / 2;
        int from = Math.Max(0, (int)(middle - (outline.FaceWidth / 2))), to = Math.Min(picture.Width, (int)(middle + (outline.FaceWidth / 2)));
        var last = Math.Clamp((int)face.Y(10), 1, picture.Height - 1);
        cut = Count(outline, from, to, 0, null) >= CutShare * (to - from);
        var body = FirstRow(outline, from, to, 0, last, null);
        if (outline.Plain)
        {
            var threshold = outline.Threshold(HairContrast(outline, from, to, (int)body, last));
            var start = Math.Max(0, (int)(body - (Agreement * outline.FaceHeight)));
            var seen = FirstRow(outline, from, to, start, last, threshold);
            if (seen > start && seen - body <= Paler * outline.FaceHeight)
            {
                body = (body + seen) / 2;
            }
        }

        return cut ? 0 : Math.Max(0, body - (Dome * outline.FaceWidth));
    }

    /// <summary>The first row, to a fraction of a pixel, whose hair is <see cref="Body"/> of the width; by colour where a threshold is given, else by the mask.</summary>
    private static double FirstRow(HeadOutline outline, int from, int to, int start, int last, double? threshold)
    {
        var enough = Body * (to - from);
        var before = 0;
        for (var y = start; y <= last; y++)
        {
            var count = Count(outline, from, to, y, threshold);
            if (count >= enough)
            {
                return y == start ? y : y - ((count - enough) / Math.Max(1, count - before));
            }

            before = count;
        }

        return last;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Count(HeadOutline outline, int from, int to, int y, double? threshold)
    {
        var count = 0;
        if (threshold is { } least)
        {
            for (var x = from; x < to; x++)
            {
                count += outline.Contrast(x, y) > least ? 1 : 0;
            }

            return count;
        }

        var row = outline.Mask.Row(y);
        for (var x = from; x < to; x++)
        {
            count += row[x] > HeadOutline.Inside ? 1 : 0;
        }

        return count;
    }

    /// <summary>How much the hair stands out: the mean contrast a little below its edge.</summary>
    private static double HairContrast(HeadOutline outline, int from, int to, int body, int last)
    {
        var y = Math.Min(last, body + (int)(0.06 * outline.FaceHeight));
        int quarter = (to - from) / 4, count = 0;
        double sum = 0;
        for (var x = from + quarter; x < to - quarter; x += 2, count++)
        {
            sum += outline.Contrast(x, y);
        }

        return sum / Math.Max(1, count);
    }
}
