using System.Collections.Immutable;

namespace ReviewConsole.Photos.Checks;

/// <summary>The list of checks, in the order in which they are shown.</summary>
internal static class CheckList
{
    public static readonly ImmutableArray<PictureCheck> All =
    [
        new Readable(),
        new AspectRatio(),
        new Resolution(),
        new SingleFace(),
        new UprightPicture(),
        new Pose(),
        new HeadLength(),
        new HeadWidth(),
        new HeadPosition(),
        new Background(),
        new Colour(),
        new Sharp(),
        new Exposure(),
        new Compression(),
        new Eyes(),
        new Lenses(),
        new Mouth(),
        new CardReadable(),
        new CardSharpness(),
        new CardGlare(),
        new CardCrop(),
        new CardSide(),
    ];
}
