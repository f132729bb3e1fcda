using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Support;

/// <summary>Renders components as the product does: its words, MudBlazor with its providers, a fixed clock and a given person.</summary>
/// <remarks>Tests derive from it. Disposal is asynchronous only: MudBlazor's services demand it.</remarks>
public abstract class UiContext : BunitContext, IAsyncLifetime
{
    // What a page shows after a moment is waited for as long as a busy machine may need; the library's own second is over soon.
    static UiContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    /// <param name="add">Adds what a feature's components need.</param>
    protected UiContext(Action<IServiceCollection>? add = null)
    {
        SpeakLanguage("zh-CN");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddUi();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<CurrentActor>(_ => new GivenActor(this));
        add?.Invoke(Services);
        SetRendererInfo(new("Server", isInteractive: true));
    }

    /// <summary>Monday 2026-11-23 13:26 in Shanghai, the moment of the reference screens.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 13, 26, 0, TimeSpan.FromHours(8)));

    /// <summary>Who looks at the page.</summary>
    public Actor Actor { get; set; } = Actor.Nobody;

    /// <summary>The language of everything rendered from now on; <c>zh-CN</c> at first.</summary>
    protected static void SpeakLanguage(string culture) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    /// <summary>Renders the providers that selects, dialogs and snackbars need; look into the result for what they show.</summary>
    protected IRenderedComponent<IComponent> RenderProviders() => Render(builder =>
    {
        builder.OpenComponent<MudPopoverProvider>(0);
        builder.CloseComponent();
        builder.OpenComponent<MudDialogProvider>(1);
        builder.CloseComponent();
        builder.OpenComponent<MudSnackbarProvider>(2);
        builder.CloseComponent();
    });

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);

    private sealed class GivenActor(UiContext context) : CurrentActor(null!, null!)
    {
        public override Task<Actor> Get() => Task.FromResult(context.Actor);
    }
}

/// <summary>What tests do with rendered pages.</summary>
public static class RenderedPages
{
    /// <summary>Clicks on what the selector finds; the page is not drawn anew between finding and clicking.</summary>
    public static Task ClickOn<T>(this IRenderedComponent<T> page, string selector)
        where T : IComponent => page.InvokeAsync(() => page.Find(selector).ClickAsync(new()));

    /// <summary>Clicks on what is found in the page as it is then.</summary>
    public static Task ClickOn<T>(this IRenderedComponent<T> page, Func<IRenderedComponent<T>, IElement> find)
        where T : IComponent => page.InvokeAsync(() => find(page).ClickAsync(new()));

    /// <summary>Types into what the selector finds; the page is not drawn anew between finding and typing.</summary>
    public static Task InputOn<T>(this IRenderedComponent<T> page, string selector, string value)
        where T : IComponent => page.InvokeAsync(() => page.Find(selector).InputAsync(new() { Value = value }));

    /// <summary>Gives what the selector finds another value; the page is not drawn anew between finding and changing.</summary>
    public static Task ChangeOn<T>(this IRenderedComponent<T> page, string selector, object value)
        where T : IComponent => page.InvokeAsync(() => page.Find(selector).ChangeAsync(new() { Value = value }));
}
