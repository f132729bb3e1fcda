using Microsoft.Extensions.Localization;
using ReviewConsole.Domain;

namespace ReviewConsole.Ui;

/// <summary>Says a <see cref="Refusal"/> in the reader's language.</summary>
public sealed class RefusalWords(IStringLocalizer<RefusalText> text)
{
    /// <summary>The words of the refusal; for a code without words, that it was refused and under which code.</summary>
    public string Of(Refusal refusal)
    {
        var words = text[$"Refusal_{refusal.Code}", [.. refusal.Details]];
        return words.ResourceNotFound ? text["Refusal_Unknown", refusal.Code] : words;
    }
}
