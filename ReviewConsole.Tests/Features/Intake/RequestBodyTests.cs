using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class RequestBodyTests(IntakeApi api)
{
    public static TheoryData<string, string?, string> ELicenceFaults() => new()
    {
        { "applicant", null, "REQUIRED" },
        { "applicant.name", null, "REQUIRED" },
        { "applicant.name", "\"\"", "NAME_EMPTY" },
        { "applicant.name", "\"陈1\"", "NAME_CHARACTERS" },
        { "applicant.name", "\"<b>陈</b>\"", "NAME_CHARACTERS" },
        { "applicant.document", null, "REQUIRED" },
        { "applicant.document.kind", "\"driving-licence\"", "WORD_UNKNOWN" },
        { "applicant.document.kind", "\"0\"", "WORD_UNKNOWN" },
        { "applicant.document.number", null, "REQUIRED" },
        { "applicant.document.number", "\"110105194912310021\"", "ID_NUMBER_CHECK" },
        { "applicant.document.number", "\"11010519491331002X\"", "ID_NUMBER_BIRTH_DATE" },
        { "applicant.document.number", "\"12345\"", "ID_NUMBER_FORM" },
        { "applicant.phone", "\"12345\"", "PHONE_FORM" },
        { "applicant.phoneSource", "\"guess\"", "WORD_UNKNOWN" },
        { "applicant.level", null, "REQUIRED" },
        { "licence", null, "REQUIRED" },
        { "licence.number", "\"11010519491231002X\"", "LICENCE_NUMBER" },
        { "licence.status", null, "REQUIRED" },
        { "licence.classes", "\"Q9\"", "LICENCE_CLASSES" },
        { "licence.validFrom", "\"2020-02-30\"", "DATE_FORM" },
        { "licence.validTo", "\"2019-01-01\"", "LICENCE_PERIOD" },
        { "licence.authority", "\"京A\"", "AUTHORITY_UNKNOWN" },
        { "licence.sourceTime", "\"2026-01-05T10:00:00\"", "TIME_FORM" },
        { "licence.sourceTime", "\"2999-01-05T10:00:00Z\"", "TIME_IN_FUTURE" },
        { "kind", "\"second\"", "WORD_UNKNOWN" },
        { "photoSource", null, "REQUIRED" },
        { "portrait", null, "REQUIRED" },
        { "portrait", "\"\"", "PICTURE_EMPTY" },
        { "portrait", "\"not base64!\"", "BASE64" },
        { "portrait", "\"aGVsbG8gd29ybGQ=\"", "PICTURE_UNKNOWN" },
        { "photoOnFile", "{\"picture\":\"!\"}", "BASE64" },
        { "photoOnFile", "{\"taken\":\"2999-01-01\"}", "DATE_IN_FUTURE" },
    };

    public static TheoryData<string, string, string> Unreadable() => new()
    {
        { "{", "", "JSON_SYNTAX" },
        { "{\"applicant\":{\"name\":\"陈\"", "applicant", "JSON_SYNTAX" },
        { "{\"applicant\":{\"nickname\":\"陈\"}}", "applicant.nickname", "JSON_MEMBER_UNKNOWN" },
        { "{\"Applicant\":{}}", "Applicant", "JSON_MEMBER_UNKNOWN" },
        { "{\"kind\":\"first\",\"kind\":\"first\"}", "kind", "JSON_MEMBER_TWICE" },
        { "{\"applicant\":{\"name\":1}}", "applicant.name", "JSON_TYPE" },
        { "{\"portrait\":[1,2]}", "portrait", "JSON_TYPE" },
        { "[]", "", "JSON_TYPE" },
        { "null", "", "JSON_TYPE" },
        { "{\"applicant\":{}} {}", "", "JSON_SYNTAX" },
    };

    [Theory]
    [MemberData(nameof(ELicenceFaults))]
    public async Task A_fault_is_told_by_the_field_that_the_sender_wrote(string field, string? json, string code)
    {
        var body = api.ELicence();
        var path = field.Split('.');
        var parent = path[..^1].Aggregate((JsonNode)body, (node, name) => node[name]!);
        if (json is null)
            parent.AsObject().Remove(path[^1]);
        else
            parent[path[^1]] = JsonNode.Parse(json);
        var sent = await api.SendELicence(body);
        sent.Is(400, "FIELDS_INVALID");
        Assert.Contains(sent.Errors, e => e.StartsWith(field, StringComparison.Ordinal) && e.EndsWith($" {code}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_faults_of_a_card_review_are_told_at_once()
    {
        var body = api.IdPhoto();
        (body["score"], body["attempts"], body["authority"]) = (1.5, 0, "X");
        body["cardValidity"] = new JsonObject { ["from"] = "2020-01-01", ["to"] = "2019-01-01" };
        body.Remove("liveFrame");
        body["emblemSide"] = "aGVsbG8gd29ybGQ=";
        body["applicant"]!["phone"] = "1";
        var sent = await api.SendIdPhoto(body);
        sent.Is(400, "FIELDS_INVALID");
        Assert.Equal(
            ["applicant.phone PHONE_FORM", "attempts NUMBER_RANGE", "authority AUTHORITY_UNKNOWN", "cardValidity.to ID_VALIDITY_ORDER", "emblemSide PICTURE_UNKNOWN", "liveFrame REQUIRED", "score NUMBER_RANGE"],
            sent.Errors.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_is_no_strict_json_is_told_by_line_position_and_field(string body, string field, string code)
    {
        var sent = await api.Post("e-licence-applications", body);
        sent.Is(400, "JSON_INVALID");
        Assert.Equal([$"{field} {code}"], sent.Errors);
        Assert.Matches("^The body cannot be read at line 1, byte [0-9]+\\.$", (string)sent.Json["detail"]!);
    }

    [Fact]
    public async Task Whatever_is_sent_the_answer_is_a_problem_and_nothing_is_kept()
    {
        await using var db = await api.Open();
        var (cases, files) = (await db.Cases.CountAsync(), api.PictureFiles());
        var valid = api.ELicence().ToJsonString();
        // Random bytes, and a good request of which a stretch was cut out, doubled or overwritten.
        var rubbish = Gen.OneOf(
            Gen.Byte.Array[0, 200],
            Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Int[1, 60], Gen.Byte.Array[0, 20]).Select((at, length, put) =>
            {
                // Most of the request is the picture: faults are put around it as well.
                var start = at % 3 == 0 ? at : at % (valid.Length - IntakeApi.Portrait.Length) % 400;
                return (byte[])[.. Encoding.UTF8.GetBytes(valid[..start]), .. put, .. Encoding.UTF8.GetBytes(valid[Math.Min(start + length, valid.Length)..])];
            }));
        await rubbish.SampleAsync(
            async bytes =>
            {
                using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/e-licence-applications") { Content = new ByteArrayContent(bytes) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
                var sent = await Sent.Of(await api.Client.SendAsync(request));
                Assert.True(sent.Status is 400 or 409 or 422 or 201, $"{sent.Status} {sent.Text}");
                Assert.DoesNotContain("Exception", sent.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("陈", sent.Text, StringComparison.Ordinal);
            },
            iter: 300,
            threads: 2);
        Assert.InRange(await db.Cases.CountAsync(), cases, cases + 1);
        Assert.InRange(api.PictureFiles(), files, files + 1);
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/e-licence-applications") { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };
        request.Headers.Add("Idempotency-Key", "k");
        (await Sent.Of(await api.Client.SendAsync(request))).Is(415, "CONTENT_TYPE");
    }

    [Fact]
    public async Task Addresses_and_methods_that_there_are_not_are_problems_too()
    {
        (await api.Get("nothing")).Is(404, "NOT_FOUND");
        (await api.Get("e-licence-applications")).Is(405, "METHOD_NOT_ALLOWED");
        (await api.Post("backlog", "{}")).Is(405, "METHOD_NOT_ALLOWED");
        (await api.Get("requests/7")).Is(404, "NOT_FOUND");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read(bool chunked)
    {
        using EndlessContent content = new(chunked);
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/e-licence-applications") { Content = content };
        request.Headers.Add("Idempotency-Key", "k");
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = chunked;
        try
        {
            (await Sent.Of(await api.Client.SendAsync(request))).Is(413, "BODY_TOO_LARGE");
        }
        catch (HttpRequestException) when (chunked)
        {
            // Without a length the limit is met in the middle: the connection is closed, perhaps before the answer was read.
        }

        Assert.InRange(content.Sent, 0, chunked ? EndlessContent.Total / 2 : 0);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_named()
    {
        var body = api.IdPhoto();
        body["emblemSide"] = Convert.ToBase64String([.. Convert.FromBase64String(IntakeApi.Card), .. new byte[5_000_000]]);
        var sent = await api.SendIdPhoto(body);
        sent.Is(400, "FIELDS_INVALID");
        Assert.Equal(["emblemSide PICTURE_TOO_LARGE"], sent.Errors);
    }

    [Theory]
    [InlineData("阿依古丽•买买提", "阿依古丽·买买提")]
    [InlineData("𠮷野𣲚", "𠮷野𣲚")]
    [InlineData("  John O’Neil-Smith ", "John O'Neil-Smith")]
    [InlineData("〇", "〇")]
    public async Task Names_of_every_script_are_kept(string sent, string kept)
    {
        var number = api.Number();
        var body = api.ELicence(number);
        body["applicant"]!["name"] = sent;
        var answer = await api.SendELicence(body);
        Assert.True(answer.Status == 201, answer.Text);
        await using var db = await api.Open();
        var made = await db.Cases.SingleAsync(c => c.Id == new CaseId(answer.Id));
        Assert.StartsWith(kept[..1], (await db.Applicants.SingleAsync(a => a.Id == made.Applicant)).Name.Value, StringComparison.Ordinal);
    }

    /// <summary>100 MB of spaces, with their length told or in chunks; it counts what was really taken off its hands.</summary>
    private sealed class EndlessContent : HttpContent
    {
        public const long Total = 1_000_000_000;
        private readonly bool chunked;

        public EndlessContent(bool chunked)
        {
            this.chunked = chunked;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var spaces = Enumerable.Repeat((byte)' ', 1 << 16).ToArray();
            for (; Sent < Total; Sent += spaces.Length)
                await stream.WriteAsync(spaces.AsMemory(0, (int)Math.Min(spaces.Length, Total - Sent)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Total;
            return !chunked;
        }
    }
}
