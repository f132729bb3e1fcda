using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Features.Search;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Search;

public sealed class SearchPageTests : UiContext, IAsyncLifetime
{
    private readonly TestStore store;

    public SearchPageTests()
        : this(new())
    {
    }

    private SearchPageTests(TestStore store)
        : base(services => services.AddSingleton(Queues.Standard).AddSingleton(Authorities.Standard).AddSingleton(_ => store.Get<SearchQuery>())) => this.store = store;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Before_anything_is_looked_for_the_page_says_what_can_be()
    {
        var page = Show();
        Assert.Contains("查找在办和已办结的案件", page.Markup, StringComparison.Ordinal);
        page.Find("form").Submit();
        Assert.Contains("查找在办和已办结的案件", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_found_leads_to_its_case_and_what_was_typed_stays_out_of_the_address()
    {
        var page = Show();
        Look(page, "王小明");
        page.WaitForAssertion(() => Assert.StartsWith("/cases/", Assert.Single(page.FindAll("tbody a")).GetAttribute("href"), StringComparison.Ordinal));
        page.FindAll("input[type=date]")[0].Change("2026-11-24");
        page.WaitForAssertion(() => Assert.Contains("没有找到案件", page.Markup, StringComparison.Ordinal));
        Assert.EndsWith("/search?from=2026-11-24", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Rubbish_is_refused_in_words()
    {
        var page = Show();
        Look(page, "<>");
        page.WaitForAssertion(() => Assert.Contains("请输入受理号开头", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        Sample sample = new(store);
        await sample.ELicence();
        Actor = await sample.Staff(Roles.Reviewer);
        Render<MudPopoverProvider>();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }

    private static void Look(IRenderedComponent<SearchPage> page, string text)
    {
        page.Find("input[data-testid=search-text]").Input(text);
        page.Find("form").Submit();
    }

    private IRenderedComponent<SearchPage> Show()
    {
        Navigation.NavigateTo("/search");
        return Render<SearchPage>();
    }
}
