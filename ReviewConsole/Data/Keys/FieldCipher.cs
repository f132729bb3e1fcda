using System.Security.Cryptography;
using System.Text;

namespace ReviewConsole.Data.Keys;

/// <summary>Encrypts single values: AES-256-GCM, bound to their purpose, with algorithm and key id in front (REC-2).</summary>
/// <remarks>
/// Form: <c>a256gcm:KEYID:BASE64(nonce 12 | tag 16 | ciphertext)</c>. The purpose (for instance <c>Applicants.Name</c>) is authenticated with it, so a value
/// moved to another column does not open. A blind index is HMAC-SHA-256 over purpose and value: equal values can be found, nothing can be read.
/// </remarks>
public sealed class FieldCipher(KeyRing keys)
{
    private const string Algorithm = "a256gcm";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The same for the same keys.</summary>
    internal string Fingerprint => keys.Fingerprint;

    /// <summary>Encrypts a text.</summary>
    public string Seal(string plain, string purpose) =>
        $"{Algorithm}:{keys.CurrentId}:{Convert.ToBase64String(Encrypt(Encoding.UTF8.GetBytes(plain), purpose))}";

    /// <summary>Decrypts what <see cref="Seal(string, string)"/> made for the same purpose.</summary>
    /// <exception cref="CryptographicException">Wrong key, wrong purpose, or changed by somebody.</exception>
    public string Open(string sealedText, string purpose)
    {
        var parts = sealedText.Split(':', 3);
        if (parts.Length != 3 || parts[0] != Algorithm)
            throw new CryptographicException($"{purpose}: not a value that was encrypted here.");
        return Encoding.UTF8.GetString(Decrypt(Convert.FromBase64String(parts[2]), parts[1], purpose));
    }

    /// <summary>Encrypts a file's content; the form is the same, with the prefix as ASCII before the bytes.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose) =>
        [.. Encoding.ASCII.GetBytes($"{Algorithm}:{keys.CurrentId}:"), .. Encrypt(plain, purpose)];

    /// <summary>Decrypts a file's content.</summary>
    /// <exception cref="CryptographicException">Wrong key, wrong purpose, or changed by somebody.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        var first = sealedBytes.IndexOf((byte)':');
        var second = first < 0 ? -1 : sealedBytes[(first + 1)..].IndexOf((byte)':');
        if (second < 0 || Encoding.ASCII.GetString(sealedBytes[..first]) != Algorithm)
            throw new CryptographicException($"{purpose}: not a file that was encrypted here.");
        var id = Encoding.ASCII.GetString(sealedBytes.Slice(first + 1, second));
        return Decrypt(sealedBytes[(first + second + 2)..], id, purpose);
    }

    /// <summary>Equal values of the same purpose have equal indexes.</summary>
    public string BlindIndex(string value, string purpose) => Mac(Encoding.UTF8.GetBytes(value), purpose);

    /// <summary>The same for bytes, for instance a picture's content.</summary>
    public string Mac(ReadOnlySpan<byte> value, string purpose)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.BlindIndex);
        mac.AppendData(Encoding.UTF8.GetBytes(purpose));
        mac.AppendData([0]);
        mac.AppendData(value);
        return "hs256:" + Convert.ToBase64String(mac.GetHashAndReset());
    }

    private byte[] Encrypt(ReadOnlySpan<byte> plain, string purpose)
    {
        var result = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = result.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(keys.Find(keys.CurrentId)!, TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceBytes + TagBytes), result.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return result;
    }

    private byte[] Decrypt(ReadOnlySpan<byte> value, string keyId, string purpose)
    {
        if (value.Length < NonceBytes + TagBytes)
            throw new CryptographicException($"{purpose}: the value is cut short.");
        var key = keys.Find(keyId) ?? throw new CryptographicException($"{purpose}: key '{keyId}' is not in Keys:Encryption.");
        var plain = new byte[value.Length - NonceBytes - TagBytes];
        using AesGcm aes = new(key, TagBytes);
        aes.Decrypt(value[..NonceBytes], value[(NonceBytes + TagBytes)..], value.Slice(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }
}
