using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace ReviewConsole.Photos;

/// <summary>How likely each pixel of the working picture belongs to a person, 0…255.</summary>
internal sealed class PersonMask : IDisposable
{
    /// <summary>Cells over which the finer mask is blended into the coarser.</summary>
    private const float Rim = 16;

    private readonly int width;
    private byte[] values;

    private PersonMask(int width, int height) => (this.width, values) = (width, ArrayPool<byte>.Shared.Rent(width * height));

    /// <summary>One row.</summary>
    public Span<byte> Row(int y) => values.AsSpan(y * width, width);

    /// <summary>One pixel.</summary>
    public byte this[int x, int y] => values[(y * width) + x];

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(values);
        values = [];
    }

    /// <summary>
    /// Segments a square around the head and, where that leaves part of the picture above the chin out, the whole picture, coarser; the head's mask counts inside its
    /// square, blended at the rim.
    /// </summary>
    /// <param name="models">The models.</param>
    /// <param name="picture">The working picture.</param>
    /// <param name="face">The face whose head is wanted.</param>
    public static PersonMask Of(Inference models, Raster picture, FaceMesh face)
    {
        var mask = new PersonMask(picture.Width, picture.Height);
        var side = models.Person.Side;
        double step = 1.0 / side;
        double x = (face.X(234) + face.X(454)) / 2, y = (face.Y(10) + face.Y(152)) / 2, half = 1.3 * face.Distance(10, 152);
        var partly = x - half > 0 || y - half > 0 || x + half < picture.Width || y + half < Math.Min(picture.Height, face.Y(152));
        if (partly)
        {
            mask.Add(models, picture, new Affine(picture.Width * step, 0, 0, 0, picture.Height * step, 0), blend: false);
        }
        else
        {
            // What lies below the square is not asked for, but the buffer is used again.
            mask.values.AsSpan().Clear();
        }

        mask.Add(models, picture, Affine.Square(side, x, y, 2 * half, 0), blend: partly);
        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(Inference models, Raster picture, Affine map, bool blend)
    {
        using var run = models.Person.Rent();
        var side = models.Person.Side;
        picture.Sample(run.Input, side, map, 1 / 255f, 0, replicate: true);
        run.Execute();
        var raw = run.Output(side * side);
        int left = Math.Max(0, (int)Math.Ceiling(map.C - 0.5)), right = Math.Min(picture.Width, (int)(map.C + (map.A * side) + 0.5));
        int top = Math.Max(0, (int)Math.Ceiling(map.F - 0.5)), bottom = Math.Min(picture.Height, (int)(map.F + (map.E * side) + 0.5));
        var columns = new (int At, float Share, float Inside)[Math.Max(0, right - left)];
        for (var x = left; x < right; x++)
        {
            columns[x - left] = Place((x + 0.5 - map.C) / map.A, side, blend);
        }

        Span<float> between = stackalloc float[side];
        for (var y = top; y < bottom; y++)
        {
            var (upper, fy, rim) = Place((y + 0.5 - map.F) / map.E, side, blend);
            TensorPrimitives.Lerp(raw.Slice(upper * side, side), raw.Slice((upper + 1) * side, side), fy, between);
            var row = Row(y)[left..right];
            for (var x = 0; x < row.Length; x++)
            {
                var (a, fx, edge) = columns[x];
                var inside = Math.Min(rim, edge);
                row[x] = (byte)((Math.Clamp(between[a] + ((between[a + 1] - between[a]) * fx), 0, 1) * 255 * inside) + (row[x] * (1 - inside)) + 0.5f);
            }
        }
    }

    /// <summary>Cell and share of the next one, and how much this mask counts so near to its rim.</summary>
    private static (int At, float Share, float Inside) Place(double position, int side, bool blend)
    {
        var at = Math.Clamp((float)position - 0.5f, 0, side - 1);
        var cell = Math.Min((int)at, side - 2);
        return (cell, at - cell, blend ? Math.Clamp(Math.Min(at, side - 1 - at) / Rim, 0, 1) : 1);
    }
}
