using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Views;

/// <summary>A person's saved views. What is saved is the address of the page, since the filters of every list stand in it.</summary>
public sealed partial class ViewsPanel(SavedViewsQuery query, SaveView save, RenameView rename, DeleteView delete, CurrentActor who, NavigationManager navigation)
{
    private IReadOnlyList<ViewEntry> views = [];
    private ElementReference renameField;
    private string? here;
    private string name = "";
    private string newName = "";
    private Guid? renaming;
    private bool toFocus;
    private bool busy;
    private bool refused;
    private string? said;

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    /// <inheritdoc/>
    public void Dispose() => navigation.LocationChanged -= Moved;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Look();
        navigation.LocationChanged += Moved;
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!toFocus)
            return;
        toFocus = false;
        await renameField.FocusAsync();
    }

    private void Look() => here = ViewAddress.Of("/" + navigation.ToBaseRelativePath(navigation.Uri));

    private void Moved(object? sender, LocationChangedEventArgs to) => _ = InvokeAsync(() =>
    {
        Look();
        (said, refused) = (null, false);
        StateHasChanged();
    });

    private async Task Load()
    {
        var answer = await query.Handle(await who.Get());
        views = answer.Refusal is null ? answer.Value : [];
    }

    private void StartRenaming(ViewEntry view) => (renaming, newName, toFocus) = (view.Id, view.Name, true);

    private async Task SaveHere()
    {
        if (here is not { } address)
            return;
        var called = name.Trim();
        if (await Do(async actor => await save.Handle(actor, name, address), T["Saved", called]))
            name = "";
    }

    private async Task Rename(Guid id)
    {
        if (await Do(async actor => await rename.Handle(actor, id, newName), T["Renamed", newName.Trim()]))
            renaming = null;
    }

    private Task<bool> Delete(Guid id) => Do(async actor => await delete.Handle(actor, id), T["Deleted", views.First(view => view.Id == id).Name]);

    private async Task<bool> Do(Func<Actor, Task<Answer<Done>>> change, string done)
    {
        if (busy)
            return false;
        busy = true;
        try
        {
            var answer = await change(await who.Get());
            (refused, said) = (answer.Refusal is not null, answer.Refusal is { } no ? Words.Of(no) : done);
            await Load();
            return !refused;
        }
        finally
        {
            busy = false;
        }
    }
}
