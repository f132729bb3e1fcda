using System.Globalization;
using System.Runtime.InteropServices;
using ReviewConsole.Domain;
using SkiaSharp;

namespace ReviewConsole.Photos;

/// <summary>
/// The only door through which a file's pixels come in, and the only file that decodes with the imaging library, so that another decoder is one file's work.
/// </summary>
/// <remarks>Everything that the header alone can refuse is refused before a decoder sees the file; what is stored is always a fresh encoding.</remarks>
public static class SafeImage
{
    /// <summary>Turns a sent file into the form that is stored, or says why not.</summary>
    /// <param name="bytes">The file as sent.</param>
    /// <param name="limits">What the file may cost.</param>
    public static NormaliseResult TryNormalise(ReadOnlyMemory<byte> bytes, PictureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        using var codec = Admit(bytes, limits, out var facts, out var refusal);
        if (codec is null)
        {
            return refusal!;
        }

        using var upright = Decode(codec, limits.StoredLongSide, facts!.Orientation);
        if (upright is null)
        {
            return new Refusal("PICTURE_DAMAGED");
        }

        // Without a colour space the encoder writes no profile: the stored picture is sRGB by definition.
        using var pixels = new SKPixmap(upright.Info.WithColorSpace(null), upright.GetPixels(), upright.RowBytes);
        using var jpeg = pixels.Encode(new SKJpegEncoderOptions(limits.StoredQuality, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore));
        return jpeg is null ? new Refusal("PICTURE_DAMAGED") : new NormalisedPicture(jpeg.ToArray(), upright.Width, upright.Height, facts);
    }

    /// <summary>Decodes a stored picture with its long side scaled down to <paramref name="longSide"/> at most; null when it is damaged.</summary>
    internal static Raster? TryDecode(ReadOnlyMemory<byte> stored, int longSide, out int storedWidth, out int storedHeight)
    {
        using var codec = Open(stored);
        (storedWidth, storedHeight) = (codec?.Info.Width ?? 0, codec?.Info.Height ?? 0);
        return codec is null ? null : Pixels(codec, longSide, orientation: 1);
    }

    /// <summary>Decodes a sent file upright with its long side scaled down to <paramref name="longSide"/> at most; null, with the reason, when it is refused.</summary>
    internal static Raster? TryDecodeSent(ReadOnlyMemory<byte> sent, PictureLimits limits, int longSide, out PictureFacts? facts, out Refusal? refusal)
    {
        using var codec = Admit(sent, limits, out facts, out refusal);
        if (codec is null)
        {
            return null;
        }

        var pixels = Pixels(codec, longSide, facts!.Orientation);
        refusal = pixels is null ? new Refusal("PICTURE_DAMAGED") : null;
        return pixels;
    }

    /// <summary>Opens a sent file that the limits let in, and reads what it says of itself; null, with the reason, when it is refused.</summary>
    private static SKCodec? Admit(ReadOnlyMemory<byte> file, PictureLimits limits, out PictureFacts? facts, out Refusal? refusal)
    {
        facts = null;
        refusal = Guard(file.Span, limits, out var header);
        if (refusal is not null)
        {
            return null;
        }

        var codec = Open(file);
        if (codec is null || codec.Info.Width != header!.Width || codec.Info.Height != header.Height)
        {
            codec?.Dispose();
            refusal = new Refusal("PICTURE_DAMAGED");
            return null;
        }

        facts = new PictureFacts(
            file.Length, header.Format, header.Width, header.Height, header.Exif.Orientation, header.JpegQuality, header.Exif.CapturedAt, header.Exif.HasLocation);
        return codec;
    }

    private static Raster? Pixels(SKCodec codec, int longSide, int orientation)
    {
        using var bitmap = Decode(codec, longSide, orientation);
        if (bitmap is null)
        {
            return null;
        }

        var raster = new Raster(bitmap.Width, bitmap.Height);
        var row = bitmap.Width * 4;
        var source = bitmap.GetPixelSpan();
        for (var y = 0; y < bitmap.Height; y++)
        {
            source.Slice(y * bitmap.RowBytes, row).CopyTo(raster.Row(y));
        }

        return raster;
    }

