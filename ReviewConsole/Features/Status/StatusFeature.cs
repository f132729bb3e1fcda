using ReviewConsole.Catalog;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Status;

/// <summary>Marks the words of the status page: <c>StatusText.resx</c>.</summary>
public sealed class StatusText;

/// <summary>How the product is doing, for administrators.</summary>
public static class StatusFeature
{
    /// <summary>Adds query, use case and the link in the navigation.</summary>
    public static IServiceCollection AddStatus(this IServiceCollection services) => services
        .AddSingleton<StatusQuery>()
        .AddSingleton<TryWorkNow>()
        .AddSingleton(new NavEntry(NavGroup.Administer, "/status", typeof(StatusText), "Nav", Permission.Administer, 60));
}
