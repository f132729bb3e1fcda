using System.Runtime.InteropServices;

namespace ReviewConsole.Photos;

/// <summary>A face as the detectors see it, in pixels of the working picture.</summary>
/// <param name="Score">0.5 … 1.</param>
/// <param name="X">Left.</param>
/// <param name="Y">Top.</param>
/// <param name="Width">Width of the box.</param>
/// <param name="Height">Height of the box.</param>
/// <param name="Turn">Angle of the line between the eyes in radians, clockwise as seen.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FoundFace(float Score, double X, double Y, double Width, double Height, double Turn);

/// <summary>Finds boxes that look like faces. A box is not yet a person: dogs have one too, the mesh decides.</summary>
internal sealed class FaceFinder(Inference models)
{
    /// <summary>Boxes below this score are none: the models' own customary limit.</summary>
    private const float LeastScore = 0.5f;

    /// <summary>Boxes that overlap by more than this (intersection over union) show one face: customary, too.</summary>
    private const double SameFace = 0.3;

    /// <summary>The detector for small faces sees the picture with a margin around it: faces cut by the edge are found better so. From 1.2 to 1.6 nothing changes.</summary>
    private const double Margin = 1.4;

    private const int Values = 16;
    private static readonly float[] FullAnchors = Anchors(48, 1);
    private static readonly float[] ShortAnchors = [.. Anchors(16, 2), .. Anchors(8, 6)];

    /// <summary>All boxes, best first, of both detectors; overlapping ones are merged.</summary>
    /// <param name="picture">The working picture.</param>
    /// <param name="largeScore">Best score of the detector for large faces, to be compared with <see cref="ScoreTurned"/>.</param>
    public List<FoundFace> Find(Raster picture, out float largeScore)
    {
        var raw = new List<float[]>();
        Detect(models.ShortRange, ShortAnchors, picture, 0, 1, raw);
        largeScore = Best(raw);
        Detect(models.FullRange, FullAnchors, picture, 0, Margin, raw);
        return Merge(raw, picture);
    }

    /// <summary>Best score of the detector for large faces when the picture is turned by quarters.</summary>
    public float ScoreTurned(Raster picture, int quarters)
    {
        var raw = new List<float[]>();
        Detect(models.ShortRange, ShortAnchors, picture, quarters, 1, raw);
        return Best(raw);
    }

    private static float Best(List<float[]> raw)
    {
        var best = 0f;
        foreach (var face in raw)
        {
            best = Math.Max(best, face[Values]);
        }

        return best;
    }

    private static float[] Anchors(int cells, int each)
    {
        var anchors = new float[cells * cells * each * 2];
        for (var i = 0; i < anchors.Length; i += 2)
        {
            var cell = i / 2 / each;
            anchors[i] = ((cell % cells) + 0.5f) / cells;
            anchors[i + 1] = ((cell / cells) + 0.5f) / cells;
        }

        return anchors;
    }

    /// <summary>Adds every box above the least score as 16 values 0…1 of the letterboxed square, then the score.</summary>
    private static void Detect(Inference.Model model, float[] anchors, Raster picture, int quarters, double margin, List<float[]> found)
    {
        using var run = model.Rent();
        var square = margin * Math.Max(picture.Width, picture.Height);
        var map = Affine.Square(model.Side, picture.Width / 2.0, picture.Height / 2.0, square, quarters * Math.PI / 2);
        picture.Sample(run.Input, model.Side, map, 2 / 255f, -1, replicate: false);
        run.Execute();
        var count = anchors.Length / 2;
        var boxes = run.Output(count * Values);
        var logits = run.Output(count);
        for (var i = 0; i < count; i++)
        {
            var score = 1 / (1 + MathF.Exp(-Math.Clamp(logits[i], -100, 100)));
            if (score < LeastScore)
            {
                continue;
            }

            var face = new float[Values + 1];
            for (var k = 0; k < Values; k++)
            {
                face[k] = (boxes[(i * Values) + k] / model.Side) + (k is 2 or 3 ? 0 : anchors[(2 * i) + (k & 1)]);
            }

            for (var k = 0; k < Values; k++)
            {
                // Back from the widened square.
                face[k] = k is 2 or 3 ? face[k] * (float)margin : ((face[k] - 0.5f) * (float)margin) + 0.5f;
            }

            face[Values] = score;
            found.Add(face);
        }
    }

    /// <summary>Weighted non-maximum suppression: boxes over one face are averaged by score, which steadies the crop.</summary>
    private static List<FoundFace> Merge(List<float[]> raw, Raster picture)
    {
        raw.Sort((a, b) => b[Values].CompareTo(a[Values]));
        var faces = new List<FoundFace>();
        var used = new bool[raw.Count];
        for (var i = 0; i < raw.Count; i++)
        {
            if (used[i])
            {
                continue;
            }

            var mean = new float[Values];
            var weight = 0f;
            for (var j = i; j < raw.Count; j++)
            {
                if (used[j] || Overlap(raw[i], raw[j]) <= SameFace)
                {
                    continue;
                }

                used[j] = true;
                weight += raw[j][Values];
                for (var k = 0; k < Values; k++)
                {
                    mean[k] += raw[j][k] * raw[j][Values];
                }
            }

            faces.Add(ToPicture(mean, weight, raw[i][Values], picture));
        }

        return faces;
    }

    private static FoundFace ToPicture(float[] sum, float weight, float score, Raster picture)
    {
        double square = Math.Max(picture.Width, picture.Height);
        double left = (picture.Width - square) / 2, top = (picture.Height - square) / 2, unit = square / weight;
        double width = sum[2] * unit, height = sum[3] * unit;
        var turn = Math.Atan2(sum[7] - sum[5], sum[6] - sum[4]);
        return new FoundFace(score, left + (sum[0] * unit) - (width / 2), top + (sum[1] * unit) - (height / 2), width, height, turn);
    }

    private static double Overlap(float[] a, float[] b)
    {
        var width = Math.Min(a[0] + (a[2] / 2), b[0] + (b[2] / 2)) - Math.Max(a[0] - (a[2] / 2), b[0] - (b[2] / 2));
        var height = Math.Min(a[1] + (a[3] / 2), b[1] + (b[3] / 2)) - Math.Max(a[1] - (a[3] / 2), b[1] - (b[3] / 2));
        return width <= 0 || height <= 0 ? 0 : width * height / ((a[2] * a[3]) + (b[2] * b[3]) - (width * height));
    }
}
