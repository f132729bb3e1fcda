using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Features.Staff;
using ReviewConsole.Ui;

namespace ReviewConsole.Shell;

/// <summary>The console around a page. It knows the keys of the person who looks, for every page in it.</summary>
public sealed partial class MainLayout(NavigationManager navigation, CurrentActor current, ChangeKey change, RestoreKeys restore)
{
    private ErrorBoundary? boundary;
    private KeyMap keys = KeyMap.Standard;

    private string Path => navigation.ToBaseRelativePath(navigation.Uri);

    // A bare '#content' would be taken against the base address and leave the page.
    private string Here => $"{Path.Split('#')[0]}#content";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => keys = (await current.Get()).Keys;

    /// <inheritdoc/>
    protected override void OnParametersSet() => boundary?.Recover();

    private void Reload() => navigation.Refresh(forceReload: true);

    private async Task<Refusal?> Give(KeyAction action, string code) => Take(await change.Handle(await current.Get(), action, code));

    private async Task Restore() => Take(await restore.Handle(await current.Get()));

    private Refusal? Take(Answer<KeyMap> answer)
    {
        if (answer.Refusal is null)
            keys = answer.Value;
        StateHasChanged();
        return answer.Refusal;
    }
}
