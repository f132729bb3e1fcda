namespace ReviewConsole.Photos;

/// <summary>Finds the outermost edge of the head at ear height on one side: the ear's, where one is seen.</summary>
internal static class EarEdge
{
    /// <summary>The column of the edge, and whether it stands clear of hair; null when hair hides it.</summary>
    /// <param name="outline">The head against its background.</param>
    /// <param name="skin">Tells ear from hair.</param>
    /// <param name="direction">−1 for the left side as seen, 1 for the right.</param>
    public static (double X, bool Clear)? Of(HeadOutline outline, SkinOrHair skin, int direction)
    {
        var (face, rules) = (outline.Face, outline.Rules);
        var (eye, root) = direction < 0 ? (face.Y(33), face.X(234)) : (face.Y(263), face.X(454));
        int top = Math.Max(0, (int)(eye - (rules.EarAbove * outline.FaceHeight))), bottom = Math.Min(outline.Picture.Height - 1, (int)(eye + (rules.EarBelow * outline.FaceHeight)));
        var hairy = 0;
        var ears = new List<double>();
        var outlines = new List<double>();
        for (var y = top; y <= bottom; y++)
        {
            if (Reach(outline, root, y, direction) is not { } reach)
            {
                continue;
            }

            outlines.Add(reach);
            hairy += reach > rules.Furthest * outline.FaceWidth ? 1 : 0;
            if (SkinReach(outline, skin, root, reach, y, direction) is { } ear)
            {
                ears.Add(ear);
            }
        }

        if (outlines.Count == 0)
        {
            return null;
        }

        // An ear's outermost part is short, so nearly the furthest row counts; the furthest alone may be a stray pixel.
        var furthest = ears.Count < rules.LeastRows * outlines.Count ? 0 : Percentile(ears, rules.EarRank);
        if (furthest >= rules.Cheek * outline.FaceWidth)
        {
            return (root + (direction * furthest), hairy * 2 < outlines.Count);
        }

        // No ear: either the head is turned and ends here, or hair lies over it.
        var end = Percentile(outlines, rules.EarRank);
        return end < 2 * rules.Cheek * outline.FaceWidth ? (root + (direction * end), true) : null;
    }

    /// <summary>How far the outline lies beyond the mesh's side in one row.</summary>
    private static double? Reach(HeadOutline outline, double root, int y, int direction)
    {
        var row = outline.Mask.Row(y);
        var x = (int)root;
        if (x < 0 || x >= outline.Picture.Width || row[x] <= HeadOutline.Inside)
        {
            return null;
        }

        while (x >= 0 && x < outline.Picture.Width && row[x] > HeadOutline.Inside)
        {
            x += direction;
        }

        if (x < 0 || x >= outline.Picture.Width)
        {
            return Math.Abs(x - root);
        }

        int inner = row[x - direction], outer = row[x];
        var byMask = (x - direction + 0.5 + (direction * (inner - HeadOutline.Inside) / (double)Math.Max(1, inner - outer)) - root) * direction;
        return outline.Plain && ByColour(outline, root, byMask, y, direction) is { } byColour ? (byMask + byColour) / 2 : byMask;
    }

    private static double? ByColour(HeadOutline outline, double root, double byMask, int y, int direction)
    {
        var band = outline.Rules.Rim * outline.FaceWidth;
        var threshold = outline.Threshold(outline.Contrast((int)(root + (direction * (byMask - band))), y));
        var before = 0f;
        for (var step = byMask + band; step > byMask - band; step--)
        {
            var contrast = outline.Contrast((int)Math.Floor(root + (direction * step)), y);
            if (contrast > threshold)
            {
                // Already head at the outermost step: something else lies beside it.
                return step == byMask + band ? null : step + Math.Clamp((threshold - before) / Math.Max(1, contrast - before), 0, 1) - 0.5;
            }

            before = contrast;
        }

        return null;
    }

    /// <summary>How far skin reaches in one row: the outline where skin lies under it, else where it ends before hair.</summary>
    private static double? SkinReach(HeadOutline outline, SkinOrHair skin, double root, double reach, int y, int direction)
    {
        double rim = outline.Rules.Rim * outline.FaceWidth, run = 0;
        for (var step = Math.Min(reach - (0.4 * rim), outline.Rules.Furthest * outline.FaceWidth); step > -rim; step--)
        {
            run = skin.IsSkin((int)(root + (direction * step)), y) ? run + 1 : 0;
            if (run > 0.5 * rim)
            {
                var end = step + run;
                return reach - end <= rim ? reach : end;
            }
        }

        return null;
    }

    private static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values[(int)(share * (values.Count - 1))];
    }
}
