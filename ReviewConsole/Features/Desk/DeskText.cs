using System.Globalization;
using ReviewConsole.Catalog;

namespace ReviewConsole.Features.Desk;

/// <summary>Marks the words of the desk; catalogues carry both languages themselves.</summary>
public sealed class DeskText
{
    /// <summary>True where the reader's language is Chinese.</summary>
    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>A list as the reader's language writes it.</summary>
    public static string List(IEnumerable<string> items) => string.Join(IsChinese ? "、" : ", ", items);

    /// <summary>A reason's label in the reader's language.</summary>
    public static string Label(RejectReason reason) => IsChinese ? reason.LabelZh : reason.LabelEn;

    /// <summary>A province's name in the reader's language.</summary>
    public static string Name(Province province) => IsChinese ? province.NameZh : province.NameEn;

    /// <summary>A right's name in the reader's language.</summary>
    public static string Name(AccountRight right) => IsChinese ? right.NameZh : right.NameEn;
}
