using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class PrivacyTests(IntakeApi api)
{
    [Fact]
    public async Task No_name_number_phone_or_picture_stands_in_clear_in_the_store()
    {
        var (name, phone) = ("欧阳清如", "13987654321");
        string[] numbers = [api.Number(), api.Number(), api.Number(), api.Number()];
        Assert.Equal(201, (await api.SendELicence(Named(api.ELicence(numbers[0])))).Status);
        Assert.Equal(422, (await api.SendELicence(Named(api.ELicence(numbers[1], status: "F")))).Status);
        Assert.Equal(201, (await api.SendIdPhoto(Named(api.IdPhoto(numbers[2])))).Status);
        Assert.Equal(200, (await api.Put(new() { ["document"] = new JsonObject { ["kind"] = "resident-identity-card", ["number"] = numbers[3] }, ["licence"] = IntakeApi.Licence(numbers[3]) })).Status);

        await using (var db = await api.Open())
            await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)");
        byte[] jpeg = [0xFF, 0xD8, 0xFF];
        var looked = 0;
        foreach (var path in Directory.EnumerateFiles(api.Folder, "*", SearchOption.AllDirectories))
        {
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using MemoryStream bytes = new();
            await file.CopyToAsync(bytes);
            var content = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
            looked += content.IndexOf("RZ2"u8) >= 0 ? 1 : 0;
            foreach (var secret in (string[])[name, phone, .. numbers])
            {
                Assert.True(content.IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{Path.GetFileName(path)} holds {secret}");
                Assert.True(content.IndexOf(Encoding.Unicode.GetBytes(secret)) < 0, $"{Path.GetFileName(path)} holds {secret}");
            }

            Assert.False(path.EndsWith(".pic", StringComparison.Ordinal) && content.StartsWith(jpeg));
        }

        // The receipt number does stand there: the search would have found what it looked for.
        Assert.True(looked > 0);

        JsonObject Named(JsonObject body)
        {
            (body["applicant"]!["name"], body["applicant"]!["phone"]) = (name, phone);
            return body;
        }
    }

    [Fact]
    public async Task No_answer_repeats_what_is_personal()
    {
        var number = api.Number();
        var body = api.ELicence(number);
        var made = await api.SendELicence(body);
        var wrong = (JsonObject)body.DeepClone();
        (wrong["applicant"]!["name"], wrong["applicant"]!["phone"]) = ("欧阳清如1", "1398765432");
        foreach (var sent in new[] { made, await api.Get($"requests/{made.Id}"), await api.SendELicence(body), await api.SendELicence(wrong), await api.Post("e-licence-applications", body.ToJsonString() + "}") })
        {
            Assert.DoesNotContain(number, sent.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("欧阳", sent.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("1398765432", sent.Text, StringComparison.Ordinal);
        }
    }
}
