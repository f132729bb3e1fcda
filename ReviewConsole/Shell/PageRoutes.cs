using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace ReviewConsole.Shell;

/// <summary>The pages that there are, so that nothing links to one that is not.</summary>
public sealed class PageRoutes
{
    private readonly FrozenSet<string> routes = typeof(PageRoutes).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
        .Select(route => route.Template)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True where a page has this route template, for instance <c>/queues/{QueueId}</c>.</summary>
    public bool Has(string template) => routes.Contains(template);
}
