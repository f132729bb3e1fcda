using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Intake;

/// <summary>The running application, a client with every permission, and requests that are in order until a test breaks them.</summary>
[CollectionDefinition(Shared)]
public sealed class IntakeApi : IAsyncLifetime, IUseCase, ICollectionFixture<IntakeApi>
{
    /// <summary>One running application serves all tests of the API; each brings people of its own.</summary>
    public const string Shared = "intake";

    public static readonly string Portrait = Convert.ToBase64String(DrawnPortrait.Portrait(1, new()));
    public static readonly string Card = Convert.ToBase64String(DrawnCard.PortraitSide(1, "陈雨桐", "11010519491231002X"));
    private readonly ConsoleHost host = new();
    private int people;

    public static Permission Needs => Permission.System;

    /// <summary>Changes the services of the application before it starts.</summary>
    public Action<IServiceCollection> Change
    {
        init => host.Change = value;
    }

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => host.Services;

    public string Folder => host.Get<IConfiguration>()["Data:Folder"]!;

    public static JsonObject Licence(string number, string status = "A", string authority = "粤B") => new()
    {
        ["number"] = number,
        ["status"] = status,
        ["classes"] = "C1",
        ["validFrom"] = "2020-03-01",
        ["validTo"] = "2030-03-01",
        ["authority"] = authority,
        ["sourceTime"] = "2026-01-05T10:00:00+08:00",
    };

    /// <summary>A number that no other test uses.</summary>
    public string Number() => CitizenId.Compose("440305", new DateOnly(1980, 1, 1).AddDays(Interlocked.Increment(ref people)), 17).Value;

    public JsonObject Applicant(string? number = null, string name = "陈雨桐", string level = "real-person") => new()
    {
        ["name"] = name,
        ["document"] = new JsonObject { ["kind"] = "resident-identity-card", ["number"] = number ?? Number() },
        ["phone"] = "13800138000",
        ["phoneSource"] = "police-record",
        ["level"] = level,
    };

    public JsonObject ELicence(string? number = null, string status = "A", string level = "real-person", string? kind = null)
    {
        number ??= Number();
        JsonObject body = new() { ["applicant"] = Applicant(number, level: level), ["licence"] = Licence(number, status), ["photoSource"] = "album", ["portrait"] = Portrait };
        if (kind is not null)
            body["kind"] = kind;
        return body;
    }

    public JsonObject IdPhoto(string? number = null, string level = "online") => new()
    {
        ["applicant"] = Applicant(number, level: level),
        ["authority"] = "粤B",
        ["cardValidity"] = new JsonObject { ["from"] = "2019-05-01", ["to"] = "2039-05-01" },
        ["portraitSide"] = Card,
        ["emblemSide"] = Card,
        ["liveFrame"] = Portrait,
        ["score"] = 0.41,
        ["attempts"] = 3,
    };

    public async Task<HttpClient> NewClient(params Permission[] permissions)
    {
        HttpClient client = new() { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", await host.Services.NewKey(permissions));
        return client;
    }

    public Task<Sent> SendELicence(JsonObject body) => Post("e-licence-applications", body);

    public Task<Sent> SendIdPhoto(JsonObject body) => Post("id-photo-reviews", body);

    public Task<Sent> Post(string path, JsonNode body, string? key = null, HttpClient? client = null) => Post(path, body.ToJsonString(), key, client);

    public async Task<Sent> Post(string path, string body, string? key = null, HttpClient? client = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await Sent.Of(await (client ?? Client).SendAsync(request));
    }

    public async Task<Sent> Get(string path, HttpClient? client = null) => await Sent.Of(await (client ?? Client).GetAsync($"/api/v1/{path}"));

    public async Task<Sent> Put(JsonObject body, HttpClient? client = null) => await Sent.Of(await (client ?? Client).PutAsJsonAsync("/api/v1/licences", body));

    public Task<ReviewDb> Open() => host.Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();

    public T Service<T>()
        where T : notnull => host.Get<T>();

    public async Task<T> Do<T>(Func<UnitOfWork, Task<T>> work) => (await host.Get<Commit>().Run<IntakeApi, T>(Actor.System("test"), async unit => await work(unit))).Value;

    /// <summary>Brings a case into a reviewer's hands and does something with it; each verb must succeed.</summary>
    public Task<Done> Review(Guid id, params Func<ReviewCase, ReviewerId, DateTimeOffset, Refusal?>[] verbs) => Do(async unit =>
    {
        ReviewerId who = new(Guid.NewGuid());
        var found = await unit.Db.Cases.SingleAsync(c => c.Id == new CaseId(id));
        if (found.State == CaseState.Received)
            Assert.Null(found.FinishChecks(givenUp: true));
        Assert.Null(found.Claim(who, TimeSpan.FromMinutes(2), unit.Now));
        foreach (var verb in verbs)
            Assert.Null(verb(found, who, unit.Now));
        return default(Done);
    });

    public Task<Done> Decide(Guid id, Outcome outcome, params string[] reasons) => Review(id, Verdict(outcome, TimeSpan.Zero, reasons), (found, _, now) => found.Finalise(now));

    public Func<ReviewCase, ReviewerId, DateTimeOffset, Refusal?> Verdict(Outcome outcome, TimeSpan hold, params string[] reasons) =>
        (found, who, now) => found.Decide(who, found.Token, new Verdict(outcome, reasons, outcome == Outcome.Rejected ? "请补拍" : null), null, hold, host.Get<Clocks>().Of(found), now);

    public Task<Done> Ask(Guid id, TimeSpan within, params string[] reasons) => Review(id, (found, who, now) =>
        found.AskForInformation(who, found.Token, new Verdict(Outcome.Rejected, reasons, "请在自然光下重拍"), within, 3, host.Get<Clocks>().Of(found), now));

    public int PictureFiles() => Directory.Exists(Path.Combine(Folder, "pictures")) ? Directory.GetFiles(Path.Combine(Folder, "pictures"), "*", SearchOption.AllDirectories).Length : 0;

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        Client = await NewClient(Permission.Intake, Permission.PutLicences);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await ((IAsyncLifetime)host).DisposeAsync();
    }
}

/// <summary>An answer of the API.</summary>
public sealed record Sent(int Status, string Text, string? MediaType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public Guid Id => Guid.Parse((string)Json["id"]!);

    public string Code => (string)Json["code"]!;

    public IEnumerable<string> Errors => Json["errors"]!.AsArray().Select(e => $"{e!["field"]} {e["code"]}");

    public static async Task<Sent> Of(HttpResponseMessage response)
    {
        using (response)
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>A problem with this status and code, in problem details.</summary>
    public void Is(int status, string code)
    {
        Assert.True(status == Status, $"{Status} {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Code);
        Assert.Equal(status, (int)Json["status"]!);
        Assert.NotEmpty((string)Json["title"]!);
        Assert.NotEmpty((string)Json["detail"]!);
    }
}
