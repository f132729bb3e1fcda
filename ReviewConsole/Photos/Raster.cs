using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ReviewConsole.Photos;

/// <summary>An upright sRGB picture in memory, four bytes a pixel (the fourth unused), in a pooled buffer.</summary>
internal sealed class Raster(int width, int height) : IDisposable
{
    private const uint Even = 0x00FF00FF;
    private const uint Rounding = 0x00020002;
    private byte[] pixels = ArrayPool<byte>.Shared.Rent(width * height * 4);
    private Raster? half;

    /// <summary>Width in pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Height in pixels.</summary>
    public int Height { get; } = height;

    /// <summary>All pixels row by row; at least Width × Height × 4 bytes.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>One row of Width × 4 bytes.</summary>
    public Span<byte> Row(int y) => pixels.AsSpan(y * Width * 4, Width * 4);

    /// <summary>The same picture at half the size, each pixel the mean of four; made once.</summary>
    public Raster Half => half ??= MakeHalf();

    /// <inheritdoc/>
    public void Dispose()
    {
        half?.Dispose();
        half = null;
        ArrayPool<byte>.Shared.Return(pixels);
        pixels = [];
    }

    /// <summary>
    /// Fills a square of RGB floats from this picture. Steps of more than two pixels are taken from a halved picture, so that nothing is skipped.
    /// </summary>
    /// <param name="target">side × side × 3 floats.</param>
    /// <param name="side">Side of the square.</param>
    /// <param name="map">From the square's coordinates to this picture's.</param>
    /// <param name="gain">Factor on 0…255.</param>
    /// <param name="bias">Added after the factor.</param>
    /// <param name="replicate">Beyond the edge: the nearest edge pixel; otherwise black.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sample(float[] target, int side, in Affine map, float gain, float bias, bool replicate)
    {
        if (map.Step >= 2 && Width >= 4 && Height >= 4)
        {
            Half.Sample(target, side, map.Scaled(0.5), gain, bias, replicate);
            return;
        }

        ref var source = ref MemoryMarshal.GetArrayDataReference(pixels);
        float stepX = (float)map.A, stepY = (float)map.D;
        for (var row = 0; row < side; row++)
        {
            var (startX, startY) = map.Apply(0.5, row + 0.5);
            float x = (float)startX, y = (float)startY;
            var line = target.AsSpan(row * side * 3, side * 3);
            for (var column = 0; column < side; column++, x += stepX, y += stepY)
            {
                var value = replicate || (x >= 0 && y >= 0 && x <= Width && y <= Height)
                    ? (Between(ref source, x - 0.5f, y - 0.5f) * gain) + Vector128.Create(bias)
                    : Vector128.Create(bias);
                line[3 * column] = value.GetElement(0);
                line[(3 * column) + 1] = value.GetElement(1);
                line[(3 * column) + 2] = value.GetElement(2);
            }
        }
    }

    /// <summary>The colour between four pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Between(ref byte source, float x, float y)
    {
        x = Math.Clamp(x, 0, Width - 1);
        y = Math.Clamp(y, 0, Height - 1);
        int left = (int)x, top = (int)y;
        float fx = x - left, fy = y - top;
        var at = ((top * Width) + left) * 4;
        var right = left + 1 < Width ? 4 : 0;
        var below = top + 1 < Height ? Width * 4 : 0;
        var upper = (Load(ref source, at) * (1 - fx)) + (Load(ref source, at + right) * fx);
        var lower = (Load(ref source, at + below) * (1 - fx)) + (Load(ref source, at + below + right) * fx);
        return (upper * (1 - fy)) + (lower * fy);
    }

    /// <summary>One pixel as four floats. The clamped position above is always inside the buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(ref byte source, int at)
    {
        var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, at))).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    /// <summary>The picture turned clockwise so that what lay at <paramref name="quarters"/> quarters is upright.</summary>
    public Raster Turned(int quarters)
    {
        var result = quarters % 2 == 0 ? new Raster(Width, Height) : new Raster(Height, Width);
        for (var y = 0; y < result.Height; y++)
        {
            var target = result.Row(y);
            for (var x = 0; x < result.Width; x++)
            {
                var (u, v) = quarters switch { 1 => (Width - 1 - y, x), 2 => (Width - 1 - x, Height - 1 - y), 3 => (y, Height - 1 - x), _ => (x, y) };
                pixels.AsSpan(((v * Width) + u) * 4, 4).CopyTo(target[(4 * x)..]);
            }
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Raster MakeHalf()
    {
        var result = new Raster((Width + 1) / 2, (Height + 1) / 2);
        for (var y = 0; y < result.Height; y++)
        {
            var upper = MemoryMarshal.Cast<byte, uint>(Row(2 * y));
            var lower = MemoryMarshal.Cast<byte, uint>(Row(Math.Min((2 * y) + 1, Height - 1)));
            var target = MemoryMarshal.Cast<byte, uint>(result.Row(y));
            for (var x = 0; x < target.Length; x++)
            {
                // Two channels at a time: each sum of four bytes fits in its sixteen bits.
                int left = 2 * x, right = Math.Min(left + 1, upper.Length - 1);
                uint a = upper[left], b = upper[right], c = lower[left], d = lower[right];
                var even = ((a & Even) + (b & Even) + (c & Even) + (d & Even) + Rounding) >> 2 & Even;
                var odd = ((a >> 8 & Even) + (b >> 8 & Even) + (c >> 8 & Even) + (d >> 8 & Even) + Rounding) >> 2 & Even;
                target[x] = even | odd << 8;
            }
        }

        return result;
    }
}

/// <summary>A map between planes: x' = A x + B y + C, y' = D x + E y + F. Pixel k spans k … k + 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Length of one step, the longer of the two directions.</summary>
    public double Step => Math.Sqrt(Math.Max((A * A) + (D * D), (B * B) + (E * E)));

    /// <summary>From a square of <paramref name="side"/> pixels onto a turned square around a centre.</summary>
    /// <param name="side">Side of the square that is filled.</param>
    /// <param name="centreX">Centre in the picture.</param>
    /// <param name="centreY">Centre in the picture.</param>
    /// <param name="size">Side of the square in the picture.</param>
    /// <param name="turn">Turn in radians, clockwise as seen.</param>
    public static Affine Square(int side, double centreX, double centreY, double size, double turn)
    {
        var step = size / side;
        double cos = Math.Cos(turn) * step, sin = Math.Sin(turn) * step, half = side / 2.0;
        return new Affine(cos, -sin, centreX - (half * (cos - sin)), sin, cos, centreY - (half * (sin + cos)));
    }

    /// <summary>The image of a point.</summary>
    public (double X, double Y) Apply(double x, double y) => ((A * x) + (B * y) + C, (D * x) + (E * y) + F);

    /// <summary>The same map into a picture <paramref name="factor"/> times the size.</summary>
    public Affine Scaled(double factor) => new(A * factor, B * factor, C * factor, D * factor, E * factor, F * factor);
}
