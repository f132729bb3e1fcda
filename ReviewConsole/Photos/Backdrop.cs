using System.Buffers;
using System.Runtime.CompilerServices;

namespace ReviewConsole.Photos;

/// <summary>What lies behind the person: pixels outside the mask grown by a margin, above the chin.</summary>
/// <param name="Count">Number of pixels looked at.</param>
/// <param name="Share">Share of the picture they are, 0…1.</param>
/// <param name="Mean">Their mean colour.</param>
/// <param name="LowL">5th percentile of L*.</param>
/// <param name="SpreadL">Standard deviation of L* without the outermost hundredth on either side: a strand of hair is not a background.</param>
/// <param name="FarDistance">99th percentile of the distance from the mean colour.</param>
/// <param name="Offending">Where it is not white; null when it is white everywhere.</param>
internal sealed record Backdrop(int Count, double Share, Lab Mean, double LowL, double SpreadL, double FarDistance, BackgroundMap? Offending)
{
    /// <summary>Every second pixel of every second row is plenty for a statistic.</summary>
    private const int Stride = 2;

    /// <summary>Share of the picture's width that is kept clear of the person: hair ends softly. From the prototype; a fifth more or less changes nothing.</summary>
    private const double Margin = 0.035;

    /// <summary>Mask values up to this are background.</summary>
    private const byte Outside = 128;

    /// <summary>A pixel darker than this is not white: the 5th percentile's limit, where a person begins to look.</summary>
    private const float OffendingL = 88;

    /// <summary>A pixel further from grey than this is not white: the mean's limit.</summary>
    private const float OffendingChroma = 8;

    /// <summary>Measures the background; null where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Backdrop? Of(Raster picture, PersonMask mask, double chinY)
    {
        int columns = (picture.Width + Stride - 1) / Stride, rows = (Math.Clamp((int)chinY, 1, picture.Height) + Stride - 1) / Stride;
        var near = Grown(mask, columns, rows, Math.Max(1, (int)(Margin * picture.Width / Stride)));
        var colours = ArrayPool<Lab>.Shared.Rent(columns * rows);
        var count = 0;
        double l = 0, a = 0, b = 0;
        var map = new Cells(picture.Width, picture.Height);
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
                colours[count++] = colour;
                l += colour.L;
                a += colour.A;
                b += colour.B;
                map.Count(x * Stride, y * Stride, colour.L < OffendingL || colour.Chroma > OffendingChroma);
            }
        }

        try
        {
            return count == 0 ? null : Summary(
                colours.AsSpan(0, count),
                new Lab((float)(l / count), (float)(a / count), (float)(b / count)),
                (double)count * Stride * Stride / (picture.Width * picture.Height),
                map.Map());
        }
        finally
        {
            ArrayPool<Lab>.Shared.Return(colours);
        }
    }

    private static Backdrop Summary(ReadOnlySpan<Lab> colours, Lab mean, double share, BackgroundMap? map)
    {
        // Counted in tenths instead of sorted: many times faster, and finer than any limit.
        var light = new int[1001];
        var distance = new int[2001];
        foreach (var colour in colours)
        {
            light[Math.Clamp((int)((colour.L * 10) + 0.5f), 0, light.Length - 1)]++;
            distance[Math.Min((int)((colour.DistanceTo(mean) * 10) + 0.5f), distance.Length - 1)]++;
        }

        return new Backdrop(
            colours.Length, share, mean, Percentile(light, colours.Length / 20), Spread(light, colours.Length), Percentile(distance, (int)(colours.Length * 0.99)), map);
    }

    private static double Percentile(int[] counts, int rank)
    {
        var value = 0;
        for (var seen = counts[0]; seen <= rank && value < counts.Length - 1; seen += counts[value])
        {
            value++;
        }

        return value / 10.0;
    }

    /// <summary>Standard deviation without the outermost hundredth on either side.</summary>
    private static double Spread(int[] counts, int total)
    {
        int from = total / 100, to = total - from, seen = 0;
        double sum = 0, square = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var taken = Math.Max(0, Math.Min(seen + counts[i], to) - Math.Max(seen, from));
            seen += counts[i];
            sum += taken * i / 10.0;
            square += taken * (i / 10.0) * (i / 10.0);
        }

        return Math.Sqrt(Math.Max(0, (square / (to - from)) - (sum / (to - from) * (sum / (to - from)))));
    }

    /// <summary>The person grown by <paramref name="by"/> cells in both directions, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Counts offending pixels in a coarse grid.</summary>
    private sealed class Cells(int width, int height)
    {
        private const int Columns = 44;
        private readonly int rows = Math.Max(1, height * Columns / width);
        private readonly int[] bad = new int[Columns * Math.Max(1, height * Columns / width)];
        private readonly int[] all = new int[Columns * Math.Max(1, height * Columns / width)];

        public void Count(int x, int y, bool offends)
        {
            var cell = (Math.Min(rows - 1, y * rows / height) * Columns) + (x * Columns / width);
            all[cell]++;
            bad[cell] += offends ? 1 : 0;
        }

        /// <summary>A cell offends when half of its background does.</summary>
        public BackgroundMap? Map()
        {
            var bits = new byte[(all.Length + 7) / 8];
            var any = false;
            for (var i = 0; i < all.Length; i++)
            {
                if (all[i] > 0 && bad[i] * 2 >= all[i])
                {
                    bits[i / 8] |= (byte)(1 << (i % 8));
                    any = true;
                }
            }

            return any ? new BackgroundMap(Columns, rows, Convert.ToBase64String(bits)) : null;
        }
    }
}
