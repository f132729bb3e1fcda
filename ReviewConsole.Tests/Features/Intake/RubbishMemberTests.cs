using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Tests.Photos;
using ReviewConsole.Tests.Support;
using SkiaSharp;

namespace ReviewConsole.Tests.Features.Intake;

/// <summary>Requests that are in order but for one member: it is named, or it can be worked with; and what is not decided leaves nothing behind.</summary>
[Collection(IntakeApi.Shared)]
public sealed class RubbishMemberTests(IntakeApi api)
{
    /// <summary>The smallest picture that is taken: decoding is not what is tested here.</summary>
    private static readonly string Picture = Small();

    /// <summary>What may stand in a text, as JSON.</summary>
    private static readonly string[] Texts =
    [
        "\"\"", "\" \"", "\"\\u0000\"", "\"王\\u0000明\"", "\"\\ud842\"", "\"\\udfb7王\"", "\"王\\u202e明\"", "\"王\\u2066明\\u2069\"", "\"王\\u200b明\"", "\"\\ufeff王明\"", "\"王\\ufe0f\"", "\"王\\udb40\\udd00\"",
        "\"\\u3164\"", "\"e\\u034f\"", "\"\\u0301\"", "\"１３８\"", "\"2026-02-30\"", "\"0001-01-01\"", "\"9999-12-31\"", "\"10000-01-01\"", "\"-0001-01-01\"", "\"２０２０-01-01\"", "\"0001-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"2026-01-01T24:00:00+08:00\"", "\"2026-01-01T00:00:00+99:00\"", "\"20260101T000000Z+08:00\"", "\"<script>alert(1)</script>\"",
        "\"'; drop table Applicants; --\"", "\"{0}{1}%s%n\"", "\"..\\\\..\\\\x\"", "\"NaN\"", "null", "0", "1e999",
    ];

    private static readonly string[] Numbers = ["-1", "0", "1e999", "-1e999", "1e-999", "99999999999999999999", "0.5", "-0", "null", "\"1\"", "1001", "1.0000001", "\"NaN\"", "\"Infinity\""];

    public static TheoryData<string, string> Dots() => new()
    {
        { "·", "U+00B7" }, { "•", "U+2022" }, { "‧", "U+2027" }, { "・", "U+30FB" }, { "⋅", "U+22C5" }, { "∙", "U+2219" }, { "･", "U+FF65" }, { "．", "U+FF0E" }, { "\u0387", "U+0387" }, { " · ", "between spaces" },
    };

    public static TheoryData<string, string> Rare() => new()
    {
        { "𠮷田", "𠮷田" },
        { "㐂翔", "㐂翔" },
        { "王䶮", "王䶮" },
        { "李\U00030EDE\U00031350", "李\U00030EDE\U00031350" },
        { "〇一", "〇一" },
        { "Zoe\u0308 Ren\u0065\u0301e", "Zoë Renée" },
        { "さか\u3099", "さが" },
    };

