using System.Globalization;
using ReviewConsole.Catalog;

namespace ReviewConsole.Features.Supervise;

/// <summary>Marks the words of supervision.</summary>
public sealed class SuperviseText
{
    internal static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    internal static string NameOf(QueueType queue) => IsChinese ? queue.Name : queue.NameEn;
}
