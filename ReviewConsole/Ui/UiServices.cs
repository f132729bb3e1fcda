using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;

namespace ReviewConsole.Ui;

/// <summary>Puts together what every page shares.</summary>
public static class UiServices
{
    /// <summary>Adds words, looks, the current actor and the permission policies.</summary>
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<ResourceManagerStringLocalizerFactory>().AddSingleton<IStringLocalizerFactory, KeptWords>();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.PreventDuplicates = true;
            mud.SnackbarConfiguration.ShowTransitionDuration = mud.SnackbarConfiguration.HideTransitionDuration = 0;
        });
        services.AddTransient<MudLocalizer, MudWords>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<ClientConnection>();
        services.AddScoped<CircuitHandler>(scope => scope.GetRequiredService<ClientConnection>());
        services.AddSingleton<RefusalWords>();
        services.AddSingleton<EventWords>();
        services.AddSingleton<ClockWords>();
        services.AddAuthorizationCore();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<IConfigureOptions<AuthorizationOptions>, PermissionPolicies>();
        services.AddSingleton<IAuthorizationHandler, PermissionCheck>();
        return services;
    }
}
