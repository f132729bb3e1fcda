using ReviewConsole.Catalog;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Search;

/// <summary>Marks the words of the search page: <c>SearchText.resx</c>.</summary>
public sealed class SearchText;

/// <summary>Finding a case, whichever queue it is or was in.</summary>
public static class SearchFeature
{
    /// <summary>Adds the query and the link in the navigation.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<SearchQuery>()
        .AddSingleton<IListExport, SearchExport>()
        .AddScoped<LastSearch>()
        .AddSingleton(new NavEntry(NavGroup.Work, "/search", typeof(SearchText), "Nav", Permission.SeeCases, 20));
}
