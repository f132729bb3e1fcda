using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Features.Staff;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Shell;

/// <summary>Rubbish in forms, in addresses of pages, in cookies and in circuits: the page again with its words, or a refusal; the process lives.</summary>
public sealed class RubbishPageTests(ConsoleHost host) : IClassFixture<ConsoleHost>, IAsyncLifetime
{
    private static readonly string[] Values =
        ["", " ", "\0", "x\0y", "\u202E\u200B", "𠮷", "'; drop table Cases; --", "<script>alert(1)</script>", "-1", "99999999999999999999", "0001-01-01", "9999-12-31", "NaN", "..\\..\\etc", "{0}%s", "a=b&c=d", new('9', 4000),
            "OTk5OTk5OTk5OTk5OTk5OTk5OTk6eA", "OjA", "638993990000000000-00000000000000000000000000000000", "3155378975999999999-ffffffffffffffffffffffffffffffff", "9223372036854775807-ffffffffffffffffffffffffffffffff", "-1-0",
            "MzE1NTM3ODk3NTk5OTk5OTk5OTowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA", "MDowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA"];

    private string member = "";
    private HttpClient staff = null!;
    private HttpClient nobody = null!;

    /// <summary>Form, page and fields of every form that there is.</summary>
    public static TheoryData<string, string, string[]> Forms() => new()
    {
        { "sign-in", "/sign-in", ["Form.Name", "Form.Password"] },
        { "password", "/account/password", ["Form.Current", "Form.Next", "Form.Again"] },
        { "preferences", "/account/preferences", ["Form.Language", "Form.Theme", "Form.Density"] },
    };

