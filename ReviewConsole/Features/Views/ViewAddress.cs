using Microsoft.AspNetCore.WebUtilities;

namespace ReviewConsole.Features.Views;

/// <summary>Which addresses can be saved as views, and what of them is kept.</summary>
public static class ViewAddress
{
    /// <summary>The lists: pages by their address, and those below where it ends with a slash.</summary>
    internal static readonly string[] Lists = ["/queues/", "/search", "/dashboard", "/people", "/reports"];

    // Codes, days and numbers alone: neither what somebody typed, nor how far somebody had paged.
    private static readonly string[] Filters = ["show", "queue", "authority", "state", "reason", "from", "to", "days", "month"];

    /// <summary>The address as it is kept: the list and its filters in one order; null where it is no list.</summary>
    /// <param name="address">Path and query within the site, for instance <c>/queues/e-licence?show=Overdue&amp;after=x</c>.</param>
    public static string? Of(string address)
    {
        var (path, query) = address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (address[..at], address[at..]) : (address, "");
        path = path.Split('#')[0];
        if (!Lists.Any(list => list.EndsWith('/') ? path.StartsWith(list, StringComparison.Ordinal) && path.Length > list.Length && !path[list.Length..].Contains('/', StringComparison.Ordinal) : path == list))
            return null;
        var asked = QueryHelpers.ParseQuery(query.Split('#')[0]);
        return path + QueryString.Create(Filters.Where(name => asked.ContainsKey(name) && !string.IsNullOrWhiteSpace(asked[name])).Select(name => KeyValuePair.Create(name, (string?)asked[name].ToString())));
    }
}
