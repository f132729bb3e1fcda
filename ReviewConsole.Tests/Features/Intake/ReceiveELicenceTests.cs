using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Tests.Features.Intake;

public sealed class ReceiveELicenceTests(IntakeApi api) : IClassFixture<IntakeApi>
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
}
