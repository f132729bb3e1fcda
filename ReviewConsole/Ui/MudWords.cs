using Microsoft.Extensions.Localization;
using MudBlazor;

namespace ReviewConsole.Ui;

/// <summary>MudBlazor's own texts in Chinese (<c>Ui/MudWords.resx</c>). In English MudBlazor uses its own and does not ask.</summary>
internal sealed class MudWords(IStringLocalizer<MudWords> text) : MudLocalizer
{
    /// <inheritdoc/>
    public override LocalizedString this[string key] => text[key];

    /// <inheritdoc/>
    public override LocalizedString this[string key, params object[] arguments] => text[key, arguments];
}
