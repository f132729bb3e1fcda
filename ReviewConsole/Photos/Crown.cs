using System.Runtime.CompilerServices;

namespace ReviewConsole.Photos;

/// <summary>Finds the top of the hair.</summary>
internal static class Crown
{
    /// <summary>The row of the crown in pixels, and whether the edge of the picture cuts the head.</summary>
    public static double Of(HeadOutline outline, out bool cut)
    {
        var (face, picture, rules) = (outline.Face, outline.Picture, outline.Rules);
        var middle = (face.X(234) + face.X(454)) / 2;
        int from = Math.Max(0, (int)(middle - (outline.FaceWidth / 2))), to = Math.Min(picture.Width, (int)(middle + (outline.FaceWidth / 2)));
        var last = Math.Clamp((int)face.Y(10), 1, picture.Height - 1);
        cut = Count(outline, from, to, 0, null) >= rules.CutShare * (to - from);
        var body = FirstRow(outline, from, to, 0, last, rules.Body, null);
        var dome = rules.Dome * (FirstRow(outline, from, to, (int)body, last, 2 * rules.Body, null) - body);
        if (outline.Plain)
        {
            var threshold = outline.Threshold(HairContrast(outline, from, to, (int)body, last));
            var start = Math.Max(0, (int)(body - (rules.Agreement * outline.FaceHeight)));
            var seen = FirstRow(outline, from, to, start, last, rules.Body, threshold);
            if (seen > start && seen - body <= rules.Paler * outline.FaceHeight)
            {
                body = (body + seen) / 2;
            }
        }

        return cut ? 0 : Math.Max(0, body - dome);
    }

    /// <summary>The first row, to a fraction of a pixel, of which this share is hair; by colour where a threshold is given, else by the mask.</summary>
    private static double FirstRow(HeadOutline outline, int from, int to, int start, int last, double share, double? threshold)
    {
        var enough = share * (to - from);
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
