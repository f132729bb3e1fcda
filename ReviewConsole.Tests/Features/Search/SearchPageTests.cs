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
        : base(services => services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard).AddSingleton(Authorities.Standard).AddScoped<LastSearch>().AddSingleton(_ => store.Get<SearchQuery>())) => this.store = store;

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
    public void What_is_taken_out_is_what_is_shown_whatever_was_typed_since()
    {
        Actor = Actor with { Permissions = [.. Actor.Permissions, Permission.Export] };
        var page = Show();
        Look(page, "王小明");
        page.WaitForAssertion(() => Assert.Equal("王小明", page.Find(".exports input[name=text]").GetAttribute("value")));
        page.Find("input[data-testid=search-text]").Input("高明");
        page.WaitForAssertion(() => Assert.Equal("王小明", page.Find(".exports input[name=text]").GetAttribute("value")));
    }

    [Fact]
    public void Coming_back_finds_the_list_again_and_a_page_of_it_stands_in_the_address()
    {
        var page = Show();
        Look(page, "王小明");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody a")));
        var back = Show();
        back.WaitForAssertion(() => Assert.Single(back.FindAll("tbody a")));
        Assert.Equal("王小明", back.Find("input[data-testid=search-text]").GetAttribute("value"));
        // Behind the oldest there is nothing, and the way to the first page is there.
        Navigation.NavigateTo($"/search?before={Guid.Empty}");
        var behind = Render<SearchPage>();
        behind.WaitForAssertion(() => Assert.Contains("没有找到案件", behind.Markup, StringComparison.Ordinal));
        behind.Find("form").Submit();
        Assert.EndsWith("/search", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_or_a_day_alone_finds_and_nothing_found_says_that_filters_were_set()
    {
        var page = Show("/search?from=2026-11-23");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody a")));
        page = Show("/search?reason=PHOTO_BLUR");
        page.WaitForAssertion(() => Assert.Equal("/search", page.Find(".state a").GetAttribute("href")));
        // A queue alone is its own list.
        page = Show("/search?queue=e-licence");
        Assert.Contains("查找在办和已办结的案件", page.Markup, StringComparison.Ordinal);
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

    private IRenderedComponent<SearchPage> Show(string address = "/search")
    {
        Navigation.NavigateTo(address);
        return Render<SearchPage>();
    }
}
