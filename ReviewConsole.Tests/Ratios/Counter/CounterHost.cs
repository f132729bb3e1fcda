using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Platform;

namespace ReviewConsole.Tests.Ratios.Counter;

/// <summary>Serves the counter under the product's own host settings, in a process of its own.</summary>
internal static class CounterHost
{
    /// <summary>The word that starts it.</summary>
    public const string Word = "counter";

    /// <summary>Serves at the address until the process ends.</summary>
    public static void Serve(string[] words)
    {
        var builder = WebApplication.CreateBuilder(words);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddPlatform(builder.Configuration["Data:Folder"]!);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine($"Serving {string.Join(", ", app.Urls)}"));
        app.UseSecurityHeaders();
        app.UseRequestLog();
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<CounterDocument>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        app.Run();
    }
}
