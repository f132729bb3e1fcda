using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class ReceiveIdPhotoTests(IntakeApi api)
{
    [Fact]
    public async Task A_card_becomes_a_case_with_both_sides_the_live_frame_and_the_score()
    {
        var sent = await api.SendIdPhoto(api.IdPhoto());
        Assert.True(sent.Status == 201, sent.Text);
        Assert.StartsWith("RZ", (string)sent.Json["receiptNumber"]!, StringComparison.Ordinal);
        await using var db = await api.Open();
        var made = await db.Cases.SingleAsync(c => c.Id == new CaseId(sent.Id));
        var submission = await db.Submissions.SingleAsync(s => s.Id == made.Subject);
        Assert.Equal((0.41, 3, RegistrationLevel.Online), (submission.Score, submission.Attempts, submission.Level));
        Assert.Equal((new DateOnly(2019, 5, 1), new DateOnly(2039, 5, 1)), (submission.Validity.From, submission.Validity.To));
        Assert.Equal(
            [PictureKind.CardPortraitSide, PictureKind.CardEmblemSide, PictureKind.LiveFrame],
            await db.Pictures.Where(p => p.Subject == made.Subject).OrderBy(p => p.Kind).Select(p => p.Kind).ToListAsync());
    }

    [Fact]
    public async Task A_long_term_card_is_taken_and_an_odd_span_is_left_to_the_reviewer()
    {
        var body = api.IdPhoto();
        body["cardValidity"] = new JsonObject { ["from"] = "2019-05-01", ["to"] = null };
        Assert.Equal(201, (await api.SendIdPhoto(body)).Status);
        body = api.IdPhoto();
        body["cardValidity"]!["to"] = "2031-01-01";
        Assert.Equal(201, (await api.SendIdPhoto(body)).Status);
    }

    [Theory]
    [InlineData("counter", "LEVEL_ALREADY_AUTHENTICATED")]
    [InlineData("real-person", "LEVEL_ALREADY_AUTHENTICATED")]
    [InlineData("unit", "LEVEL_UNIT")]
    public Task Accounts_that_are_authenticated_and_units_are_refused(string level, string code) => Refused(api.IdPhoto(level: level), 422, code);

    [Theory]
    [InlineData("2006-05-01", "2026-05-01", "ID_EXPIRED")]
    [InlineData("2999-05-01", null, "ID_VALIDITY_NOT_STARTED")]
    public Task A_card_that_does_not_count_today_is_refused(string from, string? to, string code)
    {
        var body = api.IdPhoto();
        body["cardValidity"] = new JsonObject { ["from"] = from, ["to"] = to };
        return Refused(body, 422, code);
    }

    [Theory]
    [InlineData("passport", "E12345678")]
    [InlineData("hong-kong-macao-taiwan-residence-permit", null)]
    public Task Only_second_generation_cards_are_reviewed(string kind, string? number)
    {
        var body = api.IdPhoto();
        body["applicant"]!["document"] = new JsonObject { ["kind"] = kind, ["number"] = number ?? CitizenId.Compose("810000", new(1990, 1, 1), 17).Value };
        return Refused(body, 422, "ID_DOCUMENT_KIND");
    }

    [Fact]
    public async Task A_second_card_while_one_is_open_is_refused()
    {
        var number = api.Number();
        Assert.Equal(201, (await api.SendIdPhoto(api.IdPhoto(number))).Status);
        await Refused(api.IdPhoto(number), 409, "OPEN_REQUEST_EXISTS");
    }

    private async Task Refused(JsonObject body, int status, string code)
    {
        await using var db = await api.Open();
        var (cases, files, records) = (await db.Cases.CountAsync(), api.PictureFiles(), await db.RefusedIntakes.CountAsync());
        var sent = await api.SendIdPhoto(body);
        sent.Is(status, code);
        Assert.Matches("[一-龥]", (string)sent.Json["detail"]!);
        Assert.Equal((cases, files, records + 1), (await db.Cases.CountAsync(), api.PictureFiles(), await db.RefusedIntakes.CountAsync()));
    }
}
