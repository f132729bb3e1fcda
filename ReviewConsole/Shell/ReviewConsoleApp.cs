using System.CommandLine;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Keys;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Data.Sqlite;
using ReviewConsole.Demo;
using ReviewConsole.Features.Audit;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Features.Checking;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.Notify;
using ReviewConsole.Features.Search;
using ReviewConsole.Features.SecondLooks;
using ReviewConsole.Features.Staff;
using ReviewConsole.Features.Status;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Features.Views;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Shell;

/// <summary>Puts the application together: services, pages, endpoints, and the verbs of the command line.</summary>
public static class ReviewConsoleApp
{
    /// <summary>Runs a verb where the first word names one, otherwise the web application.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            return await VerbOrServe(args);
        }
        catch (Exception wrong) when (wrong is KeysMissingException or OptionsValidationException)
        {
            // The configuration's fault, not the program's: what to mend, in a line, without a stack.
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
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
        services.AddSingleton<WaitingCounts>();
        services.AddPlatform(Path.GetFullPath((builder.Configuration.GetSection("Data").Get<DataSettings>() ?? new()).Folder));
        services.AddUi();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddSingleton<PageRoutes>();
        services.AddHealthChecks().AddCheck<StoreHealth>("store").AddCheck<DiskHealth>("disk");
        services.AddStaff();
        services.AddIntake();
        services.AddChecking();
        services.AddDesk();
        services.AddFinalise();
        services.AddNotify();
        services.AddAudit();
        services.AddSearch();
        services.AddViews();
        services.AddSecondLooks();
        services.AddStatus();
        services.AddCalendar();
        services.AddSupervise();
    }

    /// <summary>Runs a verb that needs the store: the configuration of the web application, nothing served, nothing in the background.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> WithStore(Func<IServiceProvider, CancellationToken, Task<int>> verb, CancellationToken cancel) =>
        WithServices(async (services, stop) =>
        {
            await Prepare(services, stop);
            return await verb(services, stop);
        }, cancel);

    /// <summary>Runs a verb that reads the store as it stands: nothing is brought up to date before.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> WithServices(Func<IServiceProvider, CancellationToken, Task<int>> verb, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder();
        // Only the verb itself writes to standard output.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        AddServices(builder);
        await using var app = builder.Build();
        return await verb(app.Services, cancel);
    }

    /// <summary>Brings the store up to date before anything is served.</summary>
    public static async Task Prepare(IServiceProvider services, CancellationToken cancel)
    {
        await using (var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync(cancel))
            await SqliteSchema.BringUpToDate(db, cancel);
        await services.GetRequiredService<Clocks>().Load(cancel);
        await services.GetRequiredService<RebuildRollups>().BringUpToDate(cancel);
    }

    private static async Task SeedDemo(WebApplication app, string[] args)
    {
        if (await DemoSeed.IsWanted(app.Services, app.Lifetime.ApplicationStopping))
            await DemoSeed.Run(args, AddServices, app.Services.GetRequiredService<TimeProvider>().GetUtcNow(), Console.Out, app.Lifetime.ApplicationStopping);
        await Console.Out.WriteLineAsync($"Demo accounts, password {DemoSeed.Password}: {string.Join(", ", DemoSeed.Accounts.Select(account => $"{account.User} ({account.Name})"))}");
    }

    private static async Task<int> VerbOrServe(string[] args)
    {
        var verbs = Verbs.All();
        if (args is [var first, ..] && (first is "--help" or "-h" or "--version" || !first.StartsWith('-')))
            return await verbs.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

        var builder = WebApplication.CreateBuilder(args);
        // Outside Development nothing serves the packages' static files unless it is asked for.
        builder.WebHost.UseStaticWebAssets();
        AddServices(builder);
        await using var app = builder.Build();
        // Before the store is touched, not when serving begins.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await Prepare(app.Services, app.Lifetime.ApplicationStopping);
        if (app.Environment.IsDevelopment() && app.Configuration.GetValue("Demo:Seed", true))
            await SeedDemo(app, args);
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine($"Serving {string.Join(", ", app.Urls)}"));
        MapPipeline(app);
        await app.RunAsync();
        return 0;
    }

    private static void MapPipeline(WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/fault",
                CreateScopeForErrors = true,
                StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            });
            app.UseHsts();
        }

        app.UseSecurityHeaders();
        app.UseRequestLog();
        app.UseRequestLocalization();
        app.UseWhen(
            http => HttpMethods.IsGet(http.Request.Method) && !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAuthentication();
        app.UseFirstPassword();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        app.MapStaticAssets().AllowAnonymous();
        app.MapStaff();
        app.MapIntake();
        app.MapDesk();
        app.MapExports();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
    }
}
