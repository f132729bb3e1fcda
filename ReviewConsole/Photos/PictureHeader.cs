using System.Buffers.Binary;

namespace ReviewConsole.Photos;

/// <summary>What a file says about itself, read from its markers alone: nothing is decoded, so a bomb costs nothing.</summary>
internal sealed record PictureHeader(string Format, int Width, int Height, int Scans, double? JpegQuality, Exif Exif)
{
    public const string Jpeg = "jpeg";
    public const string Png = "png";

    // The luminance table of ITU-T T.81 annex K, in zigzag order: IJG quality scales it.
    private static readonly byte[] StandardLuminance =
    [
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
        26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
        56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
        95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
    ];

    /// <summary>Name of the format by content, null where it is none that people send.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : file.StartsWith("GIF8"u8) ? "gif"
        : file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WEBP"u8) ? "webp"
        : file.Length > 12 && file[4..].StartsWith("ftyp"u8) ? file[8..].StartsWith("avif"u8) ? "avif" : "heic"
        : file.StartsWith("BM"u8) ? "bmp"
        : file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) ? "tiff"
        : file.StartsWith("%PDF"u8) ? "pdf"
        : file[..Math.Min(file.Length, 1024)].IndexOf("<svg"u8) >= 0 ? "svg"
        : null;

    /// <summary>Reads the header, null where the markers make no sense.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="mostScans">Counting ends one above this.</param>
    public static PictureHeader? Read(ReadOnlySpan<byte> file, int mostScans) =>
        FormatOf(file) switch { Jpeg => ReadJpeg(file, mostScans), Png => ReadPng(file), _ => null };

    private static PictureHeader? ReadJpeg(ReadOnlySpan<byte> file, int mostScans)
    {
        int width = 0, height = 0, scans = 0;
        double? quality = null;
        var exif = Exif.None;
        var at = 2;
        while (at <= file.Length - 4 && scans <= mostScans)
        {
            if (file[at] != 0xFF)
            {
                return null;
            }

            var marker = file[at + 1];
            if (marker is 0xFF)
            {
                at++;
                continue;
            }

            if (marker is 0xD9)
            {
                break;
            }

            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
            {
                break;
            }

            var body = file.Slice(at + 4, length - 2);
            at += 2 + length;
            switch (marker)
            {
                // Start of frame, all codings; C4, C8 and CC share the range but are tables.
                case >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC when width == 0 && body.Length >= 6:
                    height = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
                    width = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
                    break;
                case 0xDB:
                    quality ??= QualityOf(body);
                    break;
                case 0xE1 when exif == Exif.None && body.StartsWith("Exif\0\0"u8):
                    exif = Exif.Read(body[6..]);
                    break;
                case 0xDA:
                    scans++;
                    at = EndOfScan(file, at);
                    break;
            }
        }

        return width > 0 && height > 0 && scans > 0 ? new PictureHeader(Jpeg, width, height, scans, quality, exif) : null;
    }

    /// <summary>The next marker that is neither a restart nor a stuffed byte.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (at < file.Length - 1)
        {
            var step = file[at..].IndexOf((byte)0xFF);
            if (step < 0 || at + step >= file.Length - 1)
            {
                return file.Length;
            }

            at += step;
            if (file[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at += 2;
        }

        return file.Length;
    }

    /// <summary>IJG quality whose luminance table is nearest to table 0 of this segment.</summary>
    private static double? QualityOf(ReadOnlySpan<byte> tables)
    {
        while (tables.Length > 64)
        {
            var wide = tables[0] >> 4 != 0;
            var size = wide ? 129 : 65;
            if (tables.Length < size)
            {
                return null;
            }

            if ((tables[0] & 15) == 0)
            {
                var (sum, count) = (0.0, 0);
                for (var i = 0; i < 64; i++)
                {
                    var step = wide ? BinaryPrimitives.ReadUInt16BigEndian(tables[(1 + (2 * i))..]) : tables[1 + i];

                    // Steps stop at 255, so those of a coarse table say nothing.
                    if (step < 255)
                    {
                        sum += 100.0 * step / StandardLuminance[i];
                        count++;
                    }
                }

                var scale = count == 0 ? 5000 : sum / count;
                return Math.Round(Math.Clamp(scale <= 100 ? (200 - scale) / 2 : 5000 / scale, 1, 100), 1);
            }

            tables = tables[size..];
        }

        return null;
    }

    private static PictureHeader? ReadPng(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file[12..].StartsWith("IHDR"u8))
        {
            return null;
        }

        long width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]);
        long height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            return null;
        }

        var exif = Exif.None;
        for (var at = 8; at <= file.Length - 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                break;
            }

            if (file[(at + 4)..].StartsWith("eXIf"u8))
            {
                exif = Exif.Read(file.Slice(at + 8, (int)length));
            }

            at += 12 + (int)length;
        }

        return new PictureHeader(Png, (int)width, (int)height, 1, null, exif);
    }
}
