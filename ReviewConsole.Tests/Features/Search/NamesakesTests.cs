using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Search;
using ReviewConsole.Tests.Ratios;

namespace ReviewConsole.Tests.Features.Search;

/// <summary>The commonest names are those of tens of thousands.</summary>
public sealed class NamesakesTests : IAsyncLifetime
{
    // A statement takes 32,766 parameters.
    private readonly ManyCases same = new(40_000);

    [Fact]
    public async Task A_name_that_forty_thousand_share_is_found_page_after_page()
    {
        var (search, reader) = (same.Store.Get<SearchQuery>(), ManyCases.Reviewer());
        CaseId? before = null;
        for (var page = 0; page < 8; page++)
        {
            var found = (await search.Handle(reader, new("王小明", Before: before))).Value;
            Assert.Equal(SearchQuery.PageSize, found.Rows.Count);
            Assert.True(before is not { } last || found.Rows.All(row => row.Id < last));
            before = found.Next;
        }
    }

    public Task InitializeAsync() => same.InitializeAsync();

    public Task DisposeAsync() => same.DisposeAsync();
}
