using System.Collections.Frozen;
using System.Globalization;

namespace ReviewConsole.Domain.People;

/// <summary>Pinyin initials of names, to find people without an input method.</summary>
public static class Pinyin
{
    // The first character of each letter in the order of pinyin, by which the comparer of zh-CN orders characters.
    private const string Letters = "abcdefghjklmnopqrstwxyz";
    private const string First = "阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀";
    private static readonly CompareInfo Order = CultureInfo.GetCultureInfo("zh-CN").CompareInfo;

    // As surnames they are read otherwise.
    private static readonly FrozenDictionary<char, char> Surnames = "单s曾z仇q解x查z区o盖g翟z秘b乐y".Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The initials in lower case, one a character; letters and digits stand for themselves, anything else is left out.</summary>
    public static string Initials(string name) => string.Concat(name.Select((c, i) => i == 0 && Surnames.TryGetValue(c, out var letter) ? letter : Initial(c)).Where(c => c != default));

    private static char Initial(char c)
    {
        if (char.IsAsciiLetterOrDigit(c))
            return char.ToLowerInvariant(c);
        if (c is < '一' or > '鿿')
            return default;
        var at = 0;
        while (at + 1 < First.Length && Order.Compare(First[at + 1].ToString(), c.ToString()) <= 0)
            at++;
        return Letters[at];
    }
}
