using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos.Checks;

namespace ReviewConsole.Photos;

/// <summary>Measures stored pictures. One for the whole process: the models are loaded once, any number of threads may measure.</summary>
public sealed class PhotoCheck : IDisposable
{
    /// <summary>Changes whenever the same picture may give other numbers.</summary>
    public const string EngineVersion = "2";

    private readonly Inference models = new();
    private readonly PhotoSettings settings;
    private readonly ImmutableArray<PictureCheck> checks;
    private readonly ReportSource madeWith;

    /// <summary>Loads the models.</summary>
    /// <param name="settings">The limits; throws where they are out of their ranges.</param>
    public PhotoCheck(PhotoSettings settings)
        : this(settings, CheckList.All)
    {
    }

    internal PhotoCheck(PhotoSettings settings, ImmutableArray<PictureCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Validator.ValidateObject(settings, new ValidationContext(settings), validateAllProperties: true);
        (this.settings, this.checks, madeWith) = (settings, checks, new ReportSource(settings.Fingerprint, settings.Changed, models.Versions));
    }

    /// <summary>The checks that a picture of this kind gets, in the order in which they are shown.</summary>
    public IReadOnlyList<string> ChecksFor(PictureKind kind) => [.. checks.Where(check => check.AppliesTo(kind)).Select(check => check.Id)];

    /// <summary>Measures one stored picture.</summary>
    /// <param name="kind">What it shows; says which checks it gets.</param>
    /// <param name="storedJpeg">The normalised picture.</param>
    /// <param name="facts">What the sent file said.</param>
    /// <param name="cancellation">Looked at between checks.</param>
    public PhotoReport Measure(PictureKind kind, ReadOnlyMemory<byte> storedJpeg, PictureFacts facts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(facts);
        cancellation.ThrowIfCancellationRequested();
        using var picture = SafeImage.TryDecode(storedJpeg, settings.WorkingLongSide, out var width, out var height);
        return picture is null ? Unreadable(kind) : Judge(kind, picture, facts, width, height, cancellation);
    }

    /// <summary>Measures a file as it was sent, decoded once; positions are in pixels of the upright picture at its own size.</summary>
    /// <param name="kind">What it shows.</param>
    /// <param name="sent">The file.</param>
    /// <param name="refusal">Why it cannot be decoded; null when it can.</param>
    /// <param name="cancellation">Looked at between checks.</param>
    public PhotoReport MeasureSent(PictureKind kind, ReadOnlyMemory<byte> sent, out Refusal? refusal, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var picture = SafeImage.TryDecodeSent(sent, settings.Limits, settings.WorkingLongSide, out var facts, out refusal);
        return picture is null ? Unreadable(kind) : Judge(kind, picture, facts!, facts!.UprightWidth, facts.UprightHeight, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => models.Dispose();

    private PhotoReport Judge(PictureKind kind, Raster picture, PictureFacts facts, int width, int height, CancellationToken cancellation)
    {
        using var evidence = new Evidence(models, kind, picture, facts, settings, width, height);
        var outcomes = new List<CheckOutcome>(checks.Length);
        foreach (var check in checks)
        {
            if (check.AppliesTo(kind))
            {
                cancellation.ThrowIfCancellationRequested();
                outcomes.Add(check.Judge(evidence));
            }
        }

        return Report(evidence, outcomes) with { MadeWith = madeWith };
    }

    private static PhotoReport Report(Evidence evidence, List<CheckOutcome> outcomes)
    {
        if (CardCheck.IsCard(evidence.Kind))
        {
            return OfCard(evidence, outcomes);
        }

        // Only a picture whose checks asked for faces has them.
        if (evidence.Kind == PictureKind.PhotoOnFile)
        {
            return new PhotoReport(evidence.StoredWidth, evidence.StoredHeight, 0, null, null, null, null, null, EngineVersion, outcomes);
        }

        var zoom = evidence.Zoom;
        var head = evidence.Kind == PictureKind.Portrait ? evidence.Head : null;
        var lines = head is null ? null : new HeadLines(head.CrownY * zoom, head.ChinY * zoom, head.LeftX * zoom, head.RightX * zoom);
        var mm = evidence.MmPerPixel;
        var length = head is null || head.CrownCut || head.ChinCut || evidence.Overexposed ? null : (head.ChinY - head.CrownY) * mm;
        var width = head is null || head.Width == WidthState.Hidden || head.SideCut || evidence.Overexposed ? null : (head.RightX - head.LeftX) * mm;
        var map = head is null ? null : evidence.Backdrop?.Offending;
        return new PhotoReport(
            evidence.StoredWidth, evidence.StoredHeight, evidence.Faces.Count, length, width, head?.EarRootWidth * mm, lines, evidence.FaceBox, EngineVersion, outcomes, map);
    }

    private static PhotoReport OfCard(Evidence evidence, List<CheckOutcome> outcomes)
    {
        var (card, zoom) = (evidence.Card, evidence.Zoom);
        CardCorner At(int corner) => new(card.Corners[corner].X * zoom, card.Corners[corner].Y * zoom);
        var outline = card is not { Outlined: true } ? null : new CardOutline(At(0), At(1), At(2), At(3));
        var box = card?.FaceBox() is not var (from, to) ? null : new FaceBox(from.X * zoom, from.Y * zoom, (to.X - from.X) * zoom, (to.Y - from.Y) * zoom);
        return new PhotoReport(evidence.StoredWidth, evidence.StoredHeight, box is null ? 0 : 1, null, null, null, null, box, EngineVersion, outcomes, null, outline);
    }

    private PhotoReport Unreadable(PictureKind kind)
    {
        var outcomes = new List<CheckOutcome>(checks.Length);
        foreach (var check in checks)
        {
            if (check.AppliesTo(kind))
            {
                outcomes.Add(new CheckOutcome(
                    check.Id, check is Readable or CardReadable ? CheckResult.Fail : CheckResult.Unmeasured, null, null, null, null, null, Reasons.NotReadable));
            }
        }

        return new PhotoReport(0, 0, 0, null, null, null, null, null, EngineVersion, outcomes) { MadeWith = madeWith };
    }
}