    private static Refusal? Guard(ReadOnlySpan<byte> file, PictureLimits limits, out PictureHeader? header)
    {
        header = null;
        if (file.IsEmpty)
        {
            return new Refusal("PICTURE_EMPTY");
        }

        if (file.Length > limits.MaxBytes)
        {
            return new Refusal("PICTURE_TOO_LARGE", Text(file.Length), Text(limits.MaxBytes));
        }

        var format = PictureHeader.FormatOf(file);
        if (format is not (PictureHeader.Jpeg or PictureHeader.Png))
        {
            return format is null ? new Refusal("PICTURE_UNKNOWN") : new Refusal("PICTURE_FORMAT", format);
        }

        header = PictureHeader.Read(file, limits.MaxScans);
        return header switch
        {
            null => new Refusal("PICTURE_DAMAGED"),
            _ when header.Width < limits.MinSide || header.Height < limits.MinSide =>
                new Refusal("PICTURE_TOO_SMALL", Text(header.Width), Text(header.Height), Text(limits.MinSide)),
            _ when header.Width > limits.MaxSide || header.Height > limits.MaxSide || (long)header.Width * header.Height > limits.MaxPixels =>
                new Refusal("PICTURE_TOO_MANY_PIXELS", Text(header.Width), Text(header.Height)),
            _ when header.Scans > limits.MaxScans => new Refusal("PICTURE_TOO_MANY_SCANS", Text(limits.MaxScans)),
            _ => null,
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The decoder reads the caller's own bytes, held in place meanwhile: a copy of a large file would cost more than its picture.</summary>
    private static SKCodec? Open(ReadOnlyMemory<byte> file)
    {
        var bytes = MemoryMarshal.TryGetArray(file, out var own) ? own : new ArraySegment<byte>(file.ToArray());
        var held = GCHandle.Alloc(bytes.Array, GCHandleType.Pinned);
        using var data = SKData.Create(held.AddrOfPinnedObject() + bytes.Offset, bytes.Count, (_, _) => held.Free());
        return SKCodec.Create(data);
    }

    /// <summary>Decodes completely or not at all: sRGB, on white, turned upright, scaled down (never up).</summary>
    private static SKBitmap? Decode(SKCodec codec, int longSide, int orientation)
    {
        var scale = Math.Min(1f, (float)longSide / Math.Max(codec.Info.Width, codec.Info.Height));
        var size = ScaledSize(codec, scale, longSide);
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        var decoded = new SKBitmap(info);
        if (codec.GetPixels(info, decoded.GetPixels()) != SKCodecResult.Success)
        {
            decoded.Dispose();
            return null;
        }

        var shrink = Math.Min(1f, (float)longSide / Math.Max(size.Width, size.Height));
        if (shrink == 1 && orientation == 1 && codec.Info.IsOpaque)
        {
            return decoded;
        }

        using (decoded)
        {
            return Redraw(decoded, orientation, Math.Max(1, (int)MathF.Round(size.Width * shrink)), Math.Max(1, (int)MathF.Round(size.Height * shrink)));
        }
    }

    /// <summary>The JPEG decoder can skip work by eighths; the size is never below what is wanted.</summary>
    private static SKSizeI ScaledSize(SKCodec codec, float scale, int longSide)
    {
        for (var eighths = Math.Max(1, (int)MathF.Ceiling(scale * 8)); eighths < 8; eighths++)
        {
            var size = codec.GetScaledDimensions(eighths / 8f);
            if (Math.Max(size.Width, size.Height) >= longSide)
            {
                return size;
            }
        }

        return new SKSizeI(codec.Info.Width, codec.Info.Height);
    }

    private static SKBitmap Redraw(SKBitmap source, int orientation, int width, int height)
    {
        var turned = orientation >= 5;
        var target = new SKBitmap(new SKImageInfo(turned ? height : width, turned ? width : height, SKColorType.Rgba8888, SKAlphaType.Opaque, SKColorSpace.CreateSrgb()));
        using var canvas = new SKCanvas(target);
        canvas.Clear(SKColors.White);
        var (w, h) = ((float)width, (float)height);
        canvas.SetMatrix(orientation switch
        {
            2 => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            3 => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            4 => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            5 => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            6 => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            7 => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            8 => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
            _ => SKMatrix.Identity,
        });
        var sampling = source.Width == width ? new SKSamplingOptions(SKFilterMode.Nearest)
            : source.Width < 2 * width ? new SKSamplingOptions(SKCubicResampler.Mitchell)
            : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        using var image = SKImage.FromBitmap(source);
        canvas.DrawImage(image, new SKRect(0, 0, w, h), sampling);
        canvas.Flush();
        return target;
    }
}
