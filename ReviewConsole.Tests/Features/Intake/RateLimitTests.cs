using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ReviewConsole.Catalog;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.Intake.Clients;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Intake;

/// <summary>Who sends too much is told how long to wait, and nobody else is held up by it.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const int Most = 3;
    private static readonly Actor Administrator = Actor.System("test") with { Permissions = [Permission.Administer] };
    private readonly ConsoleHost host = new() { Settings = { ["Rates:SignInsPerMinute"] = $"{Most}", ["Rates:WrongKeysPerMinute"] = $"{Most}" } };

    [Fact]
    public async Task A_client_has_its_own_limit_and_a_new_one_counts_at_once()
    {
        var (busy, id) = await Client(Most);
        var (calm, _) = await Client(Most);
        for (var i = 0; i < Most; i++)
            Assert.Equal(200, (await Backlog(busy)).Status);
        using (var refused = await busy.GetAsync("/api/v1/backlog?queue=e-licence"))
        {
            Assert.InRange(int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture), 1, 60);
            (await Sent.Of(refused)).Is(429, "RATE_LIMITED");
        }

        // An address that there is not counts, too.
        (await Sent.Of(await busy.GetAsync("/api/v1/nothing"))).Is(429, "RATE_LIMITED");
        Assert.Equal(200, (await Backlog(calm)).Status);
        Assert.Null((await host.Get<ChangeApiClient>().Handle(Administrator, id, new("test", [Permission.Intake], 100))).Refusal);
        Assert.Equal(200, (await Backlog(busy)).Status);
        busy.Dispose();
        calm.Dispose();
    }

    [Fact]
    public async Task Wrong_keys_run_out_for_their_address_and_a_right_one_still_opens()
    {
        using HttpClient wrong = new() { BaseAddress = host.Address };
        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey.New(Guid.NewGuid()).Key);
        for (var i = 0; i < Most; i++)
            (await Backlog(wrong)).Is(401, "KEY_NEEDED");
        using (var refused = await wrong.GetAsync("/api/v1/backlog"))
        {
            Assert.True(refused.Headers.Contains("Retry-After"));
            (await Sent.Of(refused)).Is(429, "RATE_LIMITED");
        }

        var (right, _) = await Client(Most);
        Assert.Equal(200, (await Backlog(right)).Status);
        right.Dispose();
    }

    [Fact]
    public async Task Too_many_sign_ins_are_told_on_the_page()
    {
        await host.Services.AddStaffMember("hasty", Roles.Reviewer);
        using var client = host.Browse();
        for (var i = 0; i < Most; i++)
        {
            using var wrong = await client.SubmitSignIn("hasty", "not the password");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var refused = await client.SubmitSignIn("hasty", StaffSetup.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.Contains("Retry-After"));
        Assert.Matches("登录过于频繁，请 [0-9]+ 秒后再试。", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/sign-in")).StatusCode);
    }

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)host).DisposeAsync();

    private static async Task<Sent> Backlog(HttpClient client) => await Sent.Of(await client.GetAsync("/api/v1/backlog?queue=e-licence"));

    private async Task<(HttpClient Client, Guid Id)> Client(int most)
    {
        var key = (await host.Get<CreateApiClient>().Handle(Administrator, new("test", [Permission.Intake], most), CancellationToken.None)).Value;
        HttpClient client = new() { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return (client, ApiKey.Read(key)!.Value.Id);
    }
}
