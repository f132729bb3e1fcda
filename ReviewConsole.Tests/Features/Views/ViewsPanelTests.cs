using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Features.Views;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Views;

public sealed class ViewsPanelTests : UiContext, IAsyncLifetime
{
    private readonly TestStore store;

    public ViewsPanelTests()
        : this(new())
    {
    }

    private ViewsPanelTests(TestStore store)
        : base(services => services.AddSingleton(_ => store.Get<SavedViewsQuery>()).AddSingleton(_ => store.Get<SaveView>()).AddSingleton(_ => store.Get<RenameView>()).AddSingleton(_ => store.Get<DeleteView>())) => this.store = store;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_filters_of_the_page_are_saved_opened_renamed_and_deleted()
    {
        Navigation.NavigateTo("/queues/e-licence?show=Overdue");
        var panel = Render<ViewsPanel>();
        Save(panel, "超时的");
        panel.WaitForAssertion(() => Assert.Equal("/queues/e-licence?show=Overdue", panel.Find("a[aria-current=page]").GetAttribute("href")));
        Assert.Contains("已保存“超时的”。", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);

        Save(panel, "超时的");
        panel.WaitForAssertion(() => Assert.Contains("同名", panel.Find(".said.bad").TextContent, StringComparison.Ordinal));

        // Elsewhere it is a link and nothing can be saved.
        Navigation.NavigateTo("/messages");
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("[aria-current], [data-testid=save-view]")));

        panel.Find("button[aria-label='给“超时的”改名']").Click();
        panel.Find("[data-testid=new-name]").Input("超时");
        panel.Find("form:has([data-testid=new-name])").Submit();
        panel.WaitForAssertion(() => Assert.Equal("超时", panel.Find("th a").TextContent));

        panel.Find("button[aria-label='删除“超时”']").Click();
        // Nothing is left to open, and nothing here to save.
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("a, button")));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        Actor = await new Sample(store).Staff(Roles.Reviewer);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }

    private static void Save(IRenderedComponent<ViewsPanel> panel, string name)
    {
        panel.Find("[data-testid=view-name]").Input(name);
        panel.Find("form:has([data-testid=view-name])").Submit();
    }
}
