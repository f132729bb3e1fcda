using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Staff;
using ReviewConsole.Features.Staff.Users;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Staff.Users;

public sealed class UsersPageTests : UiContext, IAsyncLifetime
{
    private readonly TestStore store;

    public UsersPageTests()
        : this(new TestStore())
    {
    }

    private UsersPageTests(TestStore store)
        : base(services =>
        {
            services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard).AddSingleton(Authorities.Standard);
            services.AddSingleton(_ => store.Get<ChangeFeed>()).AddSingleton(_ => store.Get<UsersQuery>()).AddSingleton(_ => store.Get<CreateUser>()).AddSingleton(_ => store.Get<ChangeUser>());
            services.AddSingleton(_ => store.Get<RecordOwnDocument>()).AddSingleton(_ => store.Get<ClearOwnDocument>()).AddSingleton(_ => store.Get<ResetPassword>());
            services.AddSingleton(_ => store.Get<UnlockUser>()).AddSingleton(_ => store.Get<CloseUser>()).AddSingleton(_ => store.Get<ReopenUser>());
        }) => this.store = store;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task The_list_says_who_each_is_what_they_reach_and_how_the_account_stands()
    {
        await Made("han", Roles.Reviewer | Roles.Senior);
        var closed = await Made("lei", Roles.Auditor);
        await store.Get<CloseUser>().Handle(Actor, closed);

        Assert.Equal(
            ["admin|admin|启用|管理员|—||无", "han|han|启用|审核员、复核员|在岗|粤|电子驾驶证申领、身份证人工审核、复核、电子驾驶证抽查、身份证抽查", "lei|lei|已关闭|审计员|—|粤|电子驾驶证申领、身份证人工审核、复核、电子驾驶证抽查、身份证抽查"],
            Rows(Render<UsersPage>()));
    }

    [Fact]
    public async Task What_the_list_shows_stands_in_the_address_and_nothing_found_is_said()
    {
        await Made("han", Roles.Reviewer);
        Navigation.NavigateTo("/users?role=Reviewer&state=Open&authority=粤A");
        Assert.Equal(["han"], Render<UsersPage>().FindAll("tbody a").Select(a => a.TextContent));
        Navigation.NavigateTo("/users?role=Senior");
        var page = Render<UsersPage>();
        Assert.Contains("没有符合条件的用户", page.Markup, StringComparison.Ordinal);
        await Press(page, "清除筛选");
        Assert.EndsWith("/users", Navigation.Uri, StringComparison.Ordinal);
        foreach (var rubbish in (string[])["role=Chief", "state=9", "after=x", "user=x", $"user={Guid.NewGuid()}", $"after={Guid.NewGuid()}"])
        {
            Navigation.NavigateTo($"/users?{rubbish}");
            var all = Render<UsersPage>();
            Assert.Equal(2, all.FindAll("tbody tr").Count);
            Assert.Empty(all.FindAll(".user"));
        }
    }

    [Fact]
    public async Task The_name_that_is_looked_for_stays_out_of_the_address()
    {
        await Made("han", Roles.Reviewer);
        Navigation.NavigateTo($"/users?after={Guid.Empty}");
        var page = Render<UsersPage>();
        await page.Find(".users-filters input").ChangeAsync(new() { Value = "HA" });
        Assert.Equal(["han"], page.FindAll("tbody a").Select(a => a.TextContent));
        Assert.EndsWith("/users", Navigation.Uri, StringComparison.Ordinal);
        await page.Find(".users-filters input").ChangeAsync(new() { Value = "nobody" });
        Assert.Contains("没有符合条件的用户", page.Markup, StringComparison.Ordinal);
        await Press(page, "清除筛选");
        Assert.Equal(2, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task A_new_account_s_password_is_shown_once()
    {
        Navigation.NavigateTo("/users");
        var page = Render<UsersPage>();
        await Press(page, "新建用户");
        Assert.EndsWith("/users?user=new", Navigation.Uri, StringComparison.Ordinal);
        page.Find("#user-name").Change("han.meimei");
        page.Find("#user-display").Change("韩梅梅");
        Check(page, "Reviewer");
        Check(page, "e-licence");
        Check(page, "粤A");
        Check(page, "粤");
        Assert.True(page.Find("input[value=粤A]").HasAttribute("disabled"));
        await page.Find(".user form").SubmitAsync();

        var password = page.Find("#user-password").GetAttribute("value")!;
        Assert.True(password.Length >= StaffPasswords.Shortest);
        await Press(page, "复制");
        Assert.Equal([password], JSInterop.Invocations["navigator.clipboard.writeText"][0].Arguments.Select(a => (string)a!));
        await Press(page, "已交给本人");
        Assert.DoesNotContain(password, page.Markup, StringComparison.Ordinal);
        Assert.Empty(Render<UsersPage>().FindAll("#user-password"));
        await using var db = await store.Open();
        var made = await db.Users.SingleAsync(u => u.UserName == "han.meimei");
        Assert.Equal(("韩梅梅", Roles.Reviewer, true), (made.DisplayName, made.Roles, made.MustChangePassword));
        Assert.Equal(["粤"], made.Authorities);
        Assert.Equal(["e-licence"], made.Queues);
        Assert.EndsWith($"/users?user={made.Id}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_made()
    {
        Navigation.NavigateTo("/users?user=new");
        var page = Render<UsersPage>();
        page.Find("#user-name").Change("admin");
        page.Find("#user-display").Change("韩梅梅");
        await page.Find(".user form").SubmitAsync();
        Assert.Equal("请至少选择一个角色。", page.Find("[role=alert]").TextContent);
        Check(page, "Auditor");
        Check(page, "Reviewer");
        await page.Find(".user form").SubmitAsync();
        Assert.Contains("不能兼任其他角色", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Check(page, "Reviewer", false);
        await page.Find(".user form").SubmitAsync();
        Assert.Equal("用户名 admin 已被使用。", page.Find("[role=alert]").TextContent);
        await using var db = await store.Open();
        Assert.Equal(1, await db.Users.CountAsync());
    }

    [Fact]
    public async Task An_account_is_changed_and_its_history_says_so()
    {
        var id = await Made("han", Roles.Reviewer);
        Navigation.NavigateTo($"/users?user={id}");
        var page = Render<UsersPage>();
        page.Find("#user-display").Change("韩梅梅");
        Check(page, "Senior");
        await page.Find(".user form").SubmitAsync();
        Assert.Contains("下一步操作起生效", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("韩梅梅", page.Find("#user-title").TextContent);
        Assert.Contains("韩梅梅|han|启用|审核员、复核员|在岗|粤|电子驾驶证申领、身份证人工审核、复核、电子驾驶证抽查、身份证抽查", Rows(page));
        Assert.Equal(["修改用户", "新建用户"], Changes(page));
    }

    [Fact]
    public async Task What_another_administrator_changed_appears_and_what_was_typed_is_not_lost_over_it()
    {
        var id = await Made("han", Roles.Reviewer);
        Navigation.NavigateTo($"/users?user={id}");
        var page = Render<UsersPage>();

        await ByAnother("李雷");
        page.WaitForAssertion(() => Assert.Equal("李雷", page.Find("#user-display").GetAttribute("value")));
        Assert.Contains("李雷|han", string.Join(' ', Rows(page)), StringComparison.Ordinal);

        page.Find("#user-display").Change("韩梅梅");
        await ByAnother("李磊");
        page.WaitForAssertion(() => Assert.Contains("已被他人修改", page.Markup, StringComparison.Ordinal));
        Assert.Equal("韩梅梅", page.Find("#user-display").GetAttribute("value"));
        await page.Find(".user form").SubmitAsync();
        Assert.Contains("没有保存", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await Press(page, "载入最新内容");
        Assert.Equal("李磊", page.Find("#user-display").GetAttribute("value"));
        Assert.Empty(page.FindAll("[role=alert]"));

        async Task ByAnother(string name)
        {
            var seen = (await store.Get<UsersQuery>().One(Actor, id)).Value.Entry;
            await store.Get<ChangeUser>().Handle(Actor, id, seen, seen with { DisplayName = name });
            // The page gathers changes for a moment.
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task The_own_document_is_recorded_never_shown_and_cleared_after_asking()
    {
        const string number = "11010519491231002X";
        var id = await Made("han", Roles.Reviewer);
        Navigation.NavigateTo($"/users?user={id}");
        var page = Render<UsersPage>();
        page.Find("#user-document").Change("110105194912310021");
        await page.FindAll(".user form")[1].SubmitAsync();
        Assert.Equal("身份证号码的校验位不对。", page.Find("[role=alert]").TextContent);
        page.Find("#user-document").Change(number);
        await page.FindAll(".user form")[1].SubmitAsync();
        Assert.Contains("证件已登记", page.Find("p[role=status]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(number, page.Markup, StringComparison.Ordinal);
        await Press(page, "清除登记");
        await Press(page, "确认清除");
        Assert.False((await store.Get<UsersQuery>().One(Actor, id)).Value.HasDocument);
        Assert.Equal(["清除本人证件登记", "登记本人证件", "新建用户"], Changes(page));
    }

    [Fact]
    public async Task A_password_is_reset_and_an_account_closed_after_asking_and_reopened()
    {
        var id = await Made("han", Roles.Reviewer);
        Navigation.NavigateTo($"/users?user={id}");
        var page = Render<UsersPage>();
        await Press(page, "重置密码");
        Assert.Contains("原密码立即失效", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await Press(page, "取消");
        await Press(page, "重置密码");
        await Press(page, "确认重置");
        Assert.NotEmpty(page.Find("#user-password").GetAttribute("value")!);
        await Press(page, "关闭账户");
        await Press(page, "确认关闭");
        Assert.Contains("已关闭", page.Find(".user .chip").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".user form, #user-password"));
        await Press(page, "恢复账户");
        Assert.NotEmpty(page.FindAll(".user form"));
        Assert.Equal(["恢复账户", "关闭账户", "重置密码", "新建用户"], Changes(page));
    }

    [Fact]
    public async Task A_locked_account_can_be_unlocked_and_only_that_one()
    {
        var id = await Made("han", Roles.Reviewer);
        Navigation.NavigateTo($"/users?user={id}");
        Assert.DoesNotContain(Render<UsersPage>().FindAll("button"), button => button.TextContent == "解除锁定");
        await using (var db = await store.Open())
            await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, Time.GetUtcNow().AddMinutes(10)));
        var page = Render<UsersPage>();
        Assert.Equal("锁定至 11-23 13:36", page.Find(".user .chip").TextContent);
        await Press(page, "解除锁定");
        Assert.Equal("启用", page.Find(".user .chip").TextContent);
    }

    [Fact]
    public void One_s_own_account_offers_nothing_that_would_be_refused()
    {
        Navigation.NavigateTo($"/users?user={Actor.Staff}");
        var page = Render<UsersPage>();
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() is "重置密码" or "关闭账户");
        Assert.Contains("须由另一名管理员办理", page.Find(".user").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_reads_and_finds_nothing_to_change()
    {
        var id = await Made("han", Roles.Reviewer);
        Actor = Actor.StaffMember(Guid.NewGuid(), "审计员", Roles.Auditor, [], []);
        Navigation.NavigateTo($"/users?user={id}");
        var page = Render<UsersPage>();
        Assert.Empty(page.FindAll(".user form, .user .btn, .page-header button"));
        Assert.Contains("粤 广东省公安厅交通管理局", page.Find(".user .facts").TextContent, StringComparison.Ordinal);
        Assert.Equal(["新建用户"], Changes(page));
        Navigation.NavigateTo("/users?user=new");
        Assert.Empty(Render<UsersPage>().FindAll(".user"));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        Actor = await store.Services.AddStaffMember("admin", Roles.Administrator, [], []);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }

    private static IEnumerable<string> Rows(IRenderedComponent<UsersPage> page) =>
        page.FindAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())));

    private static IEnumerable<string> Changes(IRenderedComponent<UsersPage> page) => page.FindAll(".changes-what").Select(what => what.TextContent.Trim().Split(['\n', ' '])[0]);

    private static void Check(IRenderedComponent<UsersPage> page, string value, bool on = true) => page.Find($".user input[value={value}]").Change(on);

    private static Task Press(IRenderedComponent<UsersPage> page, string words) => page.ClickOn(at => at.FindAll("button").Single(button => button.TextContent.Trim() == words));

    private async Task<Guid> Made(string name, Roles roles) => (await store.Services.AddStaffMember(name, roles)).Staff!.Value;
}

/// <summary>Who may open the page, and what a closed account is told at the door.</summary>
public sealed class UsersPageHttpTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Theory]
    [InlineData(Roles.Administrator, true)]
    [InlineData(Roles.Auditor, true)]
    [InlineData(Roles.Reviewer | Roles.Senior, false)]
    [InlineData(Roles.Supervisor, false)]
    public async Task The_page_is_for_administrators_and_auditors(Roles roles, bool opens)
    {
        var name = $"p{(int)roles}";
        await host.Services.AddStaffMember(name, roles);
        using var client = await host.BrowseAs(name);
        using var answer = await client.GetAsync("/users");
        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Found, answer.StatusCode);
        if (!opens)
            Assert.Contains("/denied", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_account_is_told_so_to_whoever_knows_the_password_and_to_nobody_else()
    {
        var admin = await host.Services.AddStaffMember("closer", Roles.Administrator);
        var person = await host.Services.AddStaffMember("gone", Roles.Reviewer);
        using var open = await host.BrowseAs("gone");
        Assert.Null((await host.Get<CloseUser>().Handle(admin, person.Staff!.Value)).Refusal);

        using var page = await open.GetAsync("/account/preferences");
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        using var client = host.Browse();
        Assert.Contains("用户名或密码不正确。", await Words("not the password"), StringComparison.Ordinal);
        Assert.Contains("此账户已关闭", await Words(StaffSetup.Password), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await client.GetAsync("/account/preferences")).StatusCode);
        await using (var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync())
        {
            Assert.Equal(["UserCreated", "SignedIn", "WentOffDuty", "AccountClosed", "SignInFailed", "SignInRefused"], await db.AuditEntries.Where(e => e.Stream == $"user:{person.Staff}").OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync());
            Assert.False((await db.Users.SingleAsync(u => u.Id == person.Staff)).OnDuty);
        }

        Assert.Null((await host.Get<ReopenUser>().Handle(admin, person.Staff!.Value)).Refusal);
        using var again = await host.BrowseAs("gone");
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/account/preferences")).StatusCode);

        async Task<string> Words(string password) => await (await client.SubmitSignIn("gone", password)).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Who_signed_out_is_off_duty_until_the_next_sign_in()
    {
        var person = await host.Services.AddStaffMember("leaver", Roles.Reviewer);
        using var client = await host.BrowseAs("leaver");
        await client.Submit("/account/preferences", "", new(), "/account/sign-out");
        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        Assert.False((await db.Users.AsNoTracking().SingleAsync(u => u.Id == person.Staff)).OnDuty);
        using var again = await host.BrowseAs("leaver");
        Assert.True((await db.Users.AsNoTracking().SingleAsync(u => u.Id == person.Staff)).OnDuty);
    }

    [Fact]
    public async Task A_reset_password_must_be_replaced_at_the_next_sign_in()
    {
        var admin = await host.Services.AddStaffMember("resetter", Roles.Administrator);
        var person = await host.Services.AddStaffMember("forgetful", Roles.Reviewer);
        using var open = await host.BrowseAs("forgetful");
        var password = (await host.Get<ResetPassword>().Handle(admin, person.Staff!.Value)).Value;
        Assert.Equal(HttpStatusCode.Found, (await open.GetAsync("/account/preferences")).StatusCode);
        using var client = host.Browse();
        Assert.Contains("用户名或密码不正确。", await (await client.SubmitSignIn("forgetful", StaffSetup.Password)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var answer = await client.SubmitSignIn("forgetful", password);
        Assert.EndsWith("/account/password", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
