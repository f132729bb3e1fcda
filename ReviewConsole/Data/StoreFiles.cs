using System.Runtime.InteropServices;

namespace ReviewConsole.Data;

/// <summary>Room on a disk.</summary>
/// <param name="Free">Bytes that the product may still use.</param>
/// <param name="Total">Bytes of the whole disk.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DiskSpace(long Free, long Total);

/// <summary>The files of the store, as an administrator looks at them: how big, and how much room is left.</summary>
public sealed class StoreFiles(string folder)
{
    /// <summary>Bytes of the database.</summary>
    public long Database => Size("review.db");

    /// <summary>Bytes of its write-ahead log.</summary>
    public long WriteAheadLog => Size("review.db-wal");

    /// <summary>The disk that holds the store.</summary>
    public DiskSpace Disk
    {
        get
        {
            DriveInfo drive = new(folder);
            return new(drive.AvailableFreeSpace, drive.TotalSize);
        }
    }

    /// <summary>Number and bytes of the pictures. It looks at every file: not for every refresh of a page.</summary>
    public (int Count, long Bytes) Pictures()
    {
        DirectoryInfo pictures = new(Path.Combine(folder, "pictures"));
        var (count, bytes) = (0, 0L);
        foreach (var file in pictures.Exists ? pictures.EnumerateFiles("*.pic", SearchOption.AllDirectories) : [])
            (count, bytes) = (count + 1, bytes + file.Length);
        return (count, bytes);
    }

    private long Size(string name) => new FileInfo(Path.Combine(folder, name)) is { Exists: true } file ? file.Length : 0;
}
