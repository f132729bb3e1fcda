using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.Intake.Clients;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Intake.Clients;

public sealed class ClientsPageTests : UiContext, IAsyncLifetime
{
    private readonly TestStore store;

    public ClientsPageTests()
        : this(new TestStore())
    {
    }

    private ClientsPageTests(TestStore store)
        : base(services =>
        {
            services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard);
            services.AddSingleton(_ => store.Get<ClientsQuery>()).AddSingleton(_ => store.Get<CreateApiClient>()).AddSingleton(_ => store.Get<ChangeApiClient>());
            services.AddSingleton(_ => store.Get<RotateApiKey>()).AddSingleton(_ => store.Get<RevokeApiClient>());
        }) => this.store = store;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task The_list_says_what_each_client_may_and_how_it_stands()
    {
        await Made("甲", Permission.Intake);
        var rotating = await Made("乙", Permission.Intake, Permission.PutLicences);
        await store.Get<RotateApiKey>().Handle(Actor, rotating, TimeSpan.FromHours(24));
        var revoked = await Made("丙", Permission.PutLicences);
        await store.Get<RevokeApiClient>().Handle(Actor, revoked);

        var rows = Render<ClientsPage>().FindAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()))).ToList();

        Assert.Equal(3, rows.Count);
        Assert.Contains("甲|启用|提交申请|60,000|本次启动后未用|11-23 13:26", rows);
        Assert.Contains("乙|旧密钥有效至 11-24 13:26|提交申请、提供驾驶证数据|60,000|本次启动后未用|11-23 13:26", rows);
        Assert.Equal("丙|已吊销|提供驾驶证数据|60,000|本次启动后未用|11-23 13:26", rows[^1]);
    }

    [Fact]
    public async Task A_new_client_s_key_is_shown_once()
    {
        var page = Render<ClientsPage>();
        Assert.Contains("还没有接口账户", page.Markup, StringComparison.Ordinal);
        await page.ClickOn(".page-header button");
        Assert.EndsWith("/clients?client=new", Navigation.Uri, StringComparison.Ordinal);
        page.Find("#client-name").Change("12123 后台");
        page.FindAll("input[type=checkbox]")[1].Change(true);
        page.Find("#client-rate").Change("120");
        await page.Find("form").SubmitAsync();

        var key = page.Find("#client-key").GetAttribute("value")!;
        Assert.StartsWith("rc_", key, StringComparison.Ordinal);
        Assert.Contains("密钥只显示这一次", page.Markup, StringComparison.Ordinal);
        await page.ClickOn(at => at.FindAll(".key button")[0]);
        Assert.Equal([key], JSInterop.Invocations["navigator.clipboard.writeText"][0].Arguments.Select(a => (string)a!));
        await page.ClickOn(at => at.FindAll(".key button")[1]);
        Assert.DoesNotContain(key, page.Markup, StringComparison.Ordinal);
        Assert.Empty(Render<ClientsPage>().FindAll("#client-key"));
        await using var db = await store.Open();
        var made = await db.ApiClients.SingleAsync();
        Assert.Equal(("12123 后台", 120), (made.Name, made.RequestsPerMinute));
        Assert.Equal([Permission.Intake, Permission.PutLicences], made.Permissions.Order());
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_made()
    {
        Navigation.NavigateTo("/clients?client=new");
        var page = Render<ClientsPage>();
        page.Find("#client-name").Change("x");
        page.Find("#client-rate").Change("-5");
        await page.Find("form").SubmitAsync();
        Assert.Equal("每分钟请求数须为 1 至 100000。", page.Find("[role=alert]").TextContent);
        page.Find("#client-rate").Change("5");
        page.FindAll("input[type=checkbox]")[0].Change(false);
        await page.Find("form").SubmitAsync();
        Assert.Contains("至少给出一项权限", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await using var db = await store.Open();
        Assert.Equal(0, await db.ApiClients.CountAsync());
    }

    [Fact]
    public async Task A_client_is_changed_its_key_replaced_and_it_is_revoked_after_asking()
    {
        var id = await Made("甲", Permission.Intake);
        Navigation.NavigateTo($"/clients?client={id}");
        var page = Render<ClientsPage>();
        page.Find("#client-name").Change("乙");
        await page.Find("form").SubmitAsync();
        Assert.Equal("乙", page.Find("tbody a").TextContent);
        Assert.Contains("下一次请求起生效", page.Find("[role=status]").TextContent, StringComparison.Ordinal);

        page.Find("#client-overlap").Change("168");
        await Press(page, "更换密钥");
        Assert.StartsWith("rc_", page.Find("#client-key").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Contains("旧密钥有效至 11-30 13:26", page.Find("tbody").TextContent, StringComparison.Ordinal);

        await Press(page, "吊销");
        Assert.Contains("不能恢复", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await Press(page, "取消");
        await Press(page, "吊销");
        await Press(page, "确认吊销");
        Assert.Equal("已吊销", page.Find("tbody .chip").TextContent);
        Assert.Empty(page.FindAll("form, #client-key, #client-overlap"));
        Assert.Equal(["吊销接口账户", "更换接口密钥", "修改接口账户", "新建接口账户"], page.FindAll(".changes-what").Select(what => what.TextContent.Trim().Split(['\n', ' '])[0]));
    }

    [Fact]
    public void An_address_of_no_client_shows_the_list_alone()
    {
        foreach (var client in (string[])["x", Guid.NewGuid().ToString(), ""])
        {
            Navigation.NavigateTo($"/clients?client={client}");
            Assert.Empty(Render<ClientsPage>().FindAll(".client"));
        }
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        Actor = Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }

    private static Task Press(IRenderedComponent<ClientsPage> page, string words) => page.ClickOn(at => at.FindAll("button").Single(button => button.TextContent.Trim() == words));

    private async Task<Guid> Made(string name, params Permission[] permissions) =>
        ApiKey.Read((await store.Get<CreateApiClient>().Handle(Actor, new(name, permissions), CancellationToken.None)).Value)!.Value.Id;
}
