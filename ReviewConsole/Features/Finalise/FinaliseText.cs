using System.Globalization;
using ReviewConsole.Catalog;

namespace ReviewConsole.Features.Finalise;

/// <summary>Marks the words of the page of corrections.</summary>
public sealed class FinaliseText
{
    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    internal static string Label(RejectReason reason) => IsChinese ? reason.LabelZh : reason.LabelEn;

    internal static string NameOf(QueueType queue) => IsChinese ? queue.Name : queue.NameEn;
}
