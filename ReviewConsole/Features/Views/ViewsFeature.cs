namespace ReviewConsole.Features.Views;

/// <summary>Marks the words of saved views: <c>ViewText.resx</c>.</summary>
public sealed class ViewText;

/// <summary>Lists as people filtered them, kept under names of their own.</summary>
public static class ViewsFeature
{
    /// <summary>Adds the query and what changes a person's views.</summary>
    public static IServiceCollection AddViews(this IServiceCollection services) => services
        .AddSingleton<SavedViewsQuery>()
        .AddSingleton<SaveView>()
        .AddSingleton<RenameView>()
        .AddSingleton<DeleteView>();
}
