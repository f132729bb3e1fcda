using System.Security.Cryptography;
using System.Text.Json;

namespace ReviewConsole.Data.Keys;

/// <summary>Keys as the configuration gives them, section <c>Keys</c>.</summary>
public sealed class KeyOptions
{
    /// <summary>Id of the key that new values are encrypted with.</summary>
    public string Current { get; set; } = "";

    /// <summary>Encryption keys by id: 32 bytes each, base64. Old ones stay as long as values under them exist.</summary>
    public Dictionary<string, string> Encryption { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Key of the blind indexes: 32 bytes, base64. It cannot be changed without building the indexes anew.</summary>
    public string BlindIndex { get; set; } = "";
}

/// <summary>The keys of the store, checked: every key has 32 bytes and the current one is there.</summary>
public sealed class KeyRing
{
    private const int KeyBytes = 32;
    private readonly Dictionary<string, byte[]> encryption;

    /// <summary>Checks and takes the keys.</summary>
    /// <exception cref="KeysMissingException">A key is missing or malformed; the message says which setting and how to mend it.</exception>
    public KeyRing(KeyOptions options)
    {
        encryption = options.Encryption.ToDictionary(pair => pair.Key, pair => Decode($"Keys:Encryption:{pair.Key}", pair.Value), StringComparer.Ordinal);
        BlindIndex = Decode("Keys:BlindIndex", options.BlindIndex);
        CurrentId = options.Current;
        if (!encryption.ContainsKey(CurrentId))
            throw new KeysMissingException("Keys:Current must name one of the keys under Keys:Encryption.");
        Fingerprint = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { options.Current, options.BlindIndex, Encryption = options.Encryption.OrderBy(pair => pair.Key, StringComparer.Ordinal) })));
        if (encryption.Keys.Any(id => id.Contains(':', StringComparison.Ordinal) || id.Length is 0 or > 16))
            throw new KeysMissingException("A key id under Keys:Encryption has 1 to 16 characters and no colon.");
    }

    /// <summary>Id of the key for new values.</summary>
    public string CurrentId { get; }

    /// <summary>The same for the same keys, and nothing of them can be read from it.</summary>
    internal string Fingerprint { get; }

    internal byte[] BlindIndex { get; }

    internal byte[]? Find(string id) => encryption.GetValueOrDefault(id);

    /// <summary>Reads a key file, making it on the first run: for Development only.</summary>
    /// <param name="path">Where the file stands; it is made readable for its owner alone (mode 0600).</param>
    public static KeyOptions DevelopmentFile(string path)
    {
        if (!File.Exists(path))
        {
            KeyOptions made = new() { Current = "k1", BlindIndex = NewKey(), Encryption = { ["k1"] = NewKey() } };
            // Under another name first: a process killed meanwhile must not leave half a file that every later start trips over.
            var part = path + ".part";
            FileStreamOptions how = new() { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream file = new(part, how))
            {
                JsonSerializer.Serialize(file, made);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path);
        }

        using var stored = File.OpenRead(path);
        return JsonSerializer.Deserialize<KeyOptions>(stored) ?? throw new KeysMissingException($"{path} holds no keys.");
    }

    /// <summary>A new random key in the form of the settings.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    private static byte[] Decode(string setting, string text)
    {
        Span<byte> key = stackalloc byte[KeyBytes + 1];
        return Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes
            ? key[..KeyBytes].ToArray()
            : throw new KeysMissingException($"{setting} must be 32 bytes in base64 (for instance the output of 'openssl rand -base64 32').");
    }
}

/// <summary>The configuration lacks a key; the message names the setting.</summary>
public sealed class KeysMissingException(string message) : Exception(message);
