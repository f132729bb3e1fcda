using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;

namespace ReviewConsole.Ui;

/// <summary>The sheet of keys (<c>?</c>).</summary>
public sealed partial class KeySheet
{
    // They are the same for everybody: the hands find them on every panel.
    private static readonly (string[] Keys, string Words)[] Panel =
    [
        (["1-9"], "KeyPanel_Digits"),
        (["0"], "KeyPanel_Further"),
        (["↑", "↓"], "KeyPanel_Arrows"),
        (["Enter"], "KeyPanel_Enter"),
        (["Ctrl", "Enter"], "KeyPanel_CtrlEnter"),
        (["Esc"], "KeyPanel_Escape"),
    ];

    private KeyAction? changing;
    private ElementReference catching;
    private bool toFocus;
    private bool refused;
    private string? said;

    /// <summary>The page that is open.</summary>
    [Parameter, EditorRequired]
    public KeyPage Page { get; set; }

    /// <summary>Gives an action another key for the person; a refusal where it cannot be.</summary>
    [Parameter, EditorRequired]
    public Func<KeyAction, string, Task<Refusal?>> OnGive { get; set; } = null!;

    /// <summary>Gives all actions their standard keys back.</summary>
    [Parameter]
    public EventCallback OnRestore { get; set; }

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!toFocus)
            return;
        toFocus = false;
        await catching.FocusAsync();
    }

    private void Change(KeyAction action) => (changing, toFocus, refused, said) = (action, true, false, null);

    private void Stop() => changing = null;

    private async Task Catch(KeyboardEventArgs key)
    {
        // Shift and its like come before the key that they are held for.
        if (changing is not { } action || key.IsComposing || key.Repeat || key.Key is "Shift" or "Control" or "Alt" or "Meta")
            return;
        if (key.Key == "Escape")
        {
            Stop();
            return;
        }

        var held = key.CtrlKey || key.AltKey || key.MetaKey;
        var refusal = held ? new Refusal(KeyMap.Reserved) : await OnGive(action, key.Code);
        refused = refusal is not null;
        said = refusal switch
        {
            null => T["Keys_Given", T[$"Key_{action}"], KeyMap.Cap(key.Code)],
            { Code: KeyMap.Taken, Details: [{ Length: > 0 } other] } => T["Keys_Taken", KeyMap.Cap(key.Code), T[$"Key_{other}"]],
            _ => Words.Of(refusal),
        };
        if (!refused)
            Stop();
    }

    private async Task Restore()
    {
        await OnRestore.InvokeAsync();
        (changing, refused, said) = (null, false, T["Keys_Restored"]);
    }
}
