using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.Intake.Clients;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Intake.Clients;

[Collection(IntakeApi.Shared)]
public sealed class ClientKeyTests(IntakeApi api)
{
    private static readonly Actor Administrator = Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []);

    [Fact]
    public async Task After_a_rotation_both_keys_open_until_the_overlap_ends()
    {
        var (id, old) = await Made();
        var rotated = await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.FromHours(24));
        Assert.Equal((200, 200), (await Opens(old), await Opens(rotated.Value)));
        await api.Do(async unit =>
        {
            var client = await unit.Db.ApiClients.SingleAsync(c => c.Id == id);
            Assert.InRange(client.PreviousKeyUntil!.Value - unit.Now, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
            client.PreviousKeyUntil = unit.Now.AddSeconds(-1);
            return default(Done);
        });
        Assert.Equal((401, 200), (await Opens(old), await Opens(rotated.Value)));
    }

    [Fact]
    public async Task A_second_rotation_ends_the_first_key_and_without_overlap_the_key_before_ends_at_once()
    {
        var (id, first) = await Made();
        var second = (await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.FromDays(7))).Value;
        var third = (await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.FromDays(7))).Value;
        Assert.Equal((401, 200, 200), (await Opens(first), await Opens(second), await Opens(third)));
        var last = (await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.Zero)).Value;
        Assert.Equal((401, 401, 200), (await Opens(second), await Opens(third), await Opens(last)));
    }

    [Fact]
    public async Task A_revoked_client_is_out_with_both_keys_and_for_good()
    {
        var (id, old) = await Made();
        var rotated = (await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.FromDays(7))).Value;
        Assert.Null((await api.Service<RevokeApiClient>().Handle(Administrator, id)).Refusal);
        Assert.Equal((401, 401), (await Opens(old), await Opens(rotated)));
        Assert.Equal("CLIENT_REVOKED", (await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.Zero)).Refusal!.Code);
        Assert.Equal("CLIENT_REVOKED", (await api.Service<RevokeApiClient>().Handle(Administrator, id)).Refusal!.Code);
        Assert.Equal("CLIENT_REVOKED", (await api.Service<ChangeApiClient>().Handle(Administrator, id, new("x", [Permission.Intake]))).Refusal!.Code);
    }

    [Fact]
    public async Task Changed_permissions_count_from_the_next_request_on()
    {
        var (id, key) = await Made();
        Assert.Null((await api.Service<ChangeApiClient>().Handle(Administrator, id, new("renamed", [Permission.PutLicences], 50))).Refusal);
        Assert.Equal(403, await Opens(key));
        var row = (await api.Service<ClientsQuery>().Handle(Administrator)).Value.Single(c => c.Id == id);
        Assert.Equal(("renamed", 50, ClientState.Active), (row.Name, row.RequestsPerMinute, row.State));
        Assert.Equal([Permission.PutLicences], row.Permissions);
        Assert.NotNull(row.LastUsed);
    }

    [Theory]
    [InlineData("", 600, "CLIENT_NAME")]
    [InlineData("a\nb", 600, "CLIENT_NAME")]
    [InlineData("app", 0, "CLIENT_RATE")]
    [InlineData("app", 100_001, "CLIENT_RATE")]
    public async Task What_is_no_client_is_refused(string name, int rate, string code)
    {
        var (id, _) = await Made();
        Assert.Equal(code, (await api.Service<ChangeApiClient>().Handle(Administrator, id, new(name, [Permission.Intake], rate))).Refusal!.Code);
        Assert.Equal(code, (await api.Service<CreateApiClient>().Handle(Administrator, new(name, [Permission.Intake], rate), CancellationToken.None)).Refusal!.Code);
        Assert.Equal("CLIENT_PERMISSIONS", (await api.Service<ChangeApiClient>().Handle(Administrator, id, new("app", [Permission.Administer]))).Refusal!.Code);
        Assert.Equal("CLIENT_OVERLAP", (await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.FromDays(365))).Refusal!.Code);
    }

    [Fact]
    public async Task Only_an_administrator_may_and_every_change_is_in_the_log_without_keys()
    {
        var (id, _) = await Made();
        foreach (var role in new[] { Roles.Reviewer, Roles.Senior, Roles.Supervisor, Roles.Auditor })
        {
            var other = Actor.StaffMember(Guid.NewGuid(), "", role, [], []);
            Assert.Equal("NOT_PERMITTED", (await api.Service<ChangeApiClient>().Handle(other, id, new("x", [Permission.Intake]))).Refusal!.Code);
            Assert.Equal("NOT_PERMITTED", (await api.Service<RotateApiKey>().Handle(other, id, TimeSpan.Zero)).Refusal!.Code);
            Assert.Equal("NOT_PERMITTED", (await api.Service<RevokeApiClient>().Handle(other, id)).Refusal!.Code);
            Assert.Equal("NOT_PERMITTED", (await api.Service<ClientsQuery>().Handle(other)).Refusal!.Code);
            Assert.Equal("NOT_PERMITTED", (await api.Service<ClientsQuery>().History(other, id)).Refusal!.Code);
        }

        await api.Service<ChangeApiClient>().Handle(Administrator, id, new("test", [Permission.Intake, Permission.PutLicences]));
        await api.Service<ChangeApiClient>().Handle(Administrator, id, new("test", [Permission.PutLicences, Permission.Intake]));
        var key = (await api.Service<RotateApiKey>().Handle(Administrator, id, TimeSpan.FromDays(7))).Value;
        await api.Service<RevokeApiClient>().Handle(Administrator, id);
        Assert.Equal(["ApiClientRevoked", "ApiKeyRotated", "ApiClientChanged", "ApiClientCreated"], (await api.Service<ClientsQuery>().History(Administrator, id)).Value.Select(line => line.Kind));
        await using var db = await api.Open();
        var hash = (await db.ApiClients.SingleAsync(c => c.Id == id)).KeyHash;
        foreach (var entry in await db.AuditEntries.Where(e => e.Stream == $"client:{id}").ToListAsync())
        {
            Assert.DoesNotContain(hash, entry.Payload, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(key.Split('_', 3)[2], entry.Payload, StringComparison.Ordinal);
        }
    }

    private async Task<(Guid Id, string Key)> Made()
    {
        var key = (await api.Service<CreateApiClient>().Handle(Administrator, new("test", [Permission.Intake]), CancellationToken.None)).Value;
        return (ApiKey.Read(key)!.Value.Id, key);
    }

    private async Task<int> Opens(string key)
    {
        using HttpClient client = new() { BaseAddress = api.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return (await api.Get("backlog?queue=e-licence", client)).Status;
    }
}

/// <summary>Who may open the page.</summary>
public sealed class ClientsPageHttpTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Theory]
    [InlineData(Roles.Administrator, true)]
    [InlineData(Roles.Reviewer | Roles.Senior, false)]
    [InlineData(Roles.Supervisor, false)]
    [InlineData(Roles.Auditor, false)]
    public async Task The_page_of_the_clients_is_for_administrators(Roles roles, bool opens)
    {
        var name = $"p{(int)roles}";
        await host.Services.AddStaffMember(name, roles);
        using var client = await host.BrowseAs(name);
        using var answer = await client.GetAsync("/clients");
        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Found, answer.StatusCode);
        if (!opens)
            Assert.Contains("/denied", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
