using System.Diagnostics.CodeAnalysis;
using ReviewConsole.Domain;

namespace ReviewConsole.Photos;

/// <summary>What the sent file said before re-encoding destroyed it; kept as evidence (APP-2).</summary>
/// <param name="Bytes">Size of the file as sent.</param>
/// <param name="Format"><c>jpeg</c> or <c>png</c>, by content.</param>
/// <param name="Width">Width as sent, before any turn.</param>
/// <param name="Height">Height as sent, before any turn.</param>
/// <param name="Orientation">EXIF orientation 1…8; 1 when absent.</param>
/// <param name="JpegQuality">IJG quality 1…100 that the luminance quantisation table corresponds to; null for PNG.</param>
/// <param name="CapturedAt">EXIF DateTimeOriginal; Shanghai time where the file names no offset.</param>
/// <param name="HadLocation">Whether the file carried a GPS position (which is never kept, REC-2).</param>
public sealed record PictureFacts(long Bytes, string Format, int Width, int Height, int Orientation, double? JpegQuality, DateTimeOffset? CapturedAt, bool HadLocation)
{
    /// <summary>Width after the turn that <see cref="Orientation"/> asks for.</summary>
    internal int UprightWidth => Orientation >= 5 ? Height : Width;

    /// <summary>Height after that turn.</summary>
    internal int UprightHeight => Orientation >= 5 ? Width : Height;
}

/// <summary>The only form in which a picture is stored: upright, stripped of all metadata, sRGB, a fresh JPEG.</summary>
/// <param name="Jpeg">The encoded picture.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Facts">What the sent file said.</param>
public sealed record NormalisedPicture(byte[] Jpeg, int Width, int Height, PictureFacts Facts);

/// <summary>Either a normalised picture or the reason why the file was refused.</summary>
public sealed record NormaliseResult
{
    private NormaliseResult(NormalisedPicture? picture, Refusal? refusal) => (Picture, Refusal) = (picture, refusal);

    /// <summary>The picture, null when refused.</summary>
    public NormalisedPicture? Picture { get; }

    /// <summary>Why the file was refused, null when it was not.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether there is a picture.</summary>
    [MemberNotNullWhen(true, nameof(Picture))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Picture is not null;

    /// <summary>A picture came of it.</summary>
    public static implicit operator NormaliseResult(NormalisedPicture picture) => new(picture, null);

    /// <summary>The file was refused.</summary>
    public static implicit operator NormaliseResult(Refusal refusal) => new(null, refusal);
}
