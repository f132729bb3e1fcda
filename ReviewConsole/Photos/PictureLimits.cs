using System.ComponentModel.DataAnnotations;

namespace ReviewConsole.Photos;

/// <summary>What a sent file may cost before it is refused. All limits are checked before any pixel is decoded.</summary>
public sealed record PictureLimits
{
    /// <summary>Largest file in bytes. Range 100 kB … 50 MB, default 10 MB.</summary>
    [Range(100_000, 50_000_000)]
    public int MaxBytes { get; init; } = 10_000_000;

    /// <summary>Smallest width and height in pixels. Range 16 … 1000, default 64.</summary>
    [Range(16, 1000)]
    public int MinSide { get; init; } = 64;

    /// <summary>Largest width and height in pixels. Range 1000 … 30000, default 12000.</summary>
    [Range(1000, 30_000)]
    public int MaxSide { get; init; } = 12_000;

    /// <summary>Largest width × height. Range 1 … 100 million, default 50 million.</summary>
    [Range(1_000_000, 100_000_000)]
    public int MaxPixels { get; init; } = 50_000_000;

    /// <summary>Most scans of a progressive JPEG: each one costs the decoder a pass. Range 10 … 200, default 50.</summary>
    [Range(10, 200)]
    public int MaxScans { get; init; } = 50;

    /// <summary>Long side in pixels above which the stored copy is scaled down. Range 640 … 4000, default 2000.</summary>
    [Range(640, 4000)]
    public int StoredLongSide { get; init; } = 2000;

    /// <summary>IJG quality of the stored copy. Range 85 … 100, default 95.</summary>
    [Range(85, 100)]
    public int StoredQuality { get; init; } = 95;
}
