using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Photos;

/// <summary>Everything that the checks may ask about one picture. Each thing is measured once, when it is first asked for.</summary>
internal sealed class Evidence : IDisposable
{
    /// <summary>More than this many candidates are not looked at: a crowd is a crowd.</summary>
    private const int MostCandidates = 6;

    private readonly Inference models;
    private readonly Lazy<(IReadOnlyList<FaceMesh> Faces, double Gain, int TurnedBy)> found;
    private readonly Lazy<PersonMask?> mask;
    private readonly Lazy<Backdrop?> backdrop;
    private readonly Lazy<FaceLight?> light;
    private readonly Lazy<double?> sharpness;
    private readonly Lazy<HeadMeasure?> head;
    private readonly Lazy<StraightCard?> card;

    public Evidence(Inference models, PictureKind kind, Raster picture, PictureFacts facts, PhotoSettings settings, int storedWidth, int storedHeight)
    {
        this.models = models;
        (Kind, Picture, Facts, Settings, StoredWidth, StoredHeight) = (kind, picture, facts, settings, storedWidth, storedHeight);
        found = new(FindFaces, isThreadSafe: false);
        mask = new(() => Face is { } face ? PersonMask.Of(models, picture, face) : null, isThreadSafe: false);
        backdrop = new(() => Face is { } face && Mask is { } person ? Backdrop.Of(picture, person, face.Y(152)) : null, isThreadSafe: false);
        light = new(() => Face is { } face && Upright ? FaceLight.Of(picture, face) : null, isThreadSafe: false);
        card = new(() => StraightCard.Of(models, picture), isThreadSafe: false);
        sharpness = new(() => Light is { } seen ? Photos.Sharpness.Of(picture, Face!, seen.Mean) : null, isThreadSafe: false);
        head = MeasuredBy(HeadRules.Standard);
    }

    /// <summary>The same picture held against other settings and measured by other rules: only what depends on them is done anew.</summary>
    public Evidence(Evidence other, PhotoSettings settings, HeadRules rules)
    {
        (models, found, mask, backdrop, light, sharpness, card) = (other.models, other.found, other.mask, other.backdrop, other.light, other.sharpness, other.card);
        (Kind, Picture, Facts, StoredWidth, StoredHeight, Settings) = (other.Kind, other.Picture, other.Facts, other.StoredWidth, other.StoredHeight, settings);
        head = rules == HeadRules.Standard ? other.head : MeasuredBy(rules);
    }

    public PictureKind Kind { get; }

    /// <summary>The working picture, possibly smaller than the stored one.</summary>
    public Raster Picture { get; }

    public PictureFacts Facts { get; }

    public PhotoSettings Settings { get; }

    public int StoredWidth { get; }

    public int StoredHeight { get; }

    /// <summary>Pixels of the stored picture for one of the working picture.</summary>
    public double Zoom => (double)StoredHeight / Picture.Height;

    /// <summary>Millimetres of the print for one pixel of the working picture; null where the aspect is wrong.</summary>
    public double? MmPerPixel => AspectFits ? Settings.PrintHeightMm / Picture.Height : null;

    /// <summary>Width ÷ height of the stored picture, which is the exactest.</summary>
    public double Aspect => (double)StoredWidth / StoredHeight;

    /// <summary>Whether the picture can be printed as 22 × 32 mm.</summary>
    public bool AspectFits => Math.Abs((Aspect * Settings.PrintHeightMm / Settings.PrintWidthMm) - 1) <= Settings.AspectTolerancePercent / 100;

    /// <summary>Human faces, largest first.</summary>
    public IReadOnlyList<FaceMesh> Faces => found.Value.Faces;

    /// <summary>How much better the detector does on the picture turned by the best quarter; negative when it is upright.</summary>
    public double UprightGain => found.Value.Gain;

    /// <summary>Whether the picture is the right way up.</summary>
    public bool Upright => UprightGain <= Settings.UprightGain;

    /// <summary>The largest face.</summary>
    public FaceMesh? Face => Faces.Count > 0 ? Faces[0] : null;

    public PersonMask? Mask => mask.Value;

    public Backdrop? Backdrop => backdrop.Value;

    /// <summary>The measured head, null without an upright face.</summary>
    public HeadMeasure? Head => head.Value;

    /// <summary>Light and colour of the face, null without an upright one.</summary>
    public FaceLight? Light => light.Value;

    /// <summary>How sharp the face is, see <see cref="Photos.Sharpness"/>; null without an upright one.</summary>
    public double? Sharpness => sharpness.Value;

    /// <summary>Whether so much of the face is burnt out that its outline cannot be trusted.</summary>
    public bool Overexposed => Light is { } seen && seen.Burnt * 100 > Settings.MaxBurntPercent;

    /// <summary>The box around the largest face in pixels of the stored picture, also where the face was only found on the turned one; null without a face.</summary>
    public FaceBox? FaceBox
    {
        get
        {
            if (Face is not { } face)
            {
                return null;
            }

            double width = face.Right - face.Left, height = face.Bottom - face.Top;
            return found.Value.TurnedBy switch
            {
                1 => new((Picture.Width - face.Bottom) * Zoom, face.Left * Zoom, height * Zoom, width * Zoom),
                2 => new((Picture.Width - face.Right) * Zoom, (Picture.Height - face.Bottom) * Zoom, width * Zoom, height * Zoom),
                3 => new(face.Top * Zoom, (Picture.Height - face.Right) * Zoom, height * Zoom, width * Zoom),
                _ => new(face.Left * Zoom, face.Top * Zoom, width * Zoom, height * Zoom),
            };
        }
    }

    /// <summary>The identity card, null where none is found.</summary>
    public StraightCard? Card => card.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (card.IsValueCreated)
        {
            card.Value?.Dispose();
        }

        if (mask.IsValueCreated)
        {
            mask.Value?.Dispose();
        }
    }

    private Lazy<HeadMeasure?> MeasuredBy(HeadRules rules) =>
        new(() => Face is { } face && Mask is { } person && Upright ? HeadMeasure.Of(Picture, person, face, Backdrop, rules) : null, isThreadSafe: false);

    private (IReadOnlyList<FaceMesh> Faces, double Gain, int TurnedBy) FindFaces()
    {
        var finder = new FaceFinder(models);
        var faces = Meshes(finder, Picture, out var upright);
        var (best, quarters) = (0f, 0);
        for (var turn = 1; turn < 4; turn++)
        {
            var score = finder.ScoreTurned(Picture, turn);
            (best, quarters) = score > best ? (score, turn) : (best, quarters);
        }

        if (faces.Count > 0 || best <= upright)
        {
            return (faces, best - upright, 0);
        }

        using var turned = Picture.Turned(quarters);
        return (Meshes(finder, turned, out _), best - upright, quarters);
    }

    private List<FaceMesh> Meshes(FaceFinder finder, Raster picture, out float largeScore)
    {
        var faces = new List<FaceMesh>();
        foreach (var candidate in finder.Find(picture, out largeScore))
        {
            var mesh = FaceMesh.Over(models, picture, candidate);
            if (mesh.Flag > 0.5 && !faces.Exists(face => face.Covers(mesh)))
            {
                faces.Add(faces.Count == 0 ? mesh.Refine(models, picture) : mesh);
            }

            if (faces.Count == MostCandidates)
            {
                break;
            }
        }

        faces.Sort((a, b) => b.Distance(10, 152).CompareTo(a.Distance(10, 152)));
        return faces;
    }
}
