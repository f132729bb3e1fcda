using System.Globalization;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;

namespace ReviewConsole.Tests.Photos;

/// <summary>One line of the labels.</summary>
internal sealed class PortraitLabel(Dictionary<string, string> cells)
{
    /// <summary>Millimetres have no meaning in these cases: wrong aspect, a head cut off, an outline burnt away.</summary>
    private static readonly string[] WithoutMillimetres = ["aspect_35x45", "aspect_square", "crown_cut", "chin_cut", "over"];

    public string this[string column] => cells[column];

    public string File => cells["file"];

    /// <summary>Who it is, as far as lengths are known.</summary>
    public string Person => cells["person"];

    public string Case => cells["case"];

    public double? LengthMm => Millimetres("length_mm");

    public double? WidthMm => Millimetres("width_mm");

    /// <summary>All of them; the hostile files have tests of their own.</summary>
    public static IEnumerable<PortraitLabel> All()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(TestPortraits.Folder!, "labels.csv"));
        var names = lines[0].Split(',');
        foreach (var line in lines.Skip(1))
        {
            // Only the last column, the notes, is quoted.
            var values = line.Split(',');
            PortraitLabel label = new(names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => values[pair.i], StringComparer.Ordinal));
            if (label.Case != "hostile")
                yield return label;
        }
    }

    private double? Millimetres(string column) =>
        !WithoutMillimetres.Contains(Case) && double.TryParse(cells[column], CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>The labelled portraits with faces and masks found once, to be held against any settings and measured by any rules.</summary>
internal sealed class LabelledPortraits : IDisposable
{
    private readonly Inference models = new();

    public LabelledPortraits()
    {
        foreach (var label in PortraitLabel.All())
        {
            var sent = SafeImage.TryNormalise(TestPortraits.Read(label.File), new PictureLimits()).Picture!;
            var picture = SafeImage.TryDecode(sent.Jpeg, new PhotoSettings().WorkingLongSide, out var width, out var height)!;
            Portraits.Add((label, new Evidence(models, PictureKind.Portrait, picture, sent.Facts, new PhotoSettings(), width, height)));
        }
    }

    public List<(PortraitLabel Label, Evidence Evidence)> Portraits { get; } = [];

    public void Dispose()
    {
        foreach (var (_, evidence) in Portraits)
        {
            evidence.Dispose();
            evidence.Picture.Dispose();
        }

        models.Dispose();
    }
}
