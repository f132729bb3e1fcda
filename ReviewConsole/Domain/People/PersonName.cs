using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ReviewConsole.Domain.People;

/// <summary>A person's name as it stands on the card: 1 to 60 characters, normalised (NFC, one kind of 间隔号, single spaces).</summary>
/// <remarks>
/// ID-2: letters of any script, rare Han of the supplementary planes included, with combining marks. Between letters may stand a
/// space, a 间隔号 (U+00B7; keyboards write a dozen other dots for it), a hyphen or an apostrophe. Digits, controls, direction marks,
/// markup and whatever shows nothing are refused: two names that look the same must be the same.
/// </remarks>
public sealed record PersonName
{
    /// <summary>Most characters (Unicode code points) that a name may have.</summary>
    public const int MaxLength = 60;

    private const char Interpunct = '\u00B7';

    private PersonName(string value) => Value = value;

    /// <summary>The normalised name.</summary>
    public string Value { get; }

    /// <summary>The first character and one star for each further one, two at most: 陈*, 王**. A name of one character is all star.</summary>
    public string Masked
    {
        get
        {
            var length = new StringInfo(Value).LengthInTextElements;
            return length == 1 ? "*" : StringInfo.GetNextTextElement(Value) + new string('*', Math.Min(length - 1, 2));
        }
    }

    /// <summary>Reads a name; refuses with <c>NAME_EMPTY</c>, <c>NAME_TOO_LONG</c> or <c>NAME_CHARACTERS</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PersonName? name, [NotNullWhen(false)] out Refusal? refusal)
    {
        name = null;
        refusal = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            refusal = new("NAME_EMPTY");
        }
        else if (text.Length > MaxLength * 8)
        {
            // Before the work of normalising: no honest spelling of 60 characters is that long.
            refusal = TooLong;
        }
        else if (Normalised(text) is not { } value)
        {
            refusal = new("NAME_CHARACTERS");
        }
        else if (value.EnumerateRunes().Count() > MaxLength)
        {
            refusal = TooLong;
        }
        else
        {
            name = new(value);
        }

        return name is not null;
    }

    /// <summary>The masked name, so that a name never slips into a log.</summary>
    public override string ToString() => Masked;

    private static Refusal TooLong => new("NAME_TOO_LONG", MaxLength.ToString(CultureInfo.InvariantCulture));

    /// <returns>Null when a character is not allowed, or not where it stands.</returns>
    private static string? Normalised(string text)
    {
        var name = new StringBuilder(text.Length);
        var separator = '\0';
        for (var rest = text.AsSpan().Trim(); !rest.IsEmpty;)
        {
            // Runes are read by hand because a lone surrogate must be refused, not replaced.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done)
            {
                return null;
            }

            rest = rest[used..];
            if (Separator(rune) is var s and not '\0')
            {
                // "阿不都 · 卡德尔" is written with spaces by some keyboards: they belong to the dot.
                if (separator is '\0' or ' ')
                {
                    separator = s;
                }
                else if (s != ' ')
                {
                    return null;
                }

                continue;
            }

            var mark = IsMark(rune);
            if (!(IsLetter(rune) || (mark && separator == '\0')) || (name.Length == 0 && (mark || separator != '\0')))
            {
                return null;
            }

            if (separator != '\0')
            {
                name.Append(separator);
                separator = '\0';
            }

            name.Append(rune);
        }

        return separator == '\0' ? name.ToString().Normalize(NormalizationForm.FormC) : null;
    }

    private static char Separator(Rune rune) => rune.Value switch
    {
        ' ' or 0x3000 or 0x00A0 => ' ',
        0x00B7 or 0x0387 or 0x2022 or 0x2024 or 0x2027 or 0x2219 or 0x22C5 or 0x2E31 or 0x2E33 or 0x30FB or 0xFE52 or 0xFF0E or 0xFF65 => Interpunct,
        '-' => '-',
        '\'' or 0x2019 => '\'',
        _ => '\0',
    };

    /// <remarks>
    /// Planes 2 and 3 hold nothing but Han; taking them whole admits characters younger than the runtime's tables. 〇 is a
    /// numeral to Unicode and a character of names to China.
    /// </remarks>
    private static bool IsLetter(Rune rune) =>
        (Rune.IsLetter(rune) && !IsInvisible(rune)) || rune.Value == 0x3007 || (rune.Plane is 2 or 3 && (rune.Value & 0xFFFF) < 0xFFFE);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && !IsInvisible(rune);

    /// <summary>Letters and marks that show nothing (Unicode: Default_Ignorable_Code_Point): joiners, fillers, variation selectors.</summary>
    private static bool IsInvisible(Rune rune) => rune.Value
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);
}
