using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace ReviewConsole.Photos;

/// <summary>How sharp the face is.</summary>
internal static class Sharpness
{
    /// <summary>The eyes are brought to this distance, so that the number does not depend on the picture's size.</summary>
    private const double EyeDistance = 60;

    private const int Side = 160;

    /// <summary>Half axes of the ellipse that is looked at, in which a face with its eyes so far apart has its brow, cheeks and chin.</summary>
    private const int High = 76, Wide = 58;

    /// <summary>
    /// Variance of the luminance's second difference in the direction where it is least, times four: of a face in focus all directions are alike and this is about
    /// the variance of the Laplacian; a moved one is blurred in one direction only. Brought to a face of luminance 150, since a dark picture has smaller differences.
    /// </summary>
    /// <param name="picture">The working picture.</param>
    /// <param name="face">Whose sharpness.</param>
    /// <param name="faceLight">Mean luminance of the face, 0…255.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(Raster picture, FaceMesh face, double faceLight)
    {
        double left = (face.X(33) + face.X(133)) / 2, right = (face.X(362) + face.X(263)) / 2;
        double upper = (face.Y(33) + face.Y(133)) / 2, lower = (face.Y(362) + face.Y(263)) / 2;
        var eyes = Math.Sqrt(Math.Pow(right - left, 2) + Math.Pow(lower - upper, 2));
        double x = (face.X(234) + face.X(454)) / 2, y = (face.Y(10) + face.Y(152)) / 2;
        const int Fine = 2 * Side;
        var rgb = ArrayPool<float>.Shared.Rent(Fine * Fine * 3);
        var light = ArrayPool<float>.Shared.Rent(Side * Side);

        // Sampled twice as fine and averaged: nothing is skipped, so the answer does not jump with the scale.
        picture.Sample(rgb, Fine, Affine.Square(Fine, x, y, Side * eyes / EyeDistance, 0), 1, 0, replicate: true);
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                var a = ((2 * row * Fine) + (2 * column)) * 3;
                var b = a + (Fine * 3);
                light[(row * Side) + column] =
                    (0.299f * (rgb[a] + rgb[a + 3] + rgb[b] + rgb[b + 3])
                    + 0.587f * (rgb[a + 1] + rgb[a + 4] + rgb[b + 1] + rgb[b + 4])
                    + 0.114f * (rgb[a + 2] + rgb[a + 5] + rgb[b + 2] + rgb[b + 5])) / 4;
            }
        }

        var least = double.MaxValue;
        foreach (var step in (ReadOnlySpan<int>)[1, Side, Side + 1, Side - 1])
        {
            // A diagonal neighbour is √2 away: the second difference there is twice as large for the same blur.
            least = Math.Min(least, Variance(light, step) / (step is 1 or Side ? 1 : 4));
        }

        ArrayPool<float>.Shared.Return(rgb);
        ArrayPool<float>.Shared.Return(light);
        var gain = 150 / Math.Max(20, faceLight);
        return 4 * least * gain * gain;
    }

    private static double Variance(ReadOnlySpan<float> light, int step)
    {
        double sum = 0, square = 0;
        var count = 0;
        Span<float> second = stackalloc float[Side];
        for (var row = (Side / 2) - High + 1; row < (Side / 2) + High; row++)
        {
            // Inside an ellipse: the face's outline against the background is sharp in any picture.
            var v = (row - (Side / 2.0)) / High;
            var half = Wide * Math.Sqrt(1 - (v * v));
            int from = (row * Side) + (int)((Side / 2.0) - half) + 1, length = (row * Side) + (int)Math.Ceiling((Side / 2.0) + half) - from;
            var difference = second[..length];
            TensorPrimitives.Add(light.Slice(from - step, length), light.Slice(from + step, length), difference);
            TensorPrimitives.MultiplyAdd(light.Slice(from, length), -2f, difference, difference);
            sum += TensorPrimitives.Sum<float>(difference);
            square += TensorPrimitives.SumOfSquares<float>(difference);
            count += length;
        }

        return (square / count) - (sum / count * (sum / count));
    }
}
