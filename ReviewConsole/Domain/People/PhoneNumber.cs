using System.Diagnostics.CodeAnalysis;

namespace ReviewConsole.Domain.People;

/// <summary>Where the number that confirmed an online registration came from (REG-5).</summary>
public enum PhoneSource
{
    /// <summary>The number on file at the police (公安预留手机号码).</summary>
    PoliceRecord,

    /// <summary>A number authorised through Alipay (支付宝授权).</summary>
    Alipay,
}

/// <summary>A mobile number of mainland China: eleven digits, 13 to 19 first.</summary>
public sealed record PhoneNumber
{
    private PhoneNumber(string value) => Value = value;

    /// <summary>The eleven digits, without country code.</summary>
    public string Value { get; }

    /// <summary>The number with its middle hidden: <c>138****1234</c>.</summary>
    public string Masked => $"{Value[..3]}****{Value[7..]}";

    /// <summary>Reads a number, with or without +86 or 0086, spaces, hyphens and brackets. Refuses with <c>PHONE_EMPTY</c> or <c>PHONE_FORM</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? phone, [NotNullWhen(false)] out Refusal? refusal)
    {
        phone = null;
        refusal = null;
        var digits = string.Concat(WrittenDigits.Plain(text).Where(c => c is not (' ' or '\u3000' or '-' or '(' or ')')));
        foreach (var countryCode in (ReadOnlySpan<string>)["+86", "0086"])
        {
            if (digits.StartsWith(countryCode, StringComparison.Ordinal))
            {
                digits = digits[countryCode.Length..];
                break;
            }
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            refusal = new("PHONE_EMPTY");
        }
        else if (digits.Length != 11 || !WrittenDigits.AreDigits(digits) || digits[0] != '1' || digits[1] < '3')
        {
            refusal = new("PHONE_FORM");
        }
        else
        {
            phone = new(digits);
        }

        return phone is not null;
    }

    /// <summary>The masked number, so that a number never slips into a log.</summary>
    public override string ToString() => Masked;
}
