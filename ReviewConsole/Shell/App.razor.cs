using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using ReviewConsole.Features.Staff;

namespace ReviewConsole.Shell;

/// <summary>The document around every page.</summary>
public sealed partial class App
{
    // The plain address is served compressed once published; the version in it makes browsers fetch a new one.
    private static readonly string MudVersion = typeof(MudTheme).Assembly.GetName().Version!.ToString(3);

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string Theme => PreferenceCookies.ThemeOf(Http);

    private string Density => PreferenceCookies.DensityOf(Http);

    // Account pages set cookies, so they are answered as plain pages without a circuit.
    private IComponentRenderMode? PageMode => Http.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
