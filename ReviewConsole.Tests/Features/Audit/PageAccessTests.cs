using System.Net;
using ReviewConsole.Catalog;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Audit;

/// <summary>The pages over HTTP: each for its own role alone, and the answer for load balancers says nothing but the status.</summary>
public sealed class PageAccessTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Theory]
    [InlineData("/audit", Roles.Auditor)]
    [InlineData("/status", Roles.Administrator)]
    public async Task Each_page_is_open_to_its_role_and_denied_to_all_others(string path, Roles only)
    {
        foreach (var role in Permissions.Single)
        {
            var name = $"{role}{path[1..]}".ToLowerInvariant();
            await host.Services.AddStaffMember(name, role);
            using var browser = await host.BrowseAs(name);
            using var answer = await browser.GetAsync(path);
            if (role == only)
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            else
                Assert.StartsWith("/denied", answer.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
        }

        using var stranger = host.Browse();
        using var unknown = await stranger.GetAsync(path);
        Assert.StartsWith("/sign-in", unknown.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_is_told_to_everybody_and_nothing_else()
    {
        using var stranger = host.Browse();
        Assert.Contains(await stranger.GetStringAsync("/health/ready"), (string[])["Healthy", "Degraded"]);
    }
}
