using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Features.Views;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Views;

public sealed class SavedViewsTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private Sample sample = null!;
    private Actor reviewer = null!;

    [Theory]
    [InlineData("/queues/e-licence?show=Overdue&authority=粤B&after=abc", "/queues/e-licence?show=Overdue&authority=%E7%B2%A4B")]
    [InlineData("/queues/e-licence?authority=%E7%B2%A4B&show=Overdue#content", "/queues/e-licence?show=Overdue&authority=%E7%B2%A4B")]
    [InlineData("/queues/e-licence?receipt=110105194912310021", "/queues/e-licence")]
    [InlineData("/search?reason=PHOTO_BLUR&before=019abc&name=王小明", "/search?reason=PHOTO_BLUR")]
    [InlineData("/dashboard", "/dashboard")]
    [InlineData("/queues/", null)]
    [InlineData("/queues/e-licence/x", null)]
    [InlineData("/cases/019abc", null)]
    [InlineData("/searching", null)]
    [InlineData("https://evil.example/search", null)]
    [InlineData("//evil.example/search", null)]
    [InlineData("", null)]
    public void Of_an_address_the_list_and_its_filters_are_kept_and_nothing_that_was_typed(string address, string? kept) => Assert.Equal(kept, ViewAddress.Of(address));

    [Fact]
    public void Every_list_is_a_page()
    {
        var pages = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false)).Cast<RouteAttribute>().Select(route => route.Template).ToList();
        Assert.All(ViewAddress.Lists, list => Assert.Contains(pages, page => list.EndsWith('/') ? page.StartsWith(list, StringComparison.Ordinal) : page == list));
    }

    [Fact]
    public async Task A_view_is_saved_renamed_and_deleted_by_its_owner_alone()
    {
        Assert.Null((await Save("超时", "/queues/e-licence?show=Overdue")).Refusal);
        Assert.Null((await Save(" 驳回 ", "/search?reason=PHOTO_BLUR")).Refusal);
        Assert.Equal([("超时", "/queues/e-licence?show=Overdue"), ("驳回", "/search?reason=PHOTO_BLUR")], (await Mine(reviewer)).Select(view => (view.Name, view.Address)));
        var first = (await Mine(reviewer))[0].Id;

        var other = await sample.Staff(Roles.Reviewer);
        Assert.Empty(await Mine(other));
        Assert.Equal("NOT_FOUND", (await store.Get<RenameView>().Handle(other, first, "x")).Refusal?.Code);
        Assert.Equal("NOT_FOUND", (await store.Get<DeleteView>().Handle(other, first)).Refusal?.Code);

        Assert.Equal("VIEW_NAME_TAKEN", (await store.Get<RenameView>().Handle(reviewer, first, "驳回")).Refusal?.Code);
        Assert.Null((await store.Get<RenameView>().Handle(reviewer, first, "要超时的")).Refusal);
        Assert.Equal("要超时的", (await Mine(reviewer))[0].Name);
        Assert.Null((await store.Get<DeleteView>().Handle(reviewer, first)).Refusal);
        Assert.Equal(["驳回"], (await Mine(reviewer)).Select(view => view.Name));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused()
    {
        Assert.Equal("VIEW_ADDRESS", (await Save("a", "/account/preferences")).Refusal?.Code);
        Assert.Equal("VIEW_NAME", (await Save("  ", "/search")).Refusal?.Code);
        Assert.Equal("VIEW_NAME", (await Save(new('长', SaveView.LongestName + 1), "/search")).Refusal?.Code);
        for (var i = 0; i < SaveView.Most; i++)
            Assert.Null((await Save($"{i}", "/search")).Refusal);
        Assert.Equal("VIEW_MOST", (await Save("one more", "/search")).Refusal?.Code);
        Assert.Equal("NOT_PERMITTED", (await store.Get<SaveView>().Handle(Actor.Nobody, "x", "/search")).Refusal?.Code);
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        sample = new(store);
        reviewer = await sample.Staff(Roles.Reviewer);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<ReviewConsole.Domain.Answer<ReviewConsole.Domain.Done>> Save(string name, string address)
    {
        store.Time.Advance(TimeSpan.FromSeconds(1));
        return await store.Get<SaveView>().Handle(reviewer, name, address);
    }

    private async Task<IReadOnlyList<ViewEntry>> Mine(Actor actor) => (await store.Get<SavedViewsQuery>().Handle(actor)).Value;
}
