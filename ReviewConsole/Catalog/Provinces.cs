using System.Collections.Frozen;

namespace ReviewConsole.Catalog;

/// <summary>A province-level division.</summary>
/// <param name="Code">The first two digits of its area codes.</param>
/// <param name="NameZh">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record Province(string Code, string NameZh, string NameEn);

/// <summary>The province-level divisions by GB/T 2260, with the codes of residence permits (81 to 83) beside them. Codes below the province change over the years; these do not.</summary>
public static class Provinces
{
    private static readonly FrozenDictionary<string, Province> byCode =
        FactsCsv.Read("provinces.csv", row => new Province(row.Required("code"), row.Required("name_zh"), row.Required("name_en"))).ToFrozenDictionary(p => p.Code, StringComparer.Ordinal);

    /// <summary>All of them, by code.</summary>
    public static IEnumerable<Province> All => byCode.Values.OrderBy(p => p.Code, StringComparer.Ordinal);

    /// <summary>The province of a six-digit area code; null where there is none with its first two digits.</summary>
    public static Province? Of(string areaCode)
    {
        ArgumentNullException.ThrowIfNull(areaCode);
        return areaCode.Length >= 2 ? byCode.GetValueOrDefault(areaCode[..2]) : null;
    }
}
