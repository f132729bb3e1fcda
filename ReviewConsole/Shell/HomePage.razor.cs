using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Ui;

namespace ReviewConsole.Shell;

/// <summary>Where people arrive: the dashboard for supervisors, their first queue for reviewers, or what they may do where they have none.</summary>
public sealed partial class HomePage(CurrentActor current, Queues all, PageRoutes pages, NavigationManager navigation)
{
    private Actor? actor;
    private IReadOnlyList<QueueType> queues = [];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var somebody = await current.Get();
        queues = [.. all.All.Where(queue => somebody.Queues.Contains(queue.Id))];
        if (somebody.May(Permission.Supervise) && somebody.Queues.Count > 0)
            navigation.NavigateTo("/dashboard", replace: true);
        else if (pages.Has("/queues/{QueueId}") && somebody.May(Permission.SeeCases) && queues is [var first, ..])
            navigation.NavigateTo(NavPanel.QueuePage(first), replace: true);
        else
            actor = somebody;
    }

    private string Listed(IEnumerable<string> words) => Names.List(words) is { Length: > 0 } list ? list : T["Home_None"];
}
