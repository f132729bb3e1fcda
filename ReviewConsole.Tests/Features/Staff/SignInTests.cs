using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Staff;
using ReviewConsole.Shell;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Features.Staff;

/// <summary>Signing in over real HTTP, as a browser does it.</summary>
public sealed class SignInTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    // A page that everybody may open and that leads nowhere else.
    private const string Home = "/account/preferences";
    private static readonly string[] OpenToAll = ["/sign-in", "/fault", "/health/live", "/health/ready"];

    [Fact]
    public async Task Signed_out_nothing_answers_but_the_sign_in_page_and_health()
    {
        using var client = host.Browse();
        foreach (var endpoint in host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => s.Parts is [RoutePatternLiteralPart literal] ? literal.Content : "x"));
            if (OpenToAll.Contains(path) || endpoint.Metadata.Any(m => m is Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor) || path.StartsWith("/_framework/", StringComparison.Ordinal))
                continue;
            Assert.True(endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null, $"{path} is open to all");
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await client.SendAsync(request);
            Assert.True(
                answer.StatusCode == HttpStatusCode.Unauthorized || (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal)),
                $"{method} {path} answered {answer.StatusCode}");
        }

        using var unknown = await client.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.Found, unknown.StatusCode);
        foreach (var path in OpenToAll)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/app.css")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_words()
    {
        await host.Services.AddStaffMember("anna", Roles.Reviewer);
        using var client = host.Browse();
        var (wrong, unknown) = (await Words("anna", "not the password"), await Words("nobody-here", "not the password"));
        Assert.Contains("用户名或密码不正确。", wrong, StringComparison.Ordinal);
        Assert.Contains("用户名或密码不正确。", unknown, StringComparison.Ordinal);
        Assert.Contains("SignInFailed", await Kinds("anna"));
        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        var row = await db.AuditEntries.FirstAsync(e => e.Stream == "system:sign-in");
        Assert.DoesNotContain("nobody-here", row.Payload + row.Actor, StringComparison.Ordinal);

        async Task<string> Words(string name, string password) => await (await client.SubmitSignIn(name, password)).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one_and_once_in_the_log()
    {
        await host.Services.AddStaffMember("lena", Roles.Reviewer);
        using var client = host.Browse();
        for (var i = 0; i < StaffPasswords.MostTries; i++)
            await client.SubmitSignIn("lena", "not the password");
        using var answer = await client.SubmitSignIn("lena", StaffSetup.Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("请 15 分钟后再试", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(await Kinds("lena"), kind => kind == "AccountLocked");
    }

    [Fact]
    public async Task Signing_in_out_and_what_the_log_says()
    {
        await host.Services.AddStaffMember("otto", Roles.Reviewer);
        using var client = await host.BrowseAs("otto");
        Assert.Contains("otto", await client.GetStringAsync(Home), StringComparison.Ordinal);
        using var out1 = await client.Submit(Home, "", new(), "/account/sign-out");
        Assert.Equal(HttpStatusCode.Found, out1.StatusCode);
        using var after = await client.GetAsync(Home);
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
        Assert.Equal(["UserCreated", "SignedIn", "SignedOut", "WentOffDuty"], await Kinds("otto"));
    }

    [Fact]
    public async Task Signing_out_needs_the_form_s_token()
    {
        await host.Services.AddStaffMember("mallory", Roles.Reviewer);
        using var client = await host.BrowseAs("mallory");
        using FormUrlEncodedContent forged = new([]);
        using var answer = await client.PostAsync("/account/sign-out", forged);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task A_first_password_must_be_replaced_before_anything_else()
    {
        await host.Services.AddStaffMember("nina", Roles.Administrator, firstPassword: true);
        using var client = host.Browse();
        using var signedIn = await client.SubmitSignIn("nina", StaffSetup.Password, "/account/preferences?of=签名");
        var page = signedIn.Headers.Location!.ToString();
        Assert.StartsWith("/account/password?", page, StringComparison.Ordinal);
        foreach (var path in new[] { "/", "/account/preferences", "/no/such/page" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
            using var answer = await client.SendAsync(request);
            Assert.Equal(path == "/" ? "/account/password" : $"/account/password?returnUrl={Uri.EscapeDataString(path)}", answer.Headers.Location?.ToString());
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode);
        Assert.Contains("至少要有 12 个字符", await Change(StaffSetup.Password, "short", "short"), StringComparison.Ordinal);
        Assert.Contains("两次输入的新密码不一致", await Change(StaffSetup.Password, "another long password", "something else"), StringComparison.Ordinal);
        Assert.Contains("不能与当前密码相同", await Change(StaffSetup.Password, StaffSetup.Password, StaffSetup.Password), StringComparison.Ordinal);
        Assert.Contains("当前密码不正确", await Change("not the password", "another long password", "another long password"), StringComparison.Ordinal);
        Assert.Equal($"/account/preferences?of={Uri.EscapeDataString("签名")}", await Change(StaffSetup.Password, "another long password", "another long password"));
        Assert.Contains("nina", await client.GetStringAsync(Home), StringComparison.Ordinal);
        Assert.Contains("PasswordChanged", await Kinds("nina"));

        async Task<string> Change(string current, string next, string again)
        {
            using var answer = await client.Submit(page, "password", new() { ["Form.Current"] = current, ["Form.Next"] = next, ["Form.Again"] = again });
            return answer.StatusCode == HttpStatusCode.Found ? answer.Headers.Location!.ToString() : await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task A_changed_password_ends_the_person_s_other_sign_ins()
    {
        await host.Services.AddStaffMember("paul", Roles.Reviewer);
        using var here = await host.BrowseAs("paul");
        using var elsewhere = await host.BrowseAs("paul");
        using var changed = await here.Submit("/account/password", "password", new() { ["Form.Current"] = StaffSetup.Password, ["Form.Next"] = "another long password", ["Form.Again"] = "another long password" });
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(Home)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync(Home)).StatusCode);
    }

    [Theory]
    [InlineData("/account/preferences", "/account/preferences")]
    [InlineData("//evil.example/x", "/")]
    [InlineData("/\\evil.example/x", "/")]
    [InlineData("https://evil.example/x", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("", "/")]
    public async Task After_signing_in_one_stays_on_this_site(string returnUrl, string goes)
    {
        var name = $"url{Guid.NewGuid():N}"[..20];
        await host.Services.AddStaffMember(name, Roles.Reviewer);
        using var client = host.Browse();
        using var answer = await client.SubmitSignIn(name, StaffSetup.Password, returnUrl);
        Assert.Equal(new Uri(host.Address, goes), new Uri(host.Address, answer.Headers.Location!));
    }

    [Theory]
    [InlineData("/queues/e-licence?show=Overdue&authority=粤B")]
    [InlineData("/search?reason=PHOTO_BLUR&from=2026-11-23")]
    [InlineData("/dashboard?queue=id-photo&days=30&show=Open")]
    [InlineData("/people?authority=粤B&days=7")]
    [InlineData("/reports?month=2026-10&authority=粤B")]
    [InlineData("/mailbox?state=Dead&channel=Sms")]
    [InlineData("/users?role=Reviewer&state=Open")]
    [InlineData("/calendar?year=2026&tab=policies")]
    [InlineData("/audit?kind=CaseClosed&to=2026-11-23")]
    public async Task A_link_that_is_opened_signed_out_leads_through_the_sign_in_back_to_it_with_its_filters(string link)
    {
        var name = $"link{Guid.NewGuid():N}"[..20];
        await host.Services.AddOmnipotent(name);
        using var client = host.Browse();
        using var away = await client.GetAsync(link);
        Assert.Equal(HttpStatusCode.Found, away.StatusCode);
        var signIn = new Uri(host.Address, away.Headers.Location!).PathAndQuery;
        Assert.StartsWith("/sign-in?", signIn, StringComparison.Ordinal);
        using var back = await client.Submit(signIn, "sign-in", new() { ["Form.Name"] = name, ["Form.Password"] = StaffSetup.Password });
        Assert.Equal(link, Uri.UnescapeDataString(new Uri(host.Address, back.Headers.Location!).PathAndQuery));
        using var there = await client.GetAsync(back.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
    }

    [Fact]
    public async Task Language_looks_and_density_follow_the_person_to_another_browser_and_not_the_browser_s_languages()
    {
        await host.Services.AddStaffMember("ella", Roles.Reviewer);
        using var client = await host.BrowseAs("ella");
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        Assert.Contains("lang=\"zh-CN\"", await client.GetStringAsync(Home), StringComparison.Ordinal);
        using var saved = await client.Submit("/account/preferences", "preferences", new() { ["Form.Language"] = "en", ["Form.Theme"] = "dark", ["Form.Density"] = "compact" });
        using var another = await host.BrowseAs("ella");
        var page = await another.GetStringAsync(Home);
        Assert.Contains("lang=\"en\"", page, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", page, StringComparison.Ordinal);
        Assert.Contains("data-density=\"compact\"", page, StringComparison.Ordinal);
        Assert.Contains("Preferences", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_guard_the_page()
    {
        using var client = host.Browse();
        using var answer = await client.GetAsync("/sign-in");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public void Every_link_of_the_navigation_leads_to_a_page_that_asks_for_the_same_permission_and_has_words()
    {
        var pages = typeof(PageRoutes).Assembly.GetTypes();
        foreach (var entry in host.Services.GetServices<NavEntry>())
        {
            var page = Assert.Single(pages, type => type.GetCustomAttributes(typeof(Microsoft.AspNetCore.Components.RouteAttribute), false).Cast<Microsoft.AspNetCore.Components.RouteAttribute>().Any(r => r.Template == entry.Route));
            Assert.Contains(page.GetCustomAttributes(typeof(NeedsAttribute), false).Cast<NeedsAttribute>(), needs => needs.Permission == entry.Needs);
            Assert.False(host.Get<Microsoft.Extensions.Localization.IStringLocalizerFactory>().Create(entry.Words)[entry.Key].ResourceNotFound, entry.Key);
        }
    }

    private async Task<List<string>> Kinds(string name)
    {
        await using var db = await host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        var user = await db.Users.SingleAsync(u => u.UserName == name);
        return await db.AuditEntries.Where(e => e.Stream == $"user:{user.Id}").OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync();
    }
}
