using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class RequestStateTests(IntakeApi api)
{
    [Fact]
    public async Task A_held_decision_still_reads_in_review_and_cannot_be_withdrawn()
    {
        var made = await api.SendELicence(api.ELicence());
        await api.Review(made.Id, api.Verdict(Outcome.Rejected, TimeSpan.FromHours(1), "PHOTO_BLUR"));
        var state = (await api.Get($"requests/{made.Id}")).Json;
        Assert.Equal("in-review", (string)state["state"]!);
        Assert.Empty(state["reasons"]!.AsArray());
        Assert.Null(state["text"]);
        Assert.Null(state["closedAt"]);
        (await api.Post($"requests/{made.Id}/withdrawal", new JsonObject())).Is(409, "WITHDRAWAL_TOO_LATE");
    }

    [Theory]
    [InlineData(Outcome.Approved, "approved", null, new string[0])]
    [InlineData(Outcome.Rejected, "rejected", "retry", new[] { "PHOTO_BLUR" })]
    [InlineData(Outcome.Rejected, "rejected", "refer", new[] { "PHOTO_BLUR", "PHOTO_NOT_APPLICANT", "LICENCE_EXPIRED" })]
    [InlineData(Outcome.Referred, "referred", null, new string[0])]
    public async Task An_outcome_reads_in_words_that_the_applicant_can_act_on(Outcome outcome, string state, string? nextStep, string[] reasons)
    {
        var made = await api.SendELicence(api.ELicence());
        await api.Decide(made.Id, outcome, reasons);
        var read = (await api.Get($"requests/{made.Id}")).Json;
        Assert.Equal((state, nextStep), ((string)read["state"]!, (string?)read["nextStep"]));
        Assert.Equal(reasons, read["reasons"]!.AsArray().Select(r => (string)r!["code"]!));
        Assert.All(read["reasons"]!.AsArray(), r => Assert.EndsWith("。", (string)r!["text"]!, StringComparison.Ordinal));
        Assert.Equal(outcome == Outcome.Rejected ? "请补拍" : null, (string?)read["text"]);
        Assert.Null(read["dueAt"]);
        Assert.NotNull(read["closedAt"]);
    }

    [Fact]
    public async Task Why_a_case_was_referred_is_not_told()
    {
        var made = await api.SendIdPhoto(api.IdPhoto());
        await api.Decide(made.Id, Outcome.Referred, "ID_FORGED");
        var read = await api.Get($"requests/{made.Id}");
        Assert.Equal("referred", (string)read.Json["state"]!);
        Assert.DoesNotContain("ID_FORGED", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_for_more_the_applicant_sends_a_new_portrait_and_the_clock_resumes()
    {
        var made = await api.SendELicence(api.ELicence());
        (await api.Post($"requests/{made.Id}/resubmission", new JsonObject { ["portrait"] = IntakeApi.Portrait })).Is(409, "NOT_RETURNED");
        await api.Ask(made.Id, TimeSpan.FromDays(7), "PHOTO_LIGHT");
        var asked = (await api.Get($"requests/{made.Id}")).Json;
        Assert.Equal(("information-requested", "请在自然光下重拍", "PHOTO_LIGHT"), ((string)asked["state"]!, (string)asked["text"]!, (string)asked["reasons"]![0]!["code"]!));
        Assert.NotNull(asked["deadline"]);
        Assert.Null(asked["dueAt"]);

        var files = api.PictureFiles();
        var sent = await api.Post($"requests/{made.Id}/resubmission", new JsonObject { ["portrait"] = IntakeApi.Portrait });
        Assert.True(sent.Status == 200, sent.Text);
        Assert.Equal("received", (string)sent.Json["state"]!);
        Assert.Equal(files + 1, api.PictureFiles());
        await using var db = await api.Open();
        var found = await db.Cases.SingleAsync(c => c.Id == new CaseId(made.Id));
        Assert.Contains(found.Ledger, e => e.Kind == SlaEntryKind.Resume);
        Assert.Equal([0, 1], await db.Pictures.Where(p => p.Subject == found.Subject).OrderBy(p => p.Round).Select(p => p.Round).ToListAsync());
        (await api.Post($"requests/{made.Id}/resubmission", new JsonObject { ["portrait"] = IntakeApi.Portrait })).Is(409, "NOT_RETURNED");
        Assert.Equal(files + 1, api.PictureFiles());
    }

    [Fact]
    public async Task A_card_review_is_resubmitted_with_what_was_missing_alone()
    {
        var made = await api.SendIdPhoto(api.IdPhoto());
        await api.Ask(made.Id, TimeSpan.FromDays(7), "ID_BLUR");
        var path = $"requests/{made.Id}/resubmission";
        Assert.Equal(["portraitSide REQUIRED"], (await api.Post(path, new JsonObject())).Errors);
        Assert.Equal(["portrait NOT_APPLICABLE"], (await api.Post(path, new JsonObject { ["portrait"] = IntakeApi.Portrait, ["emblemSide"] = IntakeApi.Card })).Errors);
        (await api.Post(path, new JsonObject { ["cardValidity"] = new JsonObject { ["from"] = "2006-05-01", ["to"] = "2026-05-01" } })).Is(422, "ID_EXPIRED");

        var sent = await api.Post(path, new JsonObject { ["emblemSide"] = IntakeApi.Card, ["cardValidity"] = new JsonObject { ["from"] = "2020-05-01", ["to"] = "2040-05-01" } });
        Assert.True(sent.Status == 200, sent.Text);
        await using var db = await api.Open();
        var found = await db.Cases.SingleAsync(c => c.Id == new CaseId(made.Id));
        Assert.Equal(new DateOnly(2040, 5, 1), (await db.Submissions.SingleAsync(s => s.Id == found.Subject)).Validity.To);
        Assert.Equal(PictureKind.CardEmblemSide, (await db.Pictures.SingleAsync(p => p.Subject == found.Subject && p.Round == 1)).Kind);
    }

    [Fact]
    public async Task A_portrait_application_takes_no_card_and_no_answer_after_the_deadline()
    {
        var made = await api.SendELicence(api.ELicence());
        await api.Ask(made.Id, TimeSpan.FromMilliseconds(1), "PHOTO_LIGHT");
        var files = api.PictureFiles();
        Assert.Equal(
            ["cardValidity NOT_APPLICABLE", "emblemSide NOT_APPLICABLE", "portrait REQUIRED"],
            (await api.Post($"requests/{made.Id}/resubmission", new JsonObject { ["emblemSide"] = "", ["cardValidity"] = new JsonObject() })).Errors.Order(StringComparer.Ordinal));
        // The case may have lapsed already: that is done in the background.
        var late = await api.Post($"requests/{made.Id}/resubmission", new JsonObject { ["portrait"] = IntakeApi.Portrait });
        late.Is(409, late.Code == "NOT_RETURNED" ? "NOT_RETURNED" : "DEADLINE_PASSED");
        Assert.Equal(files, api.PictureFiles());
    }
}
