using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Notify;

/// <summary>Telling applicants: the gateways, the worker that hands notices to them, and the list of what was sent.</summary>
public static class NotifyFeature
{
    /// <summary>Adds settings (section <c>Notify</c>), gateways, worker, use case and query.</summary>
    public static IServiceCollection AddNotify(this IServiceCollection services)
    {
        services.AddOptions<NotifySettings>().BindConfiguration("Notify").ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(HttpGateway.Client)
            .ConfigureHttpClient((provider, client) => client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<NotifySettings>>().Value.TimeoutSeconds))
            // A signed notice goes to the address that was set and nowhere else.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();
        return services
            .AddSingleton<HttpGateway>()
            .AddSingleton<LocalMailbox>()
            .AddSingleton<IOutboxWorker, DeliverNotice>()
            .AddSingleton<ResendDeliveries>()
            .AddSingleton<MailboxQuery>()
            .AddSingleton<IListExport, MailboxExport>()
            .AddSingleton<DeadLettersQuery>()
            .AddSingleton<DeliveryHistoryQuery>()
            .AddSingleton<DeliveryCountsQuery>()
            .AddSingleton<INavAlarm>(provider => provider.GetRequiredService<DeliveryCountsQuery>())
            .AddSingleton(new NavEntry(NavGroup.Administer, "/mailbox", typeof(NotifyText), "Nav", Permission.SeeNotices, 40));
    }
}
