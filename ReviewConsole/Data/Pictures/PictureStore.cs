using ReviewConsole.Data.Keys;

namespace ReviewConsole.Data.Pictures;

/// <summary>Pictures beside the database: one encrypted file each, under its id (REC-2).</summary>
/// <remarks>
/// A file is complete or absent: it is written under another name, flushed to the disk and then renamed. It is written before the row that
/// names it is committed, so a row never points nowhere; a file whose commit failed is an orphan, which <see cref="Sweep"/> removes.
/// </remarks>
public sealed class PictureStore(string folder, FieldCipher cipher)
{
    /// <summary>Encrypts and keeps a picture.</summary>
    public async Task Put(Guid id, ReadOnlyMemory<byte> jpeg, CancellationToken cancel)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        await using (FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
        {
            await file.WriteAsync(cipher.Seal(jpeg.Span, Purpose(id)), cancel);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path);
    }

    /// <summary>The picture in clear; null where it was erased.</summary>
    public async Task<byte[]?> Get(Guid id, CancellationToken cancel)
    {
        var path = PathOf(id);
        return File.Exists(path) ? cipher.Open(await File.ReadAllBytesAsync(path, cancel), Purpose(id)) : null;
    }

    /// <summary>Removes a picture; removing what is not there is no error.</summary>
    public void Erase(Guid id)
    {
        var path = PathOf(id);
        if (File.Exists(path))
            File.Delete(path);
    }

    /// <summary>Removes files that no row names and that are older than <paramref name="before"/>.</summary>
    /// <returns>How many were removed.</returns>
    public int Sweep(IReadOnlySet<Guid> known, DateTimeOffset before)
    {
        if (!Directory.Exists(folder))
            return 0;
        var removed = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var named = Guid.TryParse(Path.GetFileNameWithoutExtension(path), out var id) && path.EndsWith(".pic", StringComparison.Ordinal) && known.Contains(id);
            if (named || File.GetLastWriteTimeUtc(path) >= before.UtcDateTime)
                continue;
            File.Delete(path);
            removed++;
        }

        return removed;
    }

    private static string Purpose(Guid id) => $"picture:{id:N}";

    // The last characters of a version 7 id are random; the first ones are the time and would fill one folder after the other.
    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(folder, name[^2..], $"{name}.pic");
    }
}
