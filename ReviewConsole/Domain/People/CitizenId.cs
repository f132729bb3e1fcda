using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ReviewConsole.Domain.People;

/// <summary>Sex as the order number of a citizen id says it: odd is male.</summary>
public enum Sex
{
    /// <summary>女, an even order number.</summary>
    Female,

    /// <summary>男, an odd order number.</summary>
    Male,
}

/// <summary>
/// A citizen identification number (公民身份号码, GB 11643): 6 digits area, 8 birth date, 3 order, 1 check character. Always capital,
/// with a real birth date and a check character that fits.
/// </summary>
public sealed record CitizenId
{
    /// <summary>Characters of the number.</summary>
    public const int Length = 18;

    private CitizenId(string value, DateOnly birthDate) => (Value, BirthDate) = (value, birthDate);

    /// <summary>All 18 characters.</summary>
    public string Value { get; }

    /// <summary>The place of first registration (GB/T 2260), six digits. Whether the place exists is not checked: codes are abolished, numbers stay.</summary>
    public string AreaCode => Value[..6];

    /// <summary>Birth date.</summary>
    public DateOnly BirthDate { get; }

    /// <summary>Sex, from the order number.</summary>
    public Sex Sex => (Value[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>The number with birth date hidden: <c>110105********002X</c>.</summary>
    public string Masked => $"{Value[..6]}********{Value[14..]}";

    /// <summary>
    /// Reads a number; small x and full-width characters are taken for what they mean. Refuses with <c>ID_NUMBER_EMPTY</c>,
    /// <c>ID_NUMBER_FORM</c>, <c>ID_NUMBER_BIRTH_DATE</c> (no such day, or after <paramref name="today"/>) or <c>ID_NUMBER_CHECK</c>.
    /// </summary>
    /// <param name="text">The number as typed.</param>
    /// <param name="today">The date in Shanghai.</param>
    /// <param name="id">The number.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(string? text, DateOnly today, [NotNullWhen(true)] out CitizenId? id, [NotNullWhen(false)] out Refusal? refusal)
    {
        var value = WrittenDigits.Plain(text);
        id = null;
        refusal = null;
        if (value.Length == 0)
        {
            refusal = new("ID_NUMBER_EMPTY");
        }
        else if (value.Length != Length || !WrittenDigits.AreDigits(value.AsSpan(0, Length - 1)) || !(char.IsAsciiDigit(value[^1]) || value[^1] == 'X'))
        {
            refusal = new("ID_NUMBER_FORM");
        }
        else if (!DateOnly.TryParseExact(value.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth) || birth > today)
        {
            refusal = new("ID_NUMBER_BIRTH_DATE");
        }
        else if (CheckCharacter(value) != value[^1])
        {
            refusal = new("ID_NUMBER_CHECK");
        }
        else
        {
            id = new(value, birth);
        }

        return id is not null;
    }

    /// <summary>Makes a valid number of its parts, for demonstration data.</summary>
    /// <param name="area">Six digits.</param>
    /// <param name="birth">Birth date.</param>
    /// <param name="order">0 to 999; odd is male.</param>
    public static CitizenId Compose(string area, DateOnly birth, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 999);
        if (area.Length != 6 || !WrittenDigits.AreDigits(area))
        {
            throw new ArgumentException("An area code has six digits.", nameof(area));
        }

        var body = string.Create(CultureInfo.InvariantCulture, $"{area}{birth:yyyyMMdd}{order:000}");
        return new(body + CheckCharacter(body), birth);
    }

    /// <summary>The age in completed years on a day; somebody born on 29 February completes a year on 1 March of common years. Negative before birth.</summary>
    public int AgeOn(DateOnly date) =>
        date.Year - BirthDate.Year - ((date.Month, date.Day).CompareTo((BirthDate.Month, BirthDate.Day)) < 0 ? 1 : 0);

    /// <summary>The masked number, so that a number never slips into a log.</summary>
    public override string ToString() => Masked;

    /// <summary>The check character over the first 17 digits (ISO 7064 MOD 11-2).</summary>
    private static char CheckCharacter(ReadOnlySpan<char> body)
    {
        ReadOnlySpan<byte> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (body[i] - '0');
        }

        return "10X98765432"[sum % 11];
    }
}
