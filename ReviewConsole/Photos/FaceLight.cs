using System.Runtime.CompilerServices;

namespace ReviewConsole.Photos;

/// <summary>Light and colour of the skin between brow and chin.</summary>
/// <param name="Mean">Mean luminance 0…255.</param>
/// <param name="Burnt">Share of pixels at 247 or above, 0…1.</param>
/// <param name="Sides">Mean luminance of the darker half ÷ that of the lighter half, 0…1.</param>
/// <param name="Chroma">Mean distance from grey (CIE Lab).</param>
/// <param name="HueSpread">Spread of the hue over the whole picture in degrees: a toned picture has one hue only.</param>
/// <param name="GreyShare">Share of all pixels whose channels differ by 6 or less.</param>
internal sealed record FaceLight(double Mean, double Burnt, double Sides, double Chroma, double HueSpread, double GreyShare)
{
    /// <summary>From this luminance on nothing is drawn any more; from the prototype.</summary>
    private const int BurntFrom = 247;

    /// <summary>Channels that differ by no more are grey, but for compression; from the prototype.</summary>
    private const int GreyUpTo = 6;

    /// <summary>Colours nearer to grey than this have no hue: compression moves them about as far.</summary>
    private const float HueFrom = 4;

    /// <summary>Measures face and picture.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static FaceLight Of(Raster picture, FaceMesh face)
    {
        double sumLeft = 0, sumRight = 0, chroma = 0;
        int left = 0, right = 0, burnt = 0;
        double middleX = (face.X(234) + face.X(454)) / 2, middleY = (face.Y(10) + face.Y(152)) / 2;
        double radiusX = face.Distance(234, 454) * 0.42, radiusY = face.Distance(10, 152) * 0.45;
        int top = Math.Max(0, (int)(middleY - radiusY)), bottom = Math.Min(picture.Height, (int)(middleY + radiusY));
        for (var y = top; y < bottom; y += 2)
        {
            var row = picture.Row(y);
            var half = radiusX * Math.Sqrt(Math.Max(0, 1 - Math.Pow((y - middleY) / radiusY, 2)));
            int from = Math.Max(0, (int)(middleX - half)), to = Math.Min(picture.Width, (int)(middleX + half));
            for (var x = from; x < to; x += 2)
            {
                int r = row[4 * x], g = row[(4 * x) + 1], b = row[(4 * x) + 2];
                var light = ((299 * r) + (587 * g) + (114 * b)) / 1000;
                burnt += light >= BurntFrom ? 1 : 0;
                chroma += Lab.Of((byte)r, (byte)g, (byte)b).Chroma;
                if (x < middleX)
                {
                    sumLeft += light;
                    left++;
                }
                else
                {
                    sumRight += light;
                    right++;
                }
            }
        }

        var count = Math.Max(1, left + right);
        double meanLeft = sumLeft / Math.Max(1, left), meanRight = sumRight / Math.Max(1, right);
        var (spread, grey) = WholePicture(picture);
        return new FaceLight(
            (sumLeft + sumRight) / count,
            (double)burnt / count,
            Math.Min(meanLeft, meanRight) / Math.Max(1, Math.Max(meanLeft, meanRight)),
            chroma / count,
            spread,
            grey);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double HueSpread, double GreyShare) WholePicture(Raster picture)
    {
        // A quarter of the size: compression's noise of colour would look like hues of its own.
        var small = picture.Half.Half;
        int grey = 0, coloured = 0;
        double sumA = 0, sumB = 0;
        for (var y = 0; y < small.Height; y++)
        {
            var row = small.Row(y);
            for (var x = 0; x < row.Length; x += 4)
            {
                byte r = row[x], g = row[x + 1], b = row[x + 2];
                grey += Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) <= GreyUpTo ? 1 : 0;
                var lab = Lab.Of(r, g, b);
                var chroma = lab.Chroma;
                if (chroma >= HueFrom)
                {
                    sumA += lab.A / chroma;
                    sumB += lab.B / chroma;
                    coloured++;
                }
            }
        }

        // Circular standard deviation: 0 where every coloured pixel has the same hue.
        var length = coloured == 0 ? 1 : Math.Sqrt((sumA * sumA) + (sumB * sumB)) / coloured;
        return (Math.Sqrt(Math.Max(0, -2 * Math.Log(length))) * 180 / Math.PI, (double)grey / (small.Width * small.Height));
    }
}
