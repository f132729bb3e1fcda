using CsCheck;
using ReviewConsole.Photos;

namespace ReviewConsole.Tests.Photos;

public class RasterTests
{
    [Fact]
    public void A_bright_spot_is_found_where_the_map_says_it_is() =>
        Gen.Select(Gen.Double[-0.6, 0.6], Gen.Double[40, 300], Gen.Int[90, 110], Gen.Int[90, 110]).Sample(
            (turn, size, spotX, spotY) =>
            {
                const int Side = 64;
                using var picture = new Raster(200, 200);
                picture.Row(0).Clear();
                for (var y = 0; y < 200; y++)
                {
                    picture.Row(y).Clear();
                }

                var spread = Math.Max(2, (int)(size / Side));
                for (var y = spotY - spread; y < spotY + spread; y++)
                {
                    picture.Row(y).Slice((spotX - spread) * 4, spread * 8).Fill(255);
                }

                var map = Affine.Square(Side, 100, 100, size, turn);
                var target = new float[Side * Side * 3];
                picture.Sample(target, Side, map, 1, 0, replicate: false);

                double sum = 0, meanX = 0, meanY = 0;
                for (var i = 0; i < Side * Side; i++)
                {
                    sum += target[3 * i];
                    meanX += target[3 * i] * ((i % Side) + 0.5);
                    meanY += target[3 * i] * ((i / Side) + 0.5);
                }

                var (x, y2) = map.Apply(meanX / sum, meanY / sum);
                var near = Math.Max(0.6, 0.35 * map.Step);
                return Math.Abs(x - spotX) < near && Math.Abs(y2 - spotY) < near;
            },
            iter: 100);

    [Fact]
    public void Four_quarter_turns_give_the_picture_back() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Byte.Array[9 * 9 * 4]).Sample(
            (width, height, bytes) =>
            {
                using var picture = new Raster(width, height);
                for (var y = 0; y < height; y++)
                {
                    bytes.AsSpan(y * width * 4, width * 4).CopyTo(picture.Row(y));
                }

                using var one = picture.Turned(1);
                using var two = one.Turned(2);
                using var four = two.Turned(1);
                return four.Width == width && four.Pixels[..(width * height * 4)].SequenceEqual(picture.Pixels[..(width * height * 4)]);
            },
            iter: 100);

    [Theory]
    [InlineData(255, 255, 255, 100, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(255, 0, 0, 53.24, 80.09, 67.20)]
    [InlineData(0, 0, 255, 32.30, 79.19, -107.86)]
    [InlineData(0, 255, 0, 87.73, -86.18, 83.18)]
    public void Colours_are_those_of_cie_lab(byte red, byte green, byte blue, double l, double a, double b)
    {
        var lab = Lab.Of(red, green, blue);

        Assert.Equal((l, a, b), (Math.Round(lab.L, 1), Math.Round(lab.A, 1), Math.Round(lab.B, 1)), new Near(0.8));
    }

    private sealed class Near(double within) : IEqualityComparer<(double L, double A, double B)>
    {
        public bool Equals((double L, double A, double B) x, (double L, double A, double B) y) =>
            Math.Abs(x.L - y.L) <= within && Math.Abs(x.A - y.A) <= within && Math.Abs(x.B - y.B) <= within;

        public int GetHashCode((double L, double A, double B) obj) => 0;
    }
}
