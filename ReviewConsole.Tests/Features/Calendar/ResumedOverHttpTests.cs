using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Tests.Features.Intake;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Calendar;

/// <summary>The calendar changes while the applicant has the case: the whole way over HTTP, by a clock that the test turns (SLA-3, SLA-5).</summary>
public sealed class ResumedOverHttpTests : IAsyncLifetime
{
    private readonly Turned time = new() { Now = At(23, 13, 26) };
    private readonly IntakeApi api;

    public ResumedOverHttpTests() => api = new() { Change = services => services.AddSingleton<TimeProvider>(time) };

    [Fact]
    public async Task A_resumed_clock_goes_by_the_calendar_that_changed_meanwhile_and_its_ledger_says_why()
    {
        var admin = await api.Services.AddStaffMember("admin", Roles.Administrator);
        var made = await api.SendELicence(api.ELicence());
        time.Now = At(23, 15, 26);
        await api.Ask(made.Id, TimeSpan.FromDays(7), "PHOTO_LIGHT");
        Assert.Null((await api.Get($"requests/{made.Id}")).Json["dueAt"]);

        // Thursday lies beyond the pause: nothing is touched yet.
        time.Now = At(25, 10, 0);
        await Change(admin, Holidays.National, new(new(2026, 11, 26), false, "临时放假"), touched: 0);
        var resting = await Case(made);
        Assert.Equal([SlaEntryKind.Start, SlaEntryKind.Pause], resting.Ledger.Select(entry => entry.Kind));

        time.Now = At(25, 13, 0);
        var sent = await api.Post($"requests/{made.Id}/resubmission", new JsonObject { ["portrait"] = IntakeApi.Portrait });
        // Two hours were used. Eleven more are left of Wednesday, Thursday is off, the last eleven are of Friday.
        Assert.Equal((200, At(27, 11, 0)), (sent.Status, (DateTimeOffset)sent.Json["dueAt"]!));
        var resumed = await Case(made);
        Assert.Equal([SlaEntryKind.Start, SlaEntryKind.Pause, SlaEntryKind.Resume, SlaEntryKind.Retarget], resumed.Ledger.Select(entry => entry.Kind));
        Assert.Equal([At(24, 13, 26), null, At(26, 11, 0), At(27, 11, 0)], resumed.Ledger.Select(entry => entry.Due));
        var (resume, retarget) = (resumed.Ledger[2], resumed.Ledger[3]);
        Assert.Equal((Holidays.Shipped.Version, api.Service<Clocks>().Current.Version, RetargetCases.Why), (resume.CalendarVersion, retarget.CalendarVersion, retarget.Why));
        Assert.StartsWith("client:", retarget.By, StringComparison.Ordinal);
        var steps = api.Service<Clocks>().Of(resumed).Explain(resumed.Ledger);
        Assert.Equal(
            [
                (SlaStepKind.Start, At(23, 13, 26), 0), (SlaStepKind.Count, At(23, 13, 26), 2), (SlaStepKind.Pause, At(23, 15, 26), 0), (SlaStepKind.Count, At(25, 13, 0), 11),
                (SlaStepKind.Skip, At(26, 0, 0), 0), (SlaStepKind.Count, At(27, 0, 0), 11), (SlaStepKind.Due, At(27, 11, 0), 0), (SlaStepKind.Retarget, At(25, 13, 0), 0),
            ],
            steps.Select(step => (step.Kind, step.From, (int)step.Counted.TotalHours)));

        // It runs again: the next change reaches it by itself.
        await Change(admin, "粤B", new(new(2026, 11, 27), false, "台风停工"), touched: 1);
        Assert.Equal(At(30, 11, 0), (DateTimeOffset)(await api.Get($"requests/{made.Id}")).Json["dueAt"]!);
        var moved = await Case(made);
        Assert.Equal((5, SlaEntryKind.Retarget, admin.Id), (moved.Ledger.Count, moved.Ledger[^1].Kind, moved.Ledger[^1].By));
        Assert.Equal(moved.HalfAt, moved.WarnAt);
    }

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    private static DateTimeOffset At(int day, int hour, int minute) => new(2026, 11, day, hour, minute, 0, Shanghai.Offset);

    private async Task<ReviewCase> Case(Sent made)
    {
        await using var db = await api.Open();
        return await db.Cases.AsNoTracking().SingleAsync(c => c.Id == new CaseId(made.Id));
    }

    private async Task Change(Actor admin, string scope, NamedDay day, int touched)
    {
        var today = Shanghai.DateOf(time.GetUtcNow());
        var draft = (await api.Service<CalendarQuery>().Handle(admin, scope)).Value.Draft.Name(day);
        Assert.Equal(touched, (await api.Service<PreviewChange>().Handle(admin, draft, today)).Value.Touched);
        var revision = (await api.Service<ChangeCalendar>().Handle(admin, draft, today, touched)).Value;
        await InTime.Holds(async () =>
        {
            await using var db = await api.Open();
            return await db.CalendarRevisions.AnyAsync(r => r.Id == revision && r.Retarget == RetargetState.Finished && r.Retargeted == touched);
        });
    }

    // Only what it says is turned: the application's beats go on by the machine's clock, instead of once for each second of the days that are passed over.
    private sealed class Turned : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }
}
