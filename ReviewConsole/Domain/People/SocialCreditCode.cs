using System.Diagnostics.CodeAnalysis;

namespace ReviewConsole.Domain.People;

/// <summary>
/// A unified social credit code (统一社会信用代码, GB 32100): 2 characters authority and category, 6 digits area, 9 characters body,
/// 1 check character. The alphabet leaves out I, O, S, V and Z.
/// </summary>
public sealed record SocialCreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private SocialCreditCode(string value) => Value = value;

    /// <summary>All 18 characters.</summary>
    public string Value { get; }

    /// <summary>Reads a code. Refuses with <c>CREDIT_CODE_EMPTY</c>, <c>CREDIT_CODE_FORM</c> or <c>CREDIT_CODE_CHECK</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SocialCreditCode? code, [NotNullWhen(false)] out Refusal? refusal)
    {
        var value = WrittenDigits.Plain(text);
        refusal = value switch
        {
            { Length: 0 } => new("CREDIT_CODE_EMPTY"),
            { Length: not 18 } => new("CREDIT_CODE_FORM"),
            _ when !value.All(Alphabet.Contains) || !WrittenDigits.AreDigits(value.AsSpan(2, 6)) => new("CREDIT_CODE_FORM"),
            _ when CheckCharacter(value) != value[^1] => new("CREDIT_CODE_CHECK"),
            _ => null,
        };
        code = refusal is null ? new(value) : null;
        return code is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>The check character over the first 17: weights are the powers of 3, modulo 31.</summary>
    private static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in body[..17])
        {
            sum += weight * Alphabet.IndexOf(c, StringComparison.Ordinal);
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
