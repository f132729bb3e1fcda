namespace ReviewConsole.Photos;

/// <summary>What lies behind the person: pixels outside the mask grown by a margin, above the chin.</summary>
/// <param name="Count">Number of pixels looked at.</param>
/// <param name="Share">Share of the picture they are, 0…1.</param>
/// <param name="Mean">Their mean colour.</param>
/// <param name="LowL">5th percentile of L*.</param>
/// <param name="SpreadL">Standard deviation of L*.</param>
/// <param name="FarDistance">99th percentile of the distance from the mean colour.</param>
internal sealed record Backdrop(int Count, double Share, Lab Mean, double LowL, double SpreadL, double FarDistance)
{
    /// <summary>Every second pixel of every second row is plenty for a statistic.</summary>
    private const int Stride = 2;

    /// <summary>Share of the picture's width that is kept clear of the person.</summary>
    private const double Margin = 0.035;

    /// <summary>Mask values up to this are background.</summary>
    private const byte Outside = 128;

    /// <summary>Measures the background; null where there is none.</summary>
    public static Backdrop? Of(Raster picture, PersonMask mask, double chinY)
    {
        int columns = (picture.Width + Stride - 1) / Stride, rows = (Math.Clamp((int)chinY, 1, picture.Height) + Stride - 1) / Stride;
        var near = Grown(mask, columns, rows, Math.Max(1, (int)(Margin * picture.Width / Stride)));
        var colours = new List<Lab>(columns * rows);
        double l = 0, a = 0, b = 0, square = 0;
        for (var y = 0; y < rows; y++)
        {
            var row = picture.Row(y * Stride);
            for (var x = 0; x < columns; x++)
            {
                if (near[(y * columns) + x])
                {
                    continue;
                }

                var at = x * Stride * 4;
                var colour = Lab.Of(row[at], row[at + 1], row[at + 2]);
                colours.Add(colour);
                l += colour.L;
                a += colour.A;
                b += colour.B;
                square += colour.L * colour.L;
            }
        }

        var count = colours.Count;
        if (count == 0)
        {
            return null;
        }

        var mean = new Lab((float)(l / count), (float)(a / count), (float)(b / count));
        var light = new float[count];
        var distance = new float[count];
        for (var i = 0; i < count; i++)
        {
            light[i] = colours[i].L;
            distance[i] = colours[i].DistanceTo(mean);
        }

        Array.Sort(light);
        Array.Sort(distance);
        var spread = Math.Sqrt(Math.Max(0, (square / count) - ((double)mean.L * mean.L)));
        return new Backdrop(count, (double)count * Stride * Stride / (picture.Width * picture.Height), mean, light[count / 20], spread, distance[count * 99 / 100]);
    }

    /// <summary>The person grown by <paramref name="by"/> cells in both directions, one after the other.</summary>
    private static bool[] Grown(PersonMask mask, int columns, int rows, int by)
    {
        var wide = new bool[columns * rows];
        for (var y = 0; y < rows; y++)
        {
            var row = mask.Row(y * Stride);
            var until = -1;
            for (var x = 0; x < columns + by; x++)
            {
                if (x < columns && row[x * Stride] > Outside)
                {
                    until = x + (2 * by);
                }

                if (x >= by && x <= until)
                {
                    wide[(y * columns) + x - by] = true;
                }
            }
        }

        var grown = new bool[columns * rows];
        for (var x = 0; x < columns; x++)
        {
            var until = -1;
            for (var y = 0; y < rows + by; y++)
            {
                if (y < rows && wide[(y * columns) + x])
                {
                    until = y + (2 * by);
                }

                if (y >= by && y <= until)
                {
                    grown[((y - by) * columns) + x] = true;
                }
            }
        }

        return grown;
    }
}
