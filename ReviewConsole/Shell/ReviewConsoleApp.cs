using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Checking;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.Notify;
using ReviewConsole.Platform;

namespace ReviewConsole.Shell;

/// <summary>Puts the application together: services, pages, endpoints, and the verbs of the command line.</summary>
public static class ReviewConsoleApp
{
    /// <summary>Runs a verb where the first word names one, otherwise the web application.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args)
    {
        var verbs = Verbs.All();
        if (args is [var first, ..] && (first is "--help" or "-h" or "--version" || verbs.Subcommands.Any(verb => verb.Name == first)))
            return await verbs.Parse(args).InvokeAsync();

        var builder = WebApplication.CreateBuilder(args);
        AddServices(builder);
        var app = builder.Build();
        await Prepare(app.Services, app.Lifetime.ApplicationStopping);
        MapPipeline(app);
        await app.RunAsync();
        return 0;
    }

    /// <summary>Services of the web application and of the verbs that need the store.</summary>
    public static void AddServices(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ReviewSettings>().BindConfiguration("Review").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Queues.Standard);
        services.AddSingleton(Reasons.Standard);
        services.AddSingleton(Authorities.Standard);
        services.AddSingleton(RegistrationRights.Standard);
        services.AddSingleton(LicenceLetterCatalog.Standard);
        services.AddSingleton(VehicleClassCatalog.Standard);
        services.AddSingleton<ChangeFeed>();
        services.AddStore(builder.Configuration, builder.Environment.IsDevelopment());
        services.AddIntake();
        services.AddChecking();
        services.AddDesk();
        services.AddFinalise();
        services.AddNotify();
    }

    /// <summary>Runs a verb that needs the store; nothing is served and nothing runs in the background. Only the verb itself writes to standard output.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> WithStore(Func<IServiceProvider, CancellationToken, Task<int>> verb, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        AddServices(builder);
        await using var app = builder.Build();
        await Prepare(app.Services, cancel);
        return await verb(app.Services, cancel);
    }

    /// <summary>Brings the store up to date before anything is served.</summary>
    public static async Task Prepare(IServiceProvider services, CancellationToken cancel)
    {
        await using (var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync(cancel))
            await db.Database.MigrateAsync(cancel);
        await services.GetRequiredService<Clocks>().Load(cancel);
    }

    private static void MapPipeline(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapDesk();
        app.MapIntake();
    }
}
