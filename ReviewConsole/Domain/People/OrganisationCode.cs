using System.Diagnostics.CodeAnalysis;

namespace ReviewConsole.Domain.People;

/// <summary>An organisation code (组织机构代码, GB 11714): 8 digits or capital letters and 1 check character, kept without the hyphen.</summary>
public sealed record OrganisationCode
{
    private OrganisationCode(string value) => Value = value;

    /// <summary>All nine characters.</summary>
    public string Value { get; }

    /// <summary>Reads a code, with or without the hyphen before the check character. Refuses with <c>ORG_CODE_EMPTY</c>, <c>ORG_CODE_FORM</c> or <c>ORG_CODE_CHECK</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out OrganisationCode? code, [NotNullWhen(false)] out Refusal? refusal)
    {
        var value = WrittenDigits.Plain(text);
        if (value.Length == 10 && value[8] == '-')
        {
            value = value.Remove(8, 1);
        }

        refusal = value switch
        {
            { Length: 0 } => new("ORG_CODE_EMPTY"),
            { Length: not 9 } => new("ORG_CODE_FORM"),
            _ when !value.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) => new("ORG_CODE_FORM"),
            _ when CheckCharacter(value) != value[^1] => new("ORG_CODE_CHECK"),
            _ => null,
        };
        code = refusal is null ? new(value) : null;
        return code is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>The check character over the first eight; letters count from A = 10.</summary>
    private static char CheckCharacter(ReadOnlySpan<char> body)
    {
        ReadOnlySpan<byte> weights = [3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (char.IsAsciiDigit(body[i]) ? body[i] - '0' : body[i] - 'A' + 10);
        }

        // 11 - remainder, written 0 for 11 and X for 10.
        return "0X987654321"[sum % 11];
    }
}
