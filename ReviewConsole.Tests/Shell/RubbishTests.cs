using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using ReviewConsole.Features.Intake.Clients;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Shell;

/// <summary>Whatever comes in on whatever address: it is refused in words, the process lives and nothing is kept. New endpoints are covered as they come.</summary>
public sealed class RubbishTests(ConsoleHost host) : IClassFixture<ConsoleHost>, IAsyncLifetime
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "RUBBISH"];

    /// <summary>What may stand where an id is expected, as it is written in an address.</summary>
    private static readonly string[] RouteValues =
        ["x", "7", "-1", Guid.Empty.ToString(), Guid.NewGuid().ToString("N"), "{id}", "%00", "%ff%fe", "%F0%A0%AE%B7", "%E2%80%AEx", "..%2f..%2fetc%2fpasswd", "'%20or%201=1--", new('9', 3000)];

    /// <summary>Bodies by what is odd about them.</summary>
    private static readonly (string What, Func<HttpContent?> Make)[] Bodies =
    [
        ("none", () => null),
        ("empty", () => Json("")),
        ("open brace", () => Json("{")),
        ("null", () => Json("null")),
        ("array", () => Json("[]")),
        ("text", () => Json("\"\"")),
        ("number", () => Json("12")),
        ("huge number", () => Json(new string('9', 5000))),
        ("deep arrays", () => Json(new string('[', 10_000))),
        ("deep objects", () => Json(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)))),
        ("deep inside a member", () => Json("{\"applicant\":" + new string('[', 10_000) + new string(']', 10_000) + "}")),
        ("unknown member", () => Json("{\"rubbish\":1}")),
        ("prototype", () => Json("{\"__proto__\":{\"a\":1},\"$type\":\"System.Object\",\"$ref\":\"1\"}")),
        ("double member", () => Json("{\"a\":1,\"a\":2}")),
        ("comment", () => Json("{/* */}")),
        ("comma too many", () => Json("{\"kind\":\"first\",}")),
        ("NUL bytes", () => Bytes([0, 0, 0, 0])),
        ("NUL in a name", () => Bytes([.. "{\"a\0b\":1}"u8])),
        ("lone surrogate", () => Json("{\"\\ud800\":\"\\udc00\"}")),
        ("lone surrogate as a value", () => Json("{\"kind\":\"\\ud800\",\"photoSource\":\"\\udfff\"}")),
        ("invalid UTF-8", () => Bytes([(byte)'{', (byte)'"', 0xC3, 0x28, 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}'])),
        ("a surrogate in UTF-8", () => Bytes([.. "{\"kind\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8])),
        ("UTF-16", () => Bytes(Encoding.Unicode.GetBytes("{\"kind\":\"first\"}"))),
        ("byte order mark", () => Bytes([0xEF, 0xBB, 0xBF, .. "{}x"u8])),
        ("a megabyte of text", () => Json($"{{\"kind\":\"{new string('x', 1_000_000)}\"}}")),
        ("a megabyte of a name", () => Json($"{{\"{new string('x', 1_000_000)}\":1}}")),
        ("plain text", () => Typed("{}"u8, "text/plain")),
        ("xml", () => Typed("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"u8, "application/xml")),
        ("another charset", () => Typed("{}x"u8, "application/json; charset=utf-7")),
        ("no type", () => Typed("{}"u8, null)),
        ("a broken type", () => Typed("{}"u8, ";;;")),
        ("a form", () => Typed("a=1&a=2&%00=%ff&_handler=x&__RequestVerificationToken=x"u8, "application/x-www-form-urlencoded")),
        ("a long form", () => Typed(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a=1&", 3000))), "application/x-www-form-urlencoded")),
        ("multipart", () => Typed("--b\r\nContent-Disposition: form-data; name=\"Form.Name\"\r\n\r\nx\r\n"u8, "multipart/form-data; boundary=b")),
        ("multipart without a boundary", () => Typed("rubbish"u8, "multipart/form-data")),
        ("gzip", () => Encoded([0x1F, 0x8B, 8, 0, 1, 2, 3], "gzip")),
        ("an unknown encoding", () => Encoded([.. "{}"u8], "rubbish")),
    ];

    /// <summary>Where the body is not looked at, or only as a form, a few stand for all.</summary>
    private static readonly (string What, Func<HttpContent?> Make)[] OddestBodies = [.. Bodies.Where(body => body.What is "none" or "open brace" or "a form" or "a long form" or "multipart" or "gzip")];

    private readonly ConcurrentQueue<string> faults = [];
    private HttpClient api = null!;
    private HttpClient staff = null!;
    private HttpClient nobody = null!;

    [Fact]
    public async Task Every_address_refuses_every_body_and_every_method()
    {
        var before = await StoreCount.Of(host.Services);
        var requests =
            from address in Addresses()
            from method in Methods
            from body in IsApi(address.Path) && address.Methods.Contains(method) ? Bodies : method is "GET" or "POST" ? OddestBodies : OddestBodies[..2]
            select (address.Path, address.Methods, method, body);
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (request, cancel) =>
        {
            var what = $"{request.method} {Short(request.Path)} with {request.body.What}";
            using var message = Message(request.method, request.Path, request.body.Make());
            await Judge(what, await (IsApi(request.Path) ? api : staff).SendAsync(message, cancel), request.Path, request.Methods);
            if (request.body.What != "none")
                return;
            using var unknown = Message(request.method, request.Path, request.body.Make());
            using var answer = await nobody.SendAsync(unknown, cancel);
            if ((int)answer.StatusCode >= 500)
                faults.Enqueue($"{what} by nobody: {answer.StatusCode}");
        });
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Take(25)));
        await StillWhole(before);
    }

    [Fact]
    public async Task Every_member_of_every_body_that_is_missing_double_or_of_another_type_is_named()
    {
        var before = await StoreCount.Of(host.Services);
        var document = JsonNode.Parse(await api.GetStringAsync("/openapi/v1.json"))!;
        var looked = 0;
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject().Where(o => o.Value!["requestBody"] is not null))
            {
                var address = path.Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
                var schema = Resolve(document, operation!["requestBody"]!["content"]!["application/json"]!["schema"]!);
                var whole = Sample(document, schema);
                foreach (var member in Members(document, schema, ""))
                {
                    looked++;
                    string[] others = member.Type is "object" ? ["1", "\"x\"", "[]", "true"] : member.Type is "string" ? ["1", "{}", "[]", "true"] : ["\"1\"", "{}", "[]", "true", "1e999999", "99999999999999999999"];
                    foreach (var other in others)
                        await Named($"{member.Path} as {other}", Change(whole, member.Path, other), member.Path, method, address);
                    await Named($"{member.Path} twice", Twice(whole, member.Path), member.Path, method, address);
                    await Named($"{member.Path}x", Change(whole, member.Path + "x", "1"), member.Path + "x", method, address);
                    // What must be there is asked after whether the request is there.
                    if (member.Required && !path.Contains("{id}", StringComparison.Ordinal))
                    {
                        await Named($"{member.Path} left out", Change(whole, member.Path, null), member.Path, method, address);
                        await Named($"{member.Path} null", Change(whole, member.Path, "null"), member.Path, method, address);
                    }
                }
            }
        }

        Assert.True(faults.IsEmpty, string.Join('\n', faults.Take(25)));
        Assert.True(looked > 40, $"{looked} members");
        await StillWhole(before);
    }

    [Fact]
    public async Task Missing_double_and_overlong_headers_are_refused()
    {
        var before = await StoreCount.Of(host.Services);
        const string Path = "/api/v1/e-licence-applications";
        var key = api.DefaultRequestHeaders.Authorization!.ToString();
        foreach (var (headers, status) in new (string[] Headers, string Status)[]
        {
            ([], "400"),
            (["Idempotency-Key: "], "400"),
            (["Idempotency-Key: a", "Idempotency-Key: b"], "400"),
            (["Idempotency-Key: a b"], "400"),
            (["Idempotency-Key: \u00E9"], "400"),
            ([$"Idempotency-Key: {new string('x', 129)}"], "400"),
            ([$"Idempotency-Key: {new string('x', 40_000)}"], "431"),
            (["Idempotency-Key: a", "Content-Type: application/json", "Content-Type: text/plain"], "4"),
            (["Idempotency-Key: a", "Cookie: review-console=rubbish; .AspNetCore.Culture=c=zz|uic=\u0001; theme=<b>"], "4"),
            (["Idempotency-Key: a", "Accept-Language: ,,;q=x"], "400"),
            (["Idempotency-Key: a", "X-Rubbish : b"], "400"),
            (["Idempotency-Key: a", "Transfer-Encoding: rubbish"], "4"),
        })
        {
            Assert.StartsWith($"HTTP/1.1 {status}", await Raw($"POST {Path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {key}\r\nContent-Length: 0\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n"), StringComparison.Ordinal);
        }

        foreach (var header in (string[])["", "Authorization: \r\n", $"Authorization: {key}\r\nAuthorization: {key}\r\n", $"Authorization: Bearer {new string('x', 20_000)}\r\n", "Authorization: Bearer \u0000\r\n", $"Authorization: {key}_\r\n", "Authorization: Bearer rc__\r\n"])
            Assert.StartsWith("HTTP/1.1 4", await Raw($"GET /api/v1/backlog HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n"), StringComparison.Ordinal);
        foreach (var request in (string[])["RUBBISH", "GET / HTTP/9.9\r\n\r\n", "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", $"GET /{new string('x', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n"])
            Assert.DoesNotContain("HTTP/1.1 500", await Raw(request, unfinished: true), StringComparison.Ordinal);
        await StillWhole(before);
    }

    [Fact]
    public async Task A_wrong_method_is_answered_by_those_that_are_right()
    {
        foreach (var (method, path, allow) in new[]
        {
            ("GET", "/api/v1/e-licence-applications", "POST"), ("POST", "/api/v1/backlog", "GET"), ("DELETE", "/api/v1/licences", "PUT"),
            ("PATCH", $"/api/v1/requests/{Guid.NewGuid()}", "GET"), ("GET", $"/api/v1/requests/{Guid.NewGuid()}/withdrawal", "POST"),
        })
        {
            using var answer = await api.SendAsync(Message(method, path, null));
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal([allow], answer.Content.Headers.Allow);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal("METHOD_NOT_ALLOWED", (string)problem["code"]!);
            Assert.Contains(allow, (string)problem["detail"]!, StringComparison.Ordinal);
        }

        using var page = await staff.SendAsync(Message("DELETE", "/account/preferences", null));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.StatusCode);
        Assert.Contains("GET", page.Content.Headers.Allow);
    }

    public async Task InitializeAsync()
    {
        var name = $"all{Guid.NewGuid():N}"[..20];
        await host.Services.AddOmnipotent(name);
        staff = await host.BrowseAs(name);
        nobody = host.Browse();
        api = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        api.DefaultRequestHeaders.Authorization = new("Bearer", await host.Services.NewKey([.. ClientEntry.Grantable]));
    }

    public Task DisposeAsync()
    {
        api.Dispose();
        staff.Dispose();
        nobody.Dispose();
        return Task.CompletedTask;
    }

    private static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.Ordinal);

    private static string Short(string path) => path.Length < 100 ? path : path[..100] + "…";

    /// <summary>Every route with every odd value in place of its parameters, and addresses that there are not. Of the static files three stand for all.</summary>
    private IEnumerable<(string Path, IReadOnlyList<string> Methods)> Addresses()
    {
        var endpoints = host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var files = endpoints.Where(IsFile).Take(3);
        Assert.True(endpoints.Count(e => !IsFile(e)) > 15);
        foreach (var endpoint in endpoints.Where(e => !IsFile(e)).Concat(files))
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            foreach (var value in endpoint.RoutePattern.Parameters.Count == 0 ? [""] : RouteValues)
            {
                var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart literal ? literal.Content : p is RoutePatternSeparatorPart dot ? dot.Content : value))));
                // Behind an odd value that is an id, the body is looked at.
                yield return (path, value.Length == 0 || value == RouteValues[3] ? methods : []);
            }
        }

        foreach (var path in (string[])["/api", "/api/", "/api/v1", "/api/v2/backlog", "/api/v1/backlog/", "/api/v1//backlog", "/api/v1/BACKLOG", "/openapi/../v1.json", "/no/such/page", "/queues", "/cases/", "/pictures/", "/.env", "/wp-login.php", "/_blazor/x", "/_framework/x.js"])
            yield return (path, []);

        static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.Any(m => m is StaticAssetDescriptor);
    }

    private async Task Judge(string what, HttpResponseMessage answer, string path, IReadOnlyList<string> methods)
    {
        using (answer)
        {
            var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
            if (status >= 500)
                faults.Enqueue($"{what}: {status} {text[..Math.Min(300, text.Length)]}");
            else if (status == 405 && !path.StartsWith("/_blazor", StringComparison.Ordinal) && (answer.Content.Headers.Allow.Count == 0 || methods.Except(answer.Content.Headers.Allow).Any()))
                faults.Enqueue($"{what}: 405 that allows '{string.Join(' ', answer.Content.Headers.Allow)}'");
            else if (IsApi(path) && status < 400)
                faults.Enqueue($"{what}: {status} {text}");
            else if (path.StartsWith("/api/v1/", StringComparison.Ordinal) && answer.RequestMessage!.Method != HttpMethod.Head && !path.Contains("%00", StringComparison.Ordinal) && Unnamed(status, text) is { } fault)
                faults.Enqueue($"{what}: {fault} {status} {text}");
        }
    }

    /// <summary>What is not told by a problem of the API; null where all is.</summary>
    private static string? Unnamed(int status, string text)
    {
        JsonNode? problem;
        try
        {
            problem = JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return "no JSON";
        }

        return (int?)problem?["status"] != status || string.IsNullOrEmpty((string?)problem["code"]) || string.IsNullOrEmpty((string?)problem["detail"]) ? "no problem"
            : status == 400 && (problem["errors"] is not JsonArray { Count: > 0 } errors || errors.Any(e => string.IsNullOrEmpty((string?)e!["code"]) || string.IsNullOrEmpty((string?)e["message"]) || e["field"] is null)) ? "no field"
            : null;
    }

    private async Task Named(string what, string body, string field, string method, string address)
    {
        using var message = Message(method.ToUpperInvariant(), address, Json(body));
        using var answer = await api.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode != 400 || Unnamed(400, text) is not null || !JsonNode.Parse(text)!["errors"]!.AsArray().Any(e => (string?)e!["field"] == field))
            faults.Enqueue($"{method} {address} {what}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>A request and its parts live on: the process answers, and the store holds what it held.</summary>
    private async Task StillWhole(string before)
    {
        Assert.Equal("Healthy", await nobody.GetStringAsync("/health/ready"));
        Assert.Equal(before, await StoreCount.Of(host.Services));
    }

    private async Task<string> Raw(string request, bool unfinished = false)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var stream = connection.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(unfinished ? 1 : 20));
            var answer = new byte[4000];
            return Encoding.Latin1.GetString(answer, 0, await stream.ReadAsync(answer, patience.Token));
        }
        catch (Exception closed) when (closed is IOException or OperationCanceledException)
        {
            // The server closed while rubbish was still on its way, or waits for the rest of it.
            return "";
        }
    }

    private static HttpRequestMessage Message(string method, string path, HttpContent? content)
    {
        HttpRequestMessage message = new(new(method), new Uri(path, UriKind.Relative)) { Content = content };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return message;
    }

    private static ByteArrayContent Json(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    private static ByteArrayContent Bytes(byte[] bytes) => Typed(bytes, "application/json");

    private static ByteArrayContent Typed(ReadOnlySpan<byte> bytes, string? type)
    {
        ByteArrayContent content = new(bytes.ToArray());
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static ByteArrayContent Encoded(byte[] bytes, string encoding)
    {
        var content = Bytes(bytes);
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? reference.Split('/')[1..].Aggregate(document, (node, name) => node[name]!)
        : schema["oneOf"] is JsonArray choices ? Resolve(document, choices[^1]!)
        : schema;

    private static string TypeOf(JsonNode schema) => schema["type"] switch
    {
        JsonArray types => types.Select(t => (string)t!).First(t => t != "null"),
        { } type => (string)type!,
        null => "object",
    };

    private static IEnumerable<(string Path, string Type, bool Required)> Members(JsonNode document, JsonNode schema, string before)
    {
        var required = (schema["required"] as JsonArray)?.Select(r => (string)r!).ToHashSet() ?? [];
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            var resolved = Resolve(document, member!);
            yield return (before + name, TypeOf(resolved), required.Contains(name));
            foreach (var inner in Members(document, resolved, $"{before}{name}."))
                yield return inner;
        }
    }

    private static JsonObject Sample(JsonNode document, JsonNode schema) => new((schema["properties"]?.AsObject() ?? []).Select(member =>
    {
        var resolved = Resolve(document, member.Value!);
        return KeyValuePair.Create<string, JsonNode?>(member.Key, TypeOf(resolved) switch { "object" => Sample(document, resolved), "string" => "x", "array" => new JsonArray(), "boolean" => false, _ => 1 });
    }));

    private static string Change(JsonObject whole, string path, string? json)
    {
        var changed = (JsonObject)whole.DeepClone();
        var names = path.Split('.');
        var parent = names[..^1].Aggregate((JsonNode)changed, (node, name) => node[name]!).AsObject();
        parent.Remove(names[^1]);
        if (json is not null)
            parent[names[^1]] = "@@";
        return changed.ToJsonString().Replace("\"@@\"", json, StringComparison.Ordinal);
    }

    private static string Twice(JsonObject whole, string path)
    {
        var names = path.Split('.');
        var value = names.Aggregate((JsonNode)whole, (node, name) => node[name]!).ToJsonString();
        return Change(whole, path, $"{value},\"{names[^1]}\":{value}");
    }
}
