using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Features.Intake;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class ApiKeyTests(IntakeApi api)
{
    [Theory]
    [InlineData("")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer")]
    [InlineData("Bearer rc_x_y")]
    [InlineData("Bearer rc_00000000000000000000000000000000_AAAA")]
    [InlineData("KEY-WITH-ANOTHER-END")]
    public async Task Without_a_valid_key_nothing_is_answered(string header)
    {
        if (header == "KEY-WITH-ANOTHER-END")
            header = $"Bearer {api.Client.DefaultRequestHeaders.Authorization!.Parameter![..^4]}AAAA";
        using HttpClient client = new() { BaseAddress = api.Client.BaseAddress };
        if (header.Length > 0)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        (await api.Get("backlog?queue=e-licence", client)).Is(401, "KEY_NEEDED");
        (await api.Post("e-licence-applications", api.ELicence(), client: client)).Is(401, "KEY_NEEDED");
        (await api.Get("nothing", client)).Is(401, "KEY_NEEDED");
        (await Sent.Of(await client.GetAsync("/openapi/v1.json"))).Is(401, "KEY_NEEDED");
    }

    [Fact]
    public async Task A_revoked_key_no_longer_opens()
    {
        using var client = await api.NewClient(Permission.Intake);
        Assert.Equal(200, (await api.Get("backlog?queue=e-licence", client)).Status);
        var id = Guid.ParseExact(client.DefaultRequestHeaders.Authorization!.Parameter!.Split('_')[1], "N");
        await api.Do(async unit =>
        {
            (await unit.Db.ApiClients.SingleAsync(c => c.Id == id)).RevokedAt = unit.Now;
            return default(Done);
        });
        (await api.Get("backlog?queue=e-licence", client)).Is(401, "KEY_NEEDED");
    }

    [Fact]
    public async Task A_client_may_do_what_it_was_given_and_no_more()
    {
        using var intake = await api.NewClient(Permission.Intake);
        using var licences = await api.NewClient(Permission.PutLicences);
        var made = await api.Post("e-licence-applications", api.ELicence(), client: intake);
        Assert.Equal(201, made.Status);
        var number = api.Number();
        JsonObject licence = new() { ["document"] = new JsonObject { ["kind"] = "resident-identity-card", ["number"] = number }, ["licence"] = IntakeApi.Licence(number) };

        (await api.Put(licence, intake)).Is(403, "NOT_PERMITTED");
        Assert.Equal(200, (await api.Put(licence, licences)).Status);
        (await api.Post("e-licence-applications", api.ELicence(), client: licences)).Is(403, "NOT_PERMITTED");
        (await api.Post("id-photo-reviews", api.IdPhoto(), client: licences)).Is(403, "NOT_PERMITTED");
        (await api.Get($"requests/{made.Id}", licences)).Is(403, "NOT_PERMITTED");
        (await api.Get("backlog?queue=e-licence", licences)).Is(403, "NOT_PERMITTED");
    }

    [Fact]
    public async Task The_request_of_another_client_is_not_there()
    {
        var made = await api.SendELicence(api.ELicence());
        using var other = await api.NewClient(Permission.Intake);
        (await api.Get($"requests/{made.Id}", other)).Is(404, "NOT_FOUND");
        (await api.Get($"requests/{Guid.NewGuid()}")).Is(404, "NOT_FOUND");
        (await api.Post($"requests/{made.Id}/withdrawal", new JsonObject(), client: other)).Is(404, "NOT_FOUND");
        (await api.Post($"requests/{made.Id}/resubmission", new JsonObject { ["portrait"] = IntakeApi.Portrait }, client: other)).Is(404, "NOT_FOUND");
        Assert.Equal(200, (await api.Get($"requests/{made.Id}")).Status);
    }

    [Fact]
    public async Task The_store_holds_no_key_and_the_making_of_a_client_is_in_the_audit_log()
    {
        using var client = await api.NewClient(Permission.Intake);
        var parts = client.DefaultRequestHeaders.Authorization!.Parameter!.Split('_', 3);
        await using var db = await api.Open();
        var stored = await db.ApiClients.SingleAsync(c => c.Id == Guid.ParseExact(parts[1], "N"));
        Assert.DoesNotContain(parts[2], stored.KeyHash, StringComparison.OrdinalIgnoreCase);
        var entry = await db.AuditEntries.SingleAsync(e => e.Stream == $"client:{stored.Id}");
        Assert.Equal("ApiClientCreated", entry.Kind);
        Assert.DoesNotContain(parts[2], entry.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_makes_clients_and_only_for_the_api()
    {
        var make = api.Service<CreateApiClient>();
        var administrator = Actor.StaffMember(Guid.NewGuid(), "", Roles.Administrator, [], []);
        Assert.Null((await make.Handle(administrator, "app", [Permission.Intake], CancellationToken.None)).Refusal);
        Assert.Equal("CLIENT_PERMISSIONS", (await make.Handle(administrator, "app", [Permission.Administer], CancellationToken.None)).Refusal!.Code);
        Assert.Equal("NOT_PERMITTED", (await make.Handle(Actor.StaffMember(Guid.NewGuid(), "", Roles.Supervisor, [], []), "app", [Permission.Intake], CancellationToken.None)).Refusal!.Code);
    }

    [Fact]
    public async Task The_verb_prints_a_key_that_opens()
    {
        var verb = CreateApiClient.Verb((work, cancel) => work(api.Service<IServiceProvider>(), cancel));
        using StringWriter output = new();
        Assert.Equal(0, await verb.Parse(["--name", "app", "--permission", "put-licences", "--permission", "intake"]).InvokeAsync(new() { Output = output }));
        using HttpClient client = new() { BaseAddress = api.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", output.ToString().Trim());
        Assert.Equal(200, (await api.Get("backlog?queue=e-licence", client)).Status);
        Assert.NotEmpty(verb.Parse(["--name", "app", "--permission", "administer"]).Errors);
        Assert.NotEmpty(verb.Parse([]).Errors);
    }

    [Fact]
    public async Task The_document_describes_every_call_with_its_security_and_its_problems()
    {
        var document = (await Sent.Of(await api.Client.GetAsync("/openapi/v1.json"))).Json;
        var paths = document["paths"]!.AsObject();
        Assert.Equal(
            ["/api/v1/backlog", "/api/v1/e-licence-applications", "/api/v1/id-photo-reviews", "/api/v1/licences", "/api/v1/requests/{id}", "/api/v1/requests/{id}/resubmission", "/api/v1/requests/{id}/withdrawal"],
            paths.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["apiKey"]!["scheme"]!);
        Assert.NotEmpty(document["security"]!.AsArray());
        var post = paths["/api/v1/e-licence-applications"]!["post"]!;
        Assert.Contains(post["parameters"]!.AsArray(), p => (string)p!["name"]! == "Idempotency-Key" && (bool)p["required"]!);
        Assert.Equal(["201", "400", "401", "403", "409", "413", "415", "422", "429"], post["responses"]!.AsObject().Select(r => r.Key).Order(StringComparer.Ordinal));
        var schemas = document["components"]!["schemas"]!;
        Assert.Equal(["applicant", "licence", "photoSource", "portrait"], schemas["ELicenceBody"]!["required"]!.AsArray().Select(r => (string)r!));
        Assert.Equal(["application/json"], post["requestBody"]!["content"]!.AsObject().Select(c => c.Key));
        Assert.Equal("byte", (string)Resolve(document, schemas["ELicenceBody"]!["properties"]!["portrait"]!)["format"]!);
        Assert.Equal(["online", "real-person", "counter", "unit"], schemas["ApplicantBody"]!["properties"]!["level"]!["enum"]!.AsArray().Select(r => (string)r!));
        Assert.Contains("information-requested", schemas["ApplicantState"]!["enum"]!.AsArray().Select(r => (string)r!));
        Assert.Equal("integer", (string)schemas["IdPhotoBody"]!["properties"]!["attempts"]!["type"]!);
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? reference.Split('/')[1..].Aggregate(document, (node, name) => node[name]!) : schema;
}
