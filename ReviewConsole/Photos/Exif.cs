using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ReviewConsole.Photos;

/// <summary>The three things that are read from a file's metadata before it is thrown away.</summary>
/// <param name="Orientation">1…8; 1 when absent or nonsense.</param>
/// <param name="CapturedAt">DateTimeOriginal; Shanghai time where no offset is named.</param>
/// <param name="HasLocation">Whether there is a GPS position.</param>
internal readonly record struct Exif(int Orientation, DateTimeOffset? CapturedAt, bool HasLocation)
{
    private const int MostEntries = 200;
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    public static Exif None { get; } = new(1, null, false);

    /// <summary>Reads a TIFF block. Hostile offsets and counts end the reading; they never throw.</summary>
    public static Exif Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            return None;
        }

        var reader = new Reader(tiff, tiff[0] == 'I');
        var first = reader.Long(4);
        var orientation = reader.Find(first, 0x0112) is { } turn && reader.Short(turn + 8) is >= 1 and <= 8 ? reader.Short(turn + 8) : 1;
        DateTimeOffset? captured = null;
        if (reader.Find(first, 0x8769) is { } details)
        {
            var inner = reader.Long(details + 8);
            captured = Parse(reader.Text(inner, 0x9003), reader.Text(inner, 0x9011));
        }

        // Tags 1-4 of the GPS directory are the position; 0 is only a version.
        var located = reader.Find(first, 0x8825) is { } gps && reader.Find(reader.Long(gps + 8), 0x0002) is not null;
        return new Exif(orientation, captured, located);
    }

    private static DateTimeOffset? Parse(string? time, string? offset)
    {
        if (!DateTime.TryParseExact(time, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var zone = Shanghai;
        if (offset is { Length: 6 } && TimeSpan.TryParseExact(offset.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var named) && named.TotalHours <= 14)
        {
            zone = offset[0] == '-' ? -named : named;
        }

        // The first and last day of the calendar cannot be shifted.
        return local.Year is > 1 and < 9999 ? new DateTimeOffset(local, zone) : null;
    }

    private readonly ref struct Reader(ReadOnlySpan<byte> tiff, bool little)
    {
        private readonly ReadOnlySpan<byte> tiff = tiff;

        public int Short(int at) => at < 0 || at > tiff.Length - 2 ? 0
            : little ? BinaryPrimitives.ReadUInt16LittleEndian(tiff[at..]) : BinaryPrimitives.ReadUInt16BigEndian(tiff[at..]);

        /// <summary>An unsigned value, or −1 where it lies outside or cannot be an offset.</summary>
        public int Long(int at)
        {
            if (at < 0 || at > tiff.Length - 4)
            {
                return -1;
            }

            var value = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[at..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[at..]);
            return value < tiff.Length ? (int)value : -1;
        }

        /// <summary>Position of the entry with <paramref name="tag"/> in the directory at <paramref name="directory"/>.</summary>
        public int? Find(int directory, int tag)
        {
            var count = directory < 0 ? 0 : Math.Min(Short(directory), MostEntries);
            for (var i = 0; i < count; i++)
            {
                var entry = directory + 2 + (12 * i);
                if (Short(entry) == tag && entry <= tiff.Length - 12)
                {
                    return entry;
                }
            }

            return null;
        }

        public string? Text(int directory, int tag)
        {
            if (Find(directory, tag) is not { } entry || Short(entry + 2) != 2)
            {
                return null;
            }

            var length = Long(entry + 4);
            var from = length <= 4 ? entry + 8 : Long(entry + 8);
            return length is < 1 or > 64 || from < 0 || from > tiff.Length - length
                ? null
                : Encoding.ASCII.GetString(tiff.Slice(from, length)).TrimEnd('\0', ' ');
        }
    }
}
