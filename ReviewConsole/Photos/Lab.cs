using System.Runtime.InteropServices;

namespace ReviewConsole.Photos;

/// <summary>A colour in CIE L*a*b* (D65): equal distances look about equally different.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lab(float L, float A, float B)
{
    private static readonly float[] Linear = MakeLinear();
    private static readonly float[] Root = MakeRoot();

    /// <summary>Distance from grey.</summary>
    public float Chroma => MathF.Sqrt((A * A) + (B * B));

    /// <summary>From 8-bit sRGB.</summary>
    public static Lab Of(byte red, byte green, byte blue)
    {
        float r = Linear[red], g = Linear[green], b = Linear[blue];
        var x = RootOf(((0.4124564f * r) + (0.3575761f * g) + (0.1804375f * b)) / 0.95047f);
        var y = RootOf((0.2126729f * r) + (0.7151522f * g) + (0.0721750f * b));
        var z = RootOf(((0.0193339f * r) + (0.1191920f * g) + (0.9503041f * b)) / 1.08883f);
        return new Lab((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    /// <summary>Difference of two colours (CIE 1976).</summary>
    public float DistanceTo(Lab other) => MathF.Sqrt(Square(L - other.L) + Square(A - other.A) + Square(B - other.B));

    private static float Square(float value) => value * value;

    private static float RootOf(float value) => Root[(int)(Math.Clamp(value, 0, 1) * (Root.Length - 1) + 0.5f)];

    private static float[] MakeLinear()
    {
        var table = new float[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = i / 255.0;
            table[i] = (float)(value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4));
        }

        return table;
    }

    private static float[] MakeRoot()
    {
        var table = new float[8192];
        for (var i = 0; i < table.Length; i++)
        {
            var value = (double)i / (table.Length - 1);
            table[i] = (float)(value > 0.008856 ? Math.Cbrt(value) : (7.787 * value) + (16.0 / 116));
        }

        return table;
    }
}
