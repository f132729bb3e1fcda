using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class IdempotencyTests(IntakeApi api)
{
    [Fact]
    public async Task The_same_request_sent_twenty_times_at_once_is_one_case_and_one_answer()
    {
        await using var db = await api.Open();
        var (cases, files) = (await db.Cases.CountAsync(), api.PictureFiles());
        var (body, key) = (api.ELicence().ToJsonString(), Guid.NewGuid().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Post("e-licence-applications", body, key)));
        Assert.All(answers, a => Assert.Equal(201, a.Status));
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal((cases + 1, files + 1), (await db.Cases.CountAsync(), api.PictureFiles()));
        Assert.Equal(answers[0].Text, (await api.Post("e-licence-applications", body, key)).Text);
    }

    [Fact]
    public async Task Twenty_different_requests_of_one_person_at_once_are_one_case()
    {
        await using var db = await api.Open();
        var (cases, files) = (await db.Cases.CountAsync(), api.PictureFiles());
        var body = api.ELicence().ToJsonString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Post("e-licence-applications", body)));
        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(19, answers.Count(a => a.Status == 409 && a.Code == "OPEN_REQUEST_EXISTS"));
        Assert.Equal((cases + 1, files + 1), (await db.Cases.CountAsync(), api.PictureFiles()));
    }

    [Fact]
    public async Task A_key_belongs_to_one_request_of_one_client()
    {
        var key = Guid.NewGuid().ToString();
        Assert.Equal(201, (await api.Post("e-licence-applications", api.ELicence(), key)).Status);
        (await api.Post("e-licence-applications", api.ELicence(), key)).Is(409, "IDEMPOTENCY_KEY_REUSED");
        (await api.Post("id-photo-reviews", api.IdPhoto(), key)).Is(409, "IDEMPOTENCY_KEY_REUSED");
        using var other = await api.NewClient(Permission.Intake);
        Assert.Equal(201, (await api.Post("e-licence-applications", api.ELicence(), key, other)).Status);
    }

    [Fact]
    public async Task A_recorded_refusal_is_given_again_and_recorded_once()
    {
        var (body, key) = (api.ELicence(status: "B"), Guid.NewGuid().ToString());
        var first = await api.Post("e-licence-applications", body, key);
        await using var db = await api.Open();
        var records = await db.RefusedIntakes.CountAsync();
        var second = await api.Post("e-licence-applications", body, key);
        Assert.Equal((422, first.Text, first.MediaType), (second.Status, second.Text, second.MediaType));
        Assert.Equal(records, await db.RefusedIntakes.CountAsync());
    }

    [Fact]
    public async Task After_faulty_fields_the_corrected_request_may_use_the_key()
    {
        var (body, key) = (api.ELicence(), Guid.NewGuid().ToString());
        body["applicant"]!["phone"] = "1";
        Assert.Equal(400, (await api.Post("e-licence-applications", body, key)).Status);
        body["applicant"]!["phone"] = "13800138000";
        Assert.Equal(201, (await api.Post("e-licence-applications", body, key)).Status);
    }

    [Fact]
    public async Task A_withdrawal_sent_again_gets_the_same_answer()
    {
        var made = await api.SendELicence(api.ELicence());
        var key = Guid.NewGuid().ToString();
        var first = await api.Post($"requests/{made.Id}/withdrawal", new JsonObject(), key);
        Assert.Equal("withdrawn", (string)first.Json["state"]!);
        Assert.Equal(first.Text, (await api.Post($"requests/{made.Id}/withdrawal", new JsonObject(), key)).Text);
        (await api.Post($"requests/{made.Id}/withdrawal", new JsonObject())).Is(409, "WITHDRAWAL_TOO_LATE");
    }

    [Fact]
    public async Task A_withdrawal_needs_no_body()
    {
        var made = await api.SendELicence(api.ELicence());
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/requests/{made.Id}/withdrawal");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        Assert.Equal("withdrawn", (string)(await Sent.Of(await api.Client.SendAsync(request))).Json["state"]!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("\u00e9")]
    [InlineData("long")]
    public async Task Without_a_good_key_a_post_is_refused_and_the_header_named(string? key)
    {
        var made = await api.SendELicence(api.ELicence());
        foreach (var path in new[] { "e-licence-applications", "id-photo-reviews", $"requests/{made.Id}/resubmission", $"requests/{made.Id}/withdrawal" })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/{path}") { Content = new StringContent("{}", null, "application/json") };
            if (key is not null)
                request.Headers.TryAddWithoutValidation("Idempotency-Key", key == "long" ? new string('k', 129) : key);
            using SocketsHttpHandler handler = new() { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 };
            using HttpClient client = new(handler) { BaseAddress = api.Client.BaseAddress };
            client.DefaultRequestHeaders.Authorization = api.Client.DefaultRequestHeaders.Authorization;
            var sent = await Sent.Of(await client.SendAsync(request));
            sent.Is(400, "IDEMPOTENCY_KEY_MISSING");
            Assert.Equal(["Idempotency-Key REQUIRED"], sent.Errors);
        }
    }
}
