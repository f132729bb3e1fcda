using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ReviewConsole.Shell;

/// <summary>The console around a page.</summary>
public sealed partial class MainLayout(NavigationManager navigation)
{
    private ErrorBoundary? boundary;

    // A bare '#content' would be taken against the base address and leave the page.
    private string Here => $"{navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]}#content";

    /// <inheritdoc/>
    protected override void OnParametersSet() => boundary?.Recover();

    private void Reload() => navigation.Refresh(forceReload: true);
}
