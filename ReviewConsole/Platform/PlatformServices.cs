using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.WebEncoders;

namespace ReviewConsole.Platform;

/// <summary>What the host needs whatever the features are: limits of circuits, keys of cookies, encoding, languages.</summary>
public static class PlatformServices
{
    /// <summary>Most bytes of a request's body where its endpoint does not say otherwise: 1 MiB.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Adds it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="folder">Folder of the data; the keys of cookies stand in <c>keys-web</c> below it.</param>
    public static IServiceCollection AddPlatform(this IServiceCollection services, string folder)
    {
        // An open page keeps its connection; without this a stop waits half a minute for it.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        // Forms and circuits send little; an endpoint that takes more says so itself.
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.AddServerHeader = false;
        });
        services.Configure<CircuitOptions>(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            circuits.DisconnectedCircuitMaxRetained = 200;
            circuits.MaxBufferedUnacknowledgedRenderBatches = 10;
            circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
        });
        services.AddOptions<RateSettings>().BindConfiguration("Rates").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AddressRates>();
        services.AddSingleton<OpenCircuits>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<OpenCircuits>());
        services.AddDataProtection().SetApplicationName("ReviewConsole").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys-web")));
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        // The framework's own lines on requests hold addresses with their queries, and those of the store would drown the rest.
        services.AddLogging(log => log
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning));
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.Configure<RequestLocalizationOptions>(languages =>
        {
            languages.SetDefaultCulture("zh-CN").AddSupportedCultures("zh-CN", "en").AddSupportedUICultures("zh-CN", "en");
            // Only the person's own choice counts, not the browser's languages.
            languages.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
        return services;
    }
}
