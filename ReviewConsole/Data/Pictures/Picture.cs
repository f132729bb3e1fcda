using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;

namespace ReviewConsole.Data.Pictures;

/// <summary>The record of a stored picture: what it shows, what was read before re-encoding, and what was measured.</summary>
public sealed class Picture
{
    private Picture()
    {
        Facts = null!;
        ContentMark = null!;
    }

    /// <summary>Notes a picture whose file is in the store.</summary>
    public Picture(Guid id, Guid subject, Guid applicant, PictureKind kind, int round, int width, int height, PictureFacts facts, string contentMark, DateTimeOffset now) =>
        (Id, Subject, Applicant, Kind, Round, Width, Height, Facts, ContentMark, StoredAt) = (id, subject, applicant, kind, round, width, height, facts, contentMark, now);

    /// <summary>Identity, also of the file.</summary>
    public Guid Id { get; private set; }

    /// <summary>The application or submission that it belongs to.</summary>
    public Guid Subject { get; private set; }

    /// <summary>Whose request it came with.</summary>
    public Guid Applicant { get; private set; }

    /// <summary>What it is meant to show.</summary>
    public PictureKind Kind { get; private set; }

    /// <summary>0 for the first request, 1 for the first resubmission, and so on.</summary>
    public int Round { get; private set; }

    /// <summary>Width of the stored copy in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the stored copy in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>What re-encoding destroyed.</summary>
    public PictureFacts Facts { get; private set; }

    /// <summary>Keyed hash of the file as it was sent; equal files have equal marks (WORK-8).</summary>
    public string ContentMark { get; private set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset StoredAt { get; private set; }

    /// <summary>What was measured; null until the check is done, and for good if it was given up.</summary>
    public PhotoReport? Report { get; private set; }

    /// <summary>Keeps what was measured. A report is made once and stays as it was.</summary>
    public void Keep(PhotoReport report) => Report ??= report;
}