    [Theory]
    [InlineData("e-licence-applications")]
    [InlineData("id-photo-reviews")]
    [InlineData("licences")]
    public async Task Whatever_stands_in_a_member_is_named_or_can_be_worked_with(string path)
    {
        List<string> faults = [];
        var members = Leaves(Body(path), "").ToList();
        Assert.NotEmpty(members);
        foreach (var (member, isText) in members)
        {
            foreach (var json in (string[])[.. isText ? Texts : Numbers, $"\"{new string('x', isText ? 1_000_000 : 10)}\"", $"\"{new string('１', 500)}\""])
            {
                var before = await StoreCount.OfRequests(api.Services);
                var body = Body(path);
                var names = member.Split('.');
                names[..^1].Aggregate((JsonNode)body, (node, name) => node[name]!)[names[^1]] = "@@";
                var sent = await Send(path, body.ToJsonString().Replace("\"@@\"", json, StringComparison.Ordinal));
                var what = $"{member} = {json[..Math.Min(json.Length, 60)]}: {sent.Status} {sent.Text}";
                if (sent.Status is not (200 or 201 or 400 or 409 or 422))
                    faults.Add(what);
                else if (sent.Status == 400 && (!sent.Errors.Any() || sent.Errors.Any(e => !Belongs(e.Split(' ')[0], member))))
                    faults.Add($"another field is named; {what}");
                else if (sent.Status == 400 && before != await StoreCount.OfRequests(api.Services))
                    faults.Add($"something was kept; {what}");
                if (sent.Status == 400 && json.Length > 60 && sent.Text.Contains(json[1..40], StringComparison.Ordinal))
                    faults.Add($"repeats what was sent; {what}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
        Assert.Equal("0", await StoreCount.Torn(api.Services));
        Assert.True((await api.Client.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    [Theory]
    [MemberData(nameof(Rare))]
    public async Task A_rare_name_is_kept_and_found_as_it_was_written(string written, string kept)
    {
        var applicant = await Applicant(written);
        Assert.Equal(kept, applicant.Name.Value);
        await using var db = await api.Open();
        Assert.True(Index(written, out var index, db));
        Assert.Contains(applicant.Id, await db.Applicants.Where(a => EF.Property<string>(a, ApplicantMapping.NameIndex) == index).Select(a => a.Id).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Dots))]
    public async Task A_name_is_found_whichever_dot_it_was_written_with(string dot, string what)
    {
        var applicant = await Applicant($"古丽{dot}买买提");
        await using var db = await api.Open();
        Assert.True(Index("古丽·买买提", out var index, db));
        Assert.True("古丽·买买提" == applicant.Name.Value, what);
        Assert.Contains(applicant.Id, await db.Applicants.Where(a => EF.Property<string>(a, ApplicantMapping.NameIndex) == index).Select(a => a.Id).ToListAsync());
    }

    [Fact]
    public async Task Numbers_may_be_typed_full_width()
    {
        var number = api.Number();
        var body = Body("e-licence-applications", number);
        body["applicant"]!["document"]!["number"] = string.Concat(number.Select(c => c is >= '0' and <= '9' ? (char)(c - '0' + '０') : c));
        body["applicant"]!["phone"] = "１３８ ００１３ ８０００";
        var sent = await Send("e-licence-applications", body.ToJsonString());
        Assert.True(sent.Status == 201, sent.Text);
        await using var db = await api.Open();
        var made = await db.Cases.SingleAsync(c => c.Id == new CaseId(sent.Id));
        var applicant = await db.Applicants.SingleAsync(a => a.Id == made.Applicant);
        Assert.Equal((number, "13800138000"), (applicant.Document.Number, applicant.Phone.Value));
    }

    [PortraitsTheory]
    [InlineData("portrait")]
    [InlineData("photoOnFile.picture")]
    [InlineData("portraitSide")]
    [InlineData("emblemSide")]
    [InlineData("liveFrame")]
    public async Task Every_hostile_file_is_refused_by_its_field_or_stored_whole(string field)
    {
        var files = Directory.GetFiles(Path.Combine(TestPortraits.Folder!, "hostile"));
        var taken = 0;
        foreach (var file in files)
        {
            var before = await StoreCount.OfRequests(api.Services);
            var path = field.StartsWith('p') && field != "portraitSide" ? "e-licence-applications" : "id-photo-reviews";
            var body = Body(path);
            var names = field.Split('.');
            names[..^1].Aggregate((JsonNode)body, (node, name) => node[name]!)[names[^1]] = Convert.ToBase64String(await File.ReadAllBytesAsync(file));
            var sent = await Send(path, body.ToJsonString());
            if (sent.Status == 201)
            {
                taken++;
            }
            else
            {
                sent.Is(400, "FIELDS_INVALID");
                Assert.StartsWith($"{field} PICTURE_", Assert.Single(sent.Errors), StringComparison.Ordinal);
                Assert.NotEqual((string)sent.Json["errors"]![0]!["code"]!, (string)sent.Json["errors"]![0]!["message"]!);
                Assert.Equal(before, await StoreCount.OfRequests(api.Services));
            }
        }

        Assert.True(files.Length > 15);
        Assert.InRange(taken, 1, files.Length - 10);
        Assert.Equal("0", await StoreCount.Torn(api.Services));
    }

    private static bool Belongs(string field, string member) =>
        field == member || member.StartsWith(field + '.', StringComparison.Ordinal) || field.Split('.')[0] == member.Split('.')[0] && field.Split('.').Length == member.Split('.').Length;

    private static IEnumerable<(string Path, bool IsText)> Leaves(JsonObject body, string before) => body.SelectMany(member =>
        member.Value is JsonObject inner ? Leaves(inner, $"{before}{member.Key}.") : [(before + member.Key, member.Value!.GetValueKind() == System.Text.Json.JsonValueKind.String)]);

    private static string Small()
    {
        using SKBitmap picture = new(64, 64);
        picture.Erase(SKColors.White);
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return Convert.ToBase64String(png.ToArray());
    }

    private static bool Index(string written, out string index, ReviewConsole.Data.ReviewDb db)
    {
        var read = ReviewConsole.Domain.People.PersonName.TryParse(written, out var name, out _);
        index = read ? db.IndexOf(name!) : "";
        return read;
    }

    private async Task<ReviewConsole.Domain.People.Applicant> Applicant(string name)
    {
        var body = Body("e-licence-applications");
        body["applicant"]!["name"] = name;
        var sent = await Send("e-licence-applications", body.ToJsonString());
        Assert.True(sent.Status == 201, sent.Text);
        await using var db = await api.Open();
        var made = await db.Cases.SingleAsync(c => c.Id == new CaseId(sent.Id));
        return await db.Applicants.SingleAsync(a => a.Id == made.Applicant);
    }

    private JsonObject Body(string path, string? number = null)
    {
        number ??= api.Number();
        if (path == "licences")
        {
            JsonObject record = new() { ["document"] = new JsonObject { ["kind"] = "resident-identity-card", ["number"] = number }, ["licence"] = IntakeApi.Licence(number) };
            record["licence"]!["extensionUntil"] = "2031-01-01";
            return record;
        }

        if (path == "id-photo-reviews")
        {
            var review = api.IdPhoto(number);
            (review["portraitSide"], review["emblemSide"], review["liveFrame"]) = (Picture, Picture, Picture);
            return review;
        }

        var body = api.ELicence(number, kind: "first");
        body["licence"]!["extensionUntil"] = "2031-01-01";
        body["photoOnFile"] = new JsonObject { ["picture"] = Picture, ["taken"] = "2020-01-01" };
        body["portrait"] = Picture;
        return body;
    }

    private async Task<Sent> Send(string path, string body)
    {
        using HttpRequestMessage request = new(path == "licences" ? HttpMethod.Put : HttpMethod.Post, $"/api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await Sent.Of(await api.Client.SendAsync(request));
    }
}
