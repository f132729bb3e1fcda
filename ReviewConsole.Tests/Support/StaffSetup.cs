using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Features.Staff;

namespace ReviewConsole.Tests.Support;

/// <summary>Makes members of staff for tests and signs them in as a browser would.</summary>
public static partial class StaffSetup
{
    /// <summary>The password of everybody made here.</summary>
    public const string Password = "a long enough password";

    /// <summary>Makes a person who may sign in at once, without a first password to replace.</summary>
    /// <param name="services">The product's services.</param>
    /// <param name="name">User name, also the display name.</param>
    /// <param name="roles">What the person is.</param>
    /// <param name="authorities">Codes of authorities; 粤 where none is named.</param>
    /// <param name="queues">Ids of queues; all where none is named.</param>
    /// <param name="firstPassword">True to leave the password one to be replaced.</param>
    public static async Task<Actor> AddStaffMember(
        this IServiceProvider services, string name, Roles roles, string[]? authorities = null, string[]? queues = null, bool firstPassword = false)
    {
        var id = (await services.GetRequiredService<CreateUser>().Handle(
            Actor.System("test") with { Permissions = [Permission.Administer] },
            new(name, name, roles, authorities ?? ["粤"], queues ?? [.. Queues.Standard.All.Select(q => q.Id)], Password))).Value;
        await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.MustChangePassword, firstPassword));
        return services.GetRequiredService<StaffActors>().Of(await db.Users.AsNoTracking().SingleAsync(u => u.Id == id));
    }

    /// <summary>Somebody whom every page lets in. No rule of the product makes one: who audits is nothing else.</summary>
    public static async Task AddOmnipotent(this IServiceProvider services, string name)
    {
        await services.AddStaffMember(name, Roles.Administrator);
        var all = Permissions.Single.Aggregate((a, b) => a | b);
        await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        await db.Users.Where(u => u.UserName == name).ExecuteUpdateAsync(set => set.SetProperty(u => u.Roles, all));
    }

    /// <summary>A client with cookies that follows no redirects.</summary>
    public static HttpClient Browse(this ConsoleHost host) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseCookies = true }) { BaseAddress = host.Address };

    /// <summary>A client that is signed in.</summary>
    public static async Task<HttpClient> BrowseAs(this ConsoleHost host, string name, string password = Password)
    {
        var client = host.Browse();
        using var answer = await client.SubmitSignIn(name, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }

    /// <summary>Fills the sign-in page in.</summary>
    public static Task<HttpResponseMessage> SubmitSignIn(this HttpClient client, string name, string password, string? returnUrl = null) =>
        client.Submit(returnUrl is null ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", new() { ["Form.Name"] = name, ["Form.Password"] = password });

    /// <summary>Gets a page, fills one of its forms in and sends it, to <paramref name="action"/> where the form does not go to its own page.</summary>
    public static async Task<HttpResponseMessage> Submit(this HttpClient client, string page, string form, Dictionary<string, string> fields, string? action = null)
    {
        var html = await client.GetStringAsync(page);
        fields["_handler"] = form;
        fields["__RequestVerificationToken"] = Token().Match(html).Groups["token"].Value;
        using HttpRequestMessage request = new(HttpMethod.Post, action ?? page) { Content = new FormUrlEncodedContent(fields) };
        // As a browser does: what is refused for its size is refused before it is sent, and the answer is not lost in a broken connection.
        request.Headers.ExpectContinue = true;
        return await client.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
