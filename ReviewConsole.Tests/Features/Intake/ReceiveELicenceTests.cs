using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Tests.Features.Intake;

[Collection(IntakeApi.Shared)]
public sealed class ReceiveELicenceTests(IntakeApi api)
{
    [Fact]
    public async Task An_application_becomes_a_case_with_its_evidence_and_a_receipt()
    {
        var body = api.ELicence();
        body["photoSource"] = "camera";
        body["photoOnFile"] = new JsonObject { ["picture"] = IntakeApi.Portrait, ["taken"] = "2021-06-30" };
        var sent = await api.SendELicence(body);

        Assert.True(sent.Status == 201, sent.Text);
        Assert.Equal("application/json", sent.MediaType);
        await using var db = await api.Open();
        var made = await db.Cases.SingleAsync(c => c.Id == new CaseId(sent.Id));
        Assert.Equal("received", (string)sent.Json["state"]!);
        Assert.Matches($"^SQ{Shanghai.DateOf(made.ReceivedAt):yyyyMMdd}[0-9]{{5}}$", made.ReceiptNumber);
        Assert.Equal(made.ReceiptNumber, (string)sent.Json["receiptNumber"]!);
        Assert.Equal(made.DueAt, (DateTimeOffset)sent.Json["dueAt"]!);
        Assert.Equal("NO_DECISIONS_YET", (string)sent.Json["expectedDecisionUnknown"]!);
        Assert.Equal("粤B", made.Authority);
        var application = await db.Applications.SingleAsync(a => a.Id == made.Subject);
        Assert.Equal((ApplicationKind.First, PhotoSource.Camera, new DateOnly(2021, 6, 30)), (application.Kind, application.PhotoSource, application.OnFileTaken));
        Assert.Equal((string)body["licence"]!["number"]!, application.Licence.Number);
        var pictures = await db.Pictures.Where(p => p.Subject == made.Subject).OrderBy(p => p.Kind).ToListAsync();
        Assert.Equal([PictureKind.Portrait, PictureKind.PhotoOnFile], pictures.Select(p => p.Kind));
        Assert.All(pictures, p => Assert.Equal((440, 640, 0), (p.Width, p.Height, p.Round)));
        Assert.Equal(pictures[0].ContentMark, pictures[1].ContentMark);
        Assert.NotNull(await api.Service<ReviewConsole.Data.Pictures.PictureStore>().Get(pictures[0].Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("B", "LICENCE_NOT_VALID", "您的驾驶证当前状态不能申领，请先处理后再申请。")]
    [InlineData("HU", "LICENCE_NOT_VALID", "您的驾驶证当前状态不能申领，请先处理后再申请。")]
    [InlineData("M", "LICENCE_EXPIRED", "您的驾驶证已逾期，请先办理期满换证，再申领电子驾驶证。")]
    [InlineData("", "LICENCE_NOT_VALID", "您的驾驶证当前状态不能申领，请先处理后再申请。")]
    [InlineData("AX", "LICENCE_NOT_VALID", "您的驾驶证当前状态不能申领，请先处理后再申请。")]
    public async Task A_licence_that_is_not_in_force_is_refused_in_the_applicants_words_and_leaves_a_record_alone(string status, string code, string words)
    {
        var body = api.ELicence(status: status);
        await Refused(body, 422, code);
        var sent = await api.SendELicence(api.ELicence(status: status));
        Assert.Equal(words, (string)sent.Json["detail"]!);
        Assert.Equal("after-change", (string)sent.Json["reasons"]![0]!["nextStep"]!);
    }

    [Fact]
    public async Task A_status_that_nobody_explained_raises_an_alarm()
    {
        await using var db = await api.Open();
        var before = await db.AuditEntries.CountAsync(e => e.Kind == "LicenceStatusAlarm");
        await api.SendELicence(api.ELicence(status: "B"));
        Assert.Equal(before, await db.AuditEntries.CountAsync(e => e.Kind == "LicenceStatusAlarm"));
        await api.SendELicence(api.ELicence(status: "AX"));
        await api.SendELicence(api.ELicence(status: ""));
        var alarms = await db.AuditEntries.Where(e => e.Kind == "LicenceStatusAlarm").OrderByDescending(e => e.Id).Take(2).ToListAsync();
        Assert.Equal(before + 2, await db.AuditEntries.CountAsync(e => e.Kind == "LicenceStatusAlarm"));
        Assert.Contains("\"Unknown\":\"X\"", alarms[1].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_reason_against_an_application_is_told_at_once()
    {
        var sent = await api.SendELicence(api.ELicence(status: "BM", level: "online"));
        sent.Is(422, "LICENCE_NOT_VALID");
        Assert.Equal(["LICENCE_NOT_VALID", "LICENCE_EXPIRED", "LEVEL_TOO_LOW"], sent.Json["reasons"]!.AsArray().Select(r => (string)r!["code"]!));
    }

    [Theory]
    [InlineData("online", 422)]
    [InlineData("unit", 422)]
    [InlineData("counter", 201)]
    [InlineData("real-person", 201)]
    public async Task Only_an_authenticated_person_may_apply(string level, int status)
    {
        var body = api.ELicence(level: level);
        if (status == 422)
            await Refused(body, status, "LEVEL_TOO_LOW");
        else
            Assert.Equal(status, (await api.SendELicence(body)).Status);
    }

    [Fact]
    public async Task Somebody_whose_card_was_approved_here_may_apply_although_the_back_end_still_says_online()
    {
        var number = api.Number();
        var review = await api.SendIdPhoto(api.IdPhoto(number));
        await api.Do(async unit =>
        {
            var found = await unit.Db.Cases.SingleAsync(c => c.Id == new CaseId(review.Id));
            (await unit.Db.Applicants.SingleAsync(a => a.Id == found.Applicant)).Authenticate();
            return default(Done);
        });
        Assert.Equal(201, (await api.SendELicence(api.ELicence(number, level: "online"))).Status);
    }

    [Theory]
    [InlineData(-1, "A", 201)]
    [InlineData(1, "A", 422)]
    public async Task The_newer_of_snapshot_and_record_counts(int recordDaysAfterSnapshot, string snapshotStatus, int status)
    {
        var body = api.ELicence(status: snapshotStatus);
        var record = body["licence"]!.DeepClone();
        record["status"] = "D";
        record["sourceTime"] = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.FromHours(8)).AddDays(recordDaysAfterSnapshot).ToString("O");
        Assert.Equal(200, (await api.Put(new() { ["document"] = body["applicant"]!["document"]!.DeepClone(), ["licence"] = record })).Status);
        Assert.Equal(status, (await api.SendELicence(body)).Status);
    }

    [Fact]
    public async Task A_second_application_while_one_is_open_is_refused_but_not_after_its_end()
    {
        var number = api.Number();
        var first = await api.SendELicence(api.ELicence(number));
        await Refused(api.ELicence(number), 409, "OPEN_REQUEST_EXISTS");
        Assert.Equal(200, (await api.Post($"requests/{first.Id}/withdrawal", new JsonObject())).Status);
        Assert.Equal(201, (await api.SendELicence(api.ELicence(number))).Status);
    }

    [Fact]
    public async Task The_holder_of_an_e_licence_in_force_applies_again_only_after_a_renewal()
    {
        var number = api.Number();
        await Issue(number, PhotoSource.OnFile, monthsAgo: 1);
        await Refused(api.ELicence(number), 409, "E_LICENCE_IN_FORCE");

        var renewed = api.ELicence(number);
        renewed["licence"]!["validTo"] = "2040-03-01";
        Assert.Equal(201, (await api.SendELicence(renewed)).Status);
    }

    [Theory]
    [InlineData(PhotoSource.OnFile, 0, 201)]
    [InlineData(PhotoSource.Album, 5, 422)]
    [InlineData(PhotoSource.Camera, 5, 422)]
    [InlineData(PhotoSource.Camera, 7, 201)]
    public async Task A_photo_is_replaced_at_once_where_it_came_from_the_file_else_after_six_months(PhotoSource source, int monthsAgo, int status)
    {
        var number = api.Number();
        var issued = await Issue(number, source, monthsAgo);
        var sent = await api.SendELicence(api.ELicence(number, kind: "photo-replacement"));
        Assert.True(sent.Status == status, sent.Text);
        if (status == 422)
        {
            sent.Is(422, "PHOTO_REPLACED_TOO_SOON");
            Assert.Equal($"距上次更换照片不足六个月，可于{Shanghai.DateOf(issued).AddMonths(6):yyyy年M月d日}后再申请。", (string)sent.Json["detail"]!);
        }
    }

    [Fact]
    public async Task Without_an_e_licence_in_force_there_is_no_photo_to_replace()
    {
        await Refused(api.ELicence(kind: "photo-replacement"), 422, "E_LICENCE_MISSING");

        var number = api.Number();
        await Issue(number, PhotoSource.OnFile, monthsAgo: 1);
        var renewed = api.ELicence(number, kind: "photo-replacement");
        renewed["licence"]!["classes"] = "B2";
        await Refused(renewed, 422, "E_LICENCE_OUTDATED");
    }

    [Theory]
    [InlineData("photo photo photo", true)]
    [InlineData("photo photo", false)]
    [InlineData("photo photo approved photo", false)]
    [InlineData("photo approved photo photo photo", true)]
    [InlineData("photo photo licence photo", false)]
    [InlineData("photo photo too-soon photo", false)]
    [InlineData("photo photo withdrawn photo", true)]
    [InlineData("photo referred photo photo", false)]
    public async Task Three_photo_rejections_in_a_row_send_the_applicant_to_the_counter(string outcomes, bool counter)
    {
        var number = api.Number();
        foreach (var outcome in outcomes.Split(' '))
        {
            var sent = await api.SendELicence(api.ELicence(number));
            Assert.True(sent.Status == 201, sent.Text);
            await (outcome switch
            {
                "photo" => api.Decide(sent.Id, Outcome.Rejected, "PHOTO_BLUR"),
                "licence" => api.Decide(sent.Id, Outcome.Rejected, "LICENCE_NOT_VALID"),
                "too-soon" => api.Decide(sent.Id, Outcome.Rejected, "PHOTO_REPLACED_TOO_SOON"),
                "approved" => api.Decide(sent.Id, Outcome.Approved),
                "referred" => api.Decide(sent.Id, Outcome.Referred),
                _ => (Task)api.Post($"requests/{sent.Id}/withdrawal", new JsonObject()),
            });
        }

        if (counter)
            await Refused(api.ELicence(number), 422, "COUNTER_NEEDED");
        else
            Assert.Equal(201, (await api.SendELicence(api.ELicence(number))).Status);
    }

    private async Task<DateTimeOffset> Issue(string number, PhotoSource source, int monthsAgo)
    {
        var first = await api.SendELicence(api.ELicence(number));
        Assert.True(first.Status == 201, first.Text);
        await api.Post($"requests/{first.Id}/withdrawal", new JsonObject());
        return await api.Do(async unit =>
        {
            var found = await unit.Db.Cases.SingleAsync(c => c.Id == new CaseId(first.Id));
            var licence = (await unit.Db.Applications.SingleAsync(a => a.Id == found.Subject)).Licence;
            var issued = unit.Now.AddMonths(-monthsAgo);
            unit.Db.ELicences.Add(ELicence.Issue(ELicenceId.New(), found.Applicant, first.Id, licence, source, Guid.NewGuid(), issued));
            return issued;
        });
    }

    /// <summary>Refused with this code: one record of it, no case, no picture, and the applicant stays as they were.</summary>
    private async Task Refused(JsonObject body, int status, string code)
    {
        await using var db = await api.Open();
        var (cases, files, rows, applicants, records) = (await db.Cases.CountAsync(), api.PictureFiles(), await db.Pictures.CountAsync(), await db.Applicants.CountAsync(), await db.RefusedIntakes.CountAsync());
        var sent = await api.SendELicence(body);
        sent.Is(status, code);
        Assert.Equal(code, (string)sent.Json["reasons"]![0]!["code"]!);
        Assert.Equal((cases, files, rows, applicants), (await db.Cases.CountAsync(), api.PictureFiles(), await db.Pictures.CountAsync(), await db.Applicants.CountAsync()));
        var record = await db.RefusedIntakes.OrderByDescending(r => r.Id).FirstAsync();
        Assert.Equal((records + 1, code, "e-licence", "粤B"), (await db.RefusedIntakes.CountAsync(), record.Code, record.Queue, record.Authority));
    }
}
