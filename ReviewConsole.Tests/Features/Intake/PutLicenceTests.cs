using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class PutLicenceTests(IntakeApi api)
{
    [Fact]
    public async Task The_newest_by_its_sources_time_stays()
    {
        var number = api.Number();
        foreach (var (day, status, applied, kept) in new[] { (5, "A", true, 5), (4, "B", false, 5), (5, "C", false, 5), (6, "D", true, 6) })
        {
            var sent = await api.Put(Body(number, status, day));
            Assert.True(sent.Status == 200, sent.Text);
            Assert.Equal((applied, new DateTimeOffset(2026, 1, kept, 10, 0, 0, TimeSpan.FromHours(8))), ((bool)sent.Json["applied"]!, (DateTimeOffset)sent.Json["sourceTime"]!));
        }

        await using var db = await api.Open();
        Assert.Single((await db.LicenceRecords.ToListAsync()).Where(r => r.Licence.Number == number), r => r.Licence.Status == "D");
    }

    [Fact]
    public async Task A_status_that_nobody_explained_is_recorded_and_raises_an_alarm()
    {
        await using var db = await api.Open();
        var before = await db.AuditEntries.CountAsync(e => e.Kind == "LicenceStatusAlarm");
        Assert.Equal(200, (await api.Put(Body(api.Number(), "Z", 5))).Status);
        Assert.Equal(before + 1, await db.AuditEntries.CountAsync(e => e.Kind == "LicenceStatusAlarm"));
    }

    [Fact]
    public async Task Faults_are_named()
    {
        var body = Body(api.Number(), "A", 5);
        body["licence"]!["classes"] = "";
        body["document"]!["kind"] = "card";
        Assert.Equal(["document.kind WORD_UNKNOWN", "licence.classes LICENCE_CLASSES"], (await api.Put(body)).Errors);
    }

    private static JsonObject Body(string number, string status, int day)
    {
        var licence = IntakeApi.Licence(number, status);
        licence["sourceTime"] = $"2026-01-0{day}T10:00:00+08:00";
        return new() { ["document"] = new JsonObject { ["kind"] = "resident-identity-card", ["number"] = number }, ["licence"] = licence };
    }
}
