namespace ReviewConsole.Domain.People;

/// <summary>Numbers as people type them.</summary>
internal static class WrittenDigits
{
    /// <summary>Trimmed, capital, and half-width: Chinese input methods write digits and letters full-width, which says the same.</summary>
    public static string Plain(string? text) =>
        string.Create((text ??= "").Trim().Length, text.Trim(), (plain, typed) =>
        {
            for (var i = 0; i < typed.Length; i++)
            {
                plain[i] = char.ToUpperInvariant(typed[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(typed[i] - 0xFEE0) : typed[i]);
            }
        });

    /// <summary>ASCII digits and nothing else.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