    public static TheoryData<string> ReturnUrls() => new(
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)", "/%09/evil.example", "/%2f%2fevil.example", "/%zz", "/[", "/http://[::1", "/中文?a=𠮷", "/\u202E", "/x#\r\nSet-Cookie: a=b",
        "/?a=\0", "/@evil.example", "/:80", "/.//evil.example", "/..//evil.example", "/account/../..//evil.example", "http:/evil.example", $"/{new string('x', 3000)}", " /", "%2F%2Fevil.example");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_with_rubbish_is_the_page_again_or_a_refusal(string form, string page, string[] fields)
    {
        var client = page == "/sign-in" ? nobody : staff;
        foreach (var value in (string[])[.. Values, new('x', 500_000)])
        {
            using var answer = await client.Submit(page, form, fields.ToDictionary(field => field, _ => value));
            await Again(answer, $"{form} with {Short(value)}");
        }

        for (var left = 0; left <= fields.Length; left++)
        {
            using var answer = await client.Submit(page, form, fields.Where((_, index) => index != left && left < fields.Length).ToDictionary(field => field, _ => "a wrong long password"));
            await Again(answer, $"{form} without field {left}");
        }

        using var unknown = await client.Submit(page, "no-such-form", new() { ["Form"] = "x", ["Form.Form.Form"] = "y", ["[0]"] = "z", [""] = "" });
        await Again(unknown, "an unknown form");
        Dictionary<string, string> many = Enumerable.Range(0, 2000).ToDictionary(i => $"Form[{i}].Name", _ => "x");
        using var crowd = await client.Submit(page, form, many);
        await Again(crowd, "many fields");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_without_its_token_is_refused(string form, string page, string[] fields)
    {
        var client = page == "/sign-in" ? nobody : staff;
        foreach (var token in (string?[])[null, "", "x", new('x', 100_000), "CfDJ8AAAAAAAAAAAAAAAAAAAAAAA", "\0\u202E"])
        {
            var sent = fields.ToDictionary(field => field, _ => "a wrong long password");
            sent["_handler"] = form;
            if (token is not null)
                sent["__RequestVerificationToken"] = token;
            using FormUrlEncodedContent content = new(sent);
            using var answer = await client.PostAsync(page, content);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{form} with token {Short(token ?? "none")}: {answer.StatusCode}");
            using FormUrlEncodedContent signOut = new(token is null ? [] : [KeyValuePair.Create("__RequestVerificationToken", token)]);
            using var still = await staff.PostAsync("/account/sign-out", signOut);
            Assert.Equal(HttpStatusCode.BadRequest, still.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(ReturnUrls))]
    public void No_address_to_return_to_leads_away(string returnUrl)
    {
        var safe = ReturnUrl.Safe(returnUrl);
        Assert.StartsWith("/", safe, StringComparison.Ordinal);
        Assert.True(Uri.TryCreate(host.Address, safe, out var there));
        Assert.Equal(host.Address.Authority, there.Authority);
        Assert.False(there.AbsolutePath.StartsWith("//", StringComparison.Ordinal), safe);
        Assert.True(safe.All(c => c is > ' ' and < (char)127), safe);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/中文?a=𠮷")]
    [InlineData("/\u202E")]
    [InlineData("/.//evil.example")]
    [InlineData("/%zz?x=%")]
    public async Task After_signing_in_one_stays_here(string returnUrl)
    {
        using var client = host.Browse();
        using var answer = await client.SubmitSignIn(member, StaffSetup.Password, returnUrl);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var goes = new Uri(host.Address, answer.Headers.Location!);
        Assert.Equal((host.Address.Host, host.Address.Port), (goes.Host, goes.Port));
        Assert.False(goes.AbsolutePath.StartsWith("//", StringComparison.Ordinal));
        using var there = await client.GetAsync(goes);
        Assert.InRange((int)there.StatusCode, 200, 499);
    }

    [Fact]
    public async Task A_page_with_rubbish_in_its_address_is_shown()
    {
        ConcurrentQueue<string> faults = [];
        var addresses =
            from page in Pages()
            from name in page.Names
            from value in (string[])[.. Values.Select(Uri.EscapeDataString), "%ff%fe", "%00", "%zz", "%", "%u0041"]
            from address in value.Length > 2 ? (string[])[$"{page.Page}?{name}={value}"] : [$"{page.Page}?{name}={value}", $"{page.Page}?{name}={value}&{name}={value}", $"{page.Page}?{name}[]={value}"]
            select address;
        await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (address, cancel) =>
        {
            using var answer = await (address.StartsWith("/sign-in", StringComparison.Ordinal) ? nobody : staff).GetAsync(new Uri(address, UriKind.Relative), cancel);
            var html = await answer.Content.ReadAsStringAsync(cancel);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Found or HttpStatusCode.NotFound) || html.Contains("系统出错", StringComparison.Ordinal) || html.Contains("<script>alert", StringComparison.Ordinal))
                faults.Enqueue($"{(int)answer.StatusCode} {Short(address)}");
        });
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Take(25)));
        Assert.True(Pages().Count() >= 4);
    }

    [Fact]
    public async Task Pictures_answer_to_ids_alone()
    {
        foreach (var id in (string[])["x", "..%2f..%2freview.db", Guid.NewGuid().ToString(), Guid.Empty.ToString(), new('f', 32), "{0}", "%00", $"{Guid.NewGuid()}.pic", "-1"])
        {
            using var answer = await staff.GetAsync(new Uri($"/pictures/{id}", UriKind.Relative));
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{id}: {answer.StatusCode}");
            Assert.NotEqual("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Rubbish_in_cookies_is_nobody_s()
    {
        foreach (var value in (string[])["", "rubbish", new('x', 6000), "CfDJ8%00", "c=zz|uic=zz", "c=en|uic=../../x", "\"", "<script>", "=;=;"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/sign-in");
            request.Headers.TryAddWithoutValidation("Cookie", $"review-console={value}; .AspNetCore.Culture={value}; theme={value}; .AspNetCore.Antiforgery={value}; review-consoleC1={value}");
            using HttpClient client = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var inside = await client.GetAsync("/");
            Assert.Equal(HttpStatusCode.Found, inside.StatusCode);
        }
    }

    [Fact]
    public async Task Rubbish_in_a_circuit_ends_that_circuit_alone()
    {
        var cookies = await Cookies();
        foreach (var (hello, rubbish) in new (string Hello, byte[] Rubbish)[]
        {
            ("", [0, 1, 2, 3, 255]),
            ("rubbish\u001e", []),
            ("{\"protocol\":\"json\",\"version\":1}\u001e", []),
            ("{\"protocol\":\"blazorpack\",\"version\":99}\u001e", []),
            ("{\"protocol\":\"blazorpack\",\"version\":1}\u001e", [255, 255, 255, 255, 15, 1]),
            ("{\"protocol\":\"blazorpack\",\"version\":1}\u001e", [4, 0x95, 1, 0x80, 0xC0]),
            // StartCircuit and DispatchBrowserEvent with arguments of no use.
            ("{\"protocol\":\"blazorpack\",\"version\":1}\u001e", Invocation("StartCircuit")),
            ("{\"protocol\":\"blazorpack\",\"version\":1}\u001e", Invocation("DispatchBrowserEvent")),
            ("{\"protocol\":\"blazorpack\",\"version\":1}\u001e", new byte[100_000]),
        })
        {
            using ClientWebSocket socket = new();
            socket.Options.Cookies = cookies;
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
            await socket.ConnectAsync(new Uri($"ws://{host.Address.Authority}/_blazor?id={await Negotiate()}"), patience.Token);
            try
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(hello), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
                await socket.SendAsync(rubbish, WebSocketMessageType.Binary, endOfMessage: true, patience.Token);
                var buffer = new byte[4096];
                using CancellationTokenSource brief = new(TimeSpan.FromMilliseconds(300));
                while ((await socket.ReceiveAsync(buffer, brief.Token)).MessageType != WebSocketMessageType.Close)
                {
                    // Until the server closes, or says nothing more.
                }
            }
            catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
            {
                // As is right.
            }

            Assert.Equal("Healthy", await nobody.GetStringAsync("/health/ready"));
        }

        foreach (var body in (string[])["", "x", "circuitId=rubbish", new('x', 10_000)])
        {
            using StringContent content = new(body, Encoding.UTF8, "application/x-www-form-urlencoded");
            using var answer = await staff.PostAsync("/_blazor/disconnect", content);
            Assert.InRange((int)answer.StatusCode, 200, 499);
            using var unknown = await staff.PostAsync("/_blazor?id=rubbish", content);
            Assert.InRange((int)unknown.StatusCode, 400, 499);
        }

        async Task<string> Negotiate()
        {
            using var answer = await staff.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);
            return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["connectionToken"]!;
        }

        static byte[] Invocation(string target)
        {
            // [1, {}, "1", target, [nil, "x", 7]] in MessagePack behind its length.
            byte[] name = Encoding.ASCII.GetBytes(target);
            byte[] message = [0x95, 1, 0x80, 0xA1, (byte)'1', (byte)(0xA0 + name.Length), .. name, 0x93, 0xC0, 0xA1, (byte)'x', 7];
            return [(byte)message.Length, .. message];
        }
    }

    public async Task InitializeAsync()
    {
        member = $"r{Guid.NewGuid():N}"[..20];
        await host.Services.AddOmnipotent(member);
        staff = await host.BrowseAs(member);
        nobody = host.Browse();
    }

    public async Task DisposeAsync()
    {
        Assert.Equal("Healthy", await nobody.GetStringAsync("/health/ready"));
        staff.Dispose();
        nobody.Dispose();
    }

    /// <summary>Every page with what it reads from its address, new ones included.</summary>
    private static IEnumerable<(string Page, IReadOnlyList<string> Names)> Pages() =>
        from type in typeof(Program).Assembly.GetTypes()
        from route in type.GetCustomAttributes<RouteAttribute>()
        let names = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } query ? query.Name ?? property.Name : null).OfType<string>().ToList()
        where names.Count > 0
        select (string.Join('/', route.Template.Split('/').Select(part => part == "{QueueId}" ? Queues.ELicence : part.StartsWith('{') ? Guid.Empty.ToString() : part)), (IReadOnlyList<string>)names);

    private static string Short(string text) => text.Length < 80 ? text : text[..80] + "…";

    private static async Task Again(HttpResponseMessage answer, string what)
    {
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode is >= 200 and < 500, $"{what}: {(int)answer.StatusCode}");
        Assert.False(html.Contains("<script>alert", StringComparison.Ordinal), $"{what}: script in the page");
        if (answer.StatusCode == HttpStatusCode.OK)
            Assert.True(html.Contains("<form", StringComparison.Ordinal), $"{what}: no form");
        if (answer.StatusCode == HttpStatusCode.Found)
            Assert.DoesNotContain("/fault", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private async Task<CookieContainer> Cookies()
    {
        CookieContainer cookies = new();
        using HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = host.Address };
        using var answer = await client.SubmitSignIn(member, StaffSetup.Password);
        return cookies;
    }
}
