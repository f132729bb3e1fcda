using System.Globalization;
using ReviewConsole.Catalog;

namespace ReviewConsole.Ui;

/// <summary>Names in the reader's language of what the catalogues hold: they carry both languages themselves.</summary>
public static class Names
{
    /// <summary>True where the reader's language is Chinese.</summary>
    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>A queue's name.</summary>
    public static string Of(QueueType queue) => IsChinese ? queue.Name : queue.NameEn;

    /// <summary>A reason's label.</summary>
    public static string Of(RejectReason reason) => IsChinese ? reason.LabelZh : reason.LabelEn;

    /// <summary>A province's name.</summary>
    public static string Of(Province province) => IsChinese ? province.NameZh : province.NameEn;

    /// <summary>A right's name.</summary>
    public static string Of(AccountRight right) => IsChinese ? right.NameZh : right.NameEn;

    /// <summary>Several things in a row, as the language writes them.</summary>
    public static string List(IEnumerable<string> items) => string.Join(IsChinese ? "、" : ", ", items);
}
