using System.Buffers;

namespace ReviewConsole.Photos;

/// <summary>How likely each pixel of the working picture belongs to a person, 0…255.</summary>
internal sealed class PersonMask : IDisposable
{
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

    /// <summary>Segments the whole picture and, finer, a square around the head; the head's mask counts inside its square, blended at the rim.</summary>
    /// <param name="models">The models.</param>
    /// <param name="picture">The working picture.</param>
    /// <param name="face">The face whose head is wanted.</param>
    public static PersonMask Of(Inference models, Raster picture, FaceMesh face)
    {
        var mask = new PersonMask(picture.Width, picture.Height);
        var side = models.Person.Side;
        double step = 1.0 / side;
        mask.Add(models, picture, new Affine(picture.Width * step, 0, 0, 0, picture.Height * step, 0), blend: false);
        var height = face.Distance(10, 152);
        double x = (face.X(234) + face.X(454)) / 2, y = (face.Y(10) + face.Y(152)) / 2;
        mask.Add(models, picture, Affine.Square(side, x, y, 2.6 * height, 0), blend: true);
        return mask;
    }

    private void Add(Inference models, Raster picture, Affine map, bool blend)
    {
        using var run = models.Person.Rent();
        var side = models.Person.Side;
        picture.Sample(run.Input, side, map, 1 / 255f, 0, replicate: true);
        run.Execute();
        var raw = run.Output(side * side);
        int left = Math.Max(0, (int)Math.Ceiling(map.C - 0.5)), right = Math.Min(picture.Width, (int)(map.C + (map.A * side) + 0.5));
        int top = Math.Max(0, (int)Math.Ceiling(map.F - 0.5)), bottom = Math.Min(picture.Height, (int)(map.F + (map.E * side) + 0.5));
        const float Rim = 16;
        for (var y = top; y < bottom; y++)
        {
            var v = Math.Clamp((float)((y + 0.5 - map.F) / map.E) - 0.5f, 0, side - 1);
            var upper = Math.Min((int)v, side - 2);
            var fy = v - upper;
            var row = Row(y);
            for (var x = left; x < right; x++)
            {
                var u = Math.Clamp((float)((x + 0.5 - map.C) / map.A) - 0.5f, 0, side - 1);
                var a = Math.Min((int)u, side - 2);
                var fx = u - a;
                a += upper * side;
                var value = (((raw[a] * (1 - fx)) + (raw[a + 1] * fx)) * (1 - fy)) + (((raw[a + side] * (1 - fx)) + (raw[a + side + 1] * fx)) * fy);
                value = Math.Clamp(value, 0, 1) * 255;
                if (blend)
                {
                    var inside = Math.Clamp(Math.Min(Math.Min(u, side - 1 - u), Math.Min(v, side - 1 - v)) / Rim, 0, 1);
                    value = (value * inside) + (row[x] * (1 - inside));
                }

                row[x] = (byte)(value + 0.5f);
            }
        }
    }
}
