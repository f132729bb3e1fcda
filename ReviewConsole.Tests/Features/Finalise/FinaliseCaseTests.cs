using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Finalise;

public sealed class FinaliseCaseTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private readonly Casework work;

    public FinaliseCaseTests() => work = new(store);

    [Fact]
    public async Task Nothing_has_happened_before_the_hold_ends()
    {
        var id = await work.Application();
        await work.Decide(id);
        await work.Settle(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));

        var held = await work.Case(id);
        Assert.Equal(CaseState.Decided, held.State);
        Assert.Empty(await work.Notices(id));
        Assert.Empty(await work.ELicences(held.Applicant));
    }

    [Fact]
    public async Task An_approval_issues_the_e_licence_tells_the_applicant_and_is_audited()
    {
        var id = await work.Application();
        await work.Decide(id);
        await work.Settle();

        var closed = await work.Case(id);
        Assert.Equal((CaseState.Closed, Outcome.Approved), (closed.State, closed.Outcome!.Value));
        var issued = Assert.Single(await work.ELicences(closed.Applicant));
        Assert.Equal((id.Value, "C1", null), (issued.CaseId, issued.Classes, issued.WithdrawnAt));
        Assert.Equal([nameof(ELicenceIssued)], await work.Audited($"e-licence:{issued.Id}"));
        var notice = Assert.Single(await work.Notices(id));
        Assert.Equal(("e-licence-approved", "13812345678"), (notice.Template, notice.Receiver));
        Assert.Contains(closed.ReceiptNumber, notice.Sms, StringComparison.Ordinal);
        await using var db = await store.Open();
        Assert.Equal([Channel.Sms, Channel.App], await db.Deliveries.Where(d => d.Notice == notice.Id).OrderBy(d => d.Channel).Select(d => d.Channel).ToListAsync());
        Assert.False(await db.Outbox.AnyAsync(m => m.Topic != Effects.Check));
    }

    [Fact]
    public async Task A_rejection_names_its_reasons_and_gives_nothing()
    {
        var id = await work.Application();
        await work.Decide(id, new(Outcome.Rejected, ["PHOTO_HAT", "PHOTO_BLUR"], "请在室内拍摄"));
        await work.Settle();

        var notice = Assert.Single(await work.Notices(id));
        Assert.Equal("e-licence-rejected", notice.Template);
        Assert.Contains("1.请脱帽后重拍。\n2.照片模糊，请对焦后重拍。\n3.请在室内拍摄。\n请按上述要求准备后", notice.Body, StringComparison.Ordinal);
        Assert.Empty(await work.ELicences((await work.Case(id)).Applicant));
    }

    [Fact]
    public async Task After_an_undo_only_the_second_decision_takes_effect_and_only_after_its_own_hold()
    {
        var id = await work.Application();
        await work.Decide(id);
        store.Time.Advance(TimeSpan.FromSeconds(6));
        await work.Undo(id);
        await work.DecideClaimed(id, new(Outcome.Rejected, ["PHOTO_HAT"]));
        await work.Settle(TimeSpan.FromSeconds(5));
        Assert.Equal(CaseState.Decided, (await work.Case(id)).State);
        Assert.Empty(await work.Notices(id));

        await work.Settle(TimeSpan.FromSeconds(5));
        Assert.Equal(Outcome.Rejected, (await work.Case(id)).Outcome);
        Assert.Equal("e-licence-rejected", Assert.Single(await work.Notices(id)).Template);
        Assert.Equal(0, await work.Waiting(Effects.Finalise));
    }

    [Fact]
    public async Task An_undone_decision_never_takes_effect()
    {
        var id = await work.Application();
        await work.Decide(id);
        await work.Undo(id);
        await work.Settle(TimeSpan.FromMinutes(1));

        Assert.Equal(CaseState.Claimed, (await work.Case(id)).State);
        Assert.Empty(await work.Notices(id));
        Assert.Equal(0, await work.Waiting(Effects.Finalise));
    }

    [Fact]
    public async Task Workers_in_parallel_and_again_later_have_the_effect_once()
    {
        var id = await work.Application();
        await work.Decide(id);
        store.Time.Advance(TimeSpan.FromSeconds(10));
        var ticket = await work.Ticket(Effects.Finalise, id.ToString());
        var worker = store.Services.GetServices<IOutboxWorker>().OfType<FinaliseCase>().Single();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => worker.Work(ticket, default))));
        await worker.Work(ticket, default);
        await store.Drain();

        Assert.Single(await work.Notices(id));
        Assert.Single(await work.ELicences((await work.Case(id)).Applicant));
        Assert.Single(await work.Audited(CaseEvent.StreamOf(id)), nameof(CaseClosed));
    }

    [Fact]
    public async Task However_decisions_and_undos_fall_each_case_is_told_of_once_and_as_last_decided() =>
        await Gen.Select(Gen.Int[0, 2], Gen.Int[0, 12]).Array[1, 8].SampleAsync(async steps =>
        {
            var id = await work.Application();
            await work.Open(id);
            await work.Claim(id);
            Outcome? held = null, expected = null;
            DateTimeOffset until = default;
            foreach (var (act, seconds) in steps)
            {
                if (expected is not null)
                    break;
                if (held is null && act < 2)
                {
                    held = act == 0 ? Outcome.Approved : Outcome.Rejected;
                    await work.DecideClaimed(id, act == 0 ? null : new(Outcome.Rejected, ["PHOTO_HAT"]));
                    until = store.Time.GetUtcNow().AddSeconds(10);
                }
                else if (held is not null && act == 2)
                {
                    await work.Undo(id);
                    held = null;
                }

                await work.Settle(TimeSpan.FromSeconds(seconds));
                if (held is not null && store.Time.GetUtcNow() >= until)
                    expected = held;
            }

            await work.Settle(TimeSpan.FromSeconds(10));
            expected ??= held;
            Assert.Equal(expected, (await work.Case(id)).Outcome);
            Assert.Equal(expected is { } outcome ? [Notices.For(outcome, Queues.ELicence)] : [], (await work.Notices(id)).Select(n => n.Template));
            Assert.Equal(expected == Outcome.Approved ? 1 : 0, (await work.ELicences((await work.Case(id)).Applicant)).Count);
        }, iter: 15, threads: 1);

    [Fact]
    public async Task A_new_photo_withdraws_the_e_licence_that_had_the_old_one()
    {
        var person = await work.Person();
        await Approve(await work.Application(person));
        await Approve(await work.Application(person, ApplicationKind.PhotoReplacement));

        var both = await work.ELicences(person);
        Assert.Equal([IssueELicence.Replaced, null], both.Select(e => e.WithdrawnWhy));
        Assert.Equal(both[0].Id, both[1].Replaces);
        Assert.Equal([nameof(ELicenceIssued), nameof(ELicenceWithdrawn)], await work.Audited($"e-licence:{both[0].Id}"));
    }

    [Fact]
    public async Task After_a_renewal_the_outdated_e_licence_is_withdrawn()
    {
        var person = await work.Person();
        await Approve(await work.Application(person));
        await Approve(await work.Application(person, licence: Casework.Licence("B2")));

        var both = await work.ELicences(person);
        Assert.Equal([(IssueELicence.Outdated, "C1"), (null, "B2")], both.Select(e => (e.WithdrawnWhy, e.Classes)));
        Assert.Null(both[1].Replaces);
    }

    [Fact]
    public async Task Where_one_is_in_force_already_the_case_closes_and_the_applicant_is_told_so()
    {
        var person = await work.Person();
        await Approve(await work.Application(person));
        var second = await work.Application(person);
        await Approve(second);

        Assert.Equal(Outcome.Approved, (await work.Case(second)).Outcome);
        Assert.Single(await work.ELicences(person));
        Assert.Equal(Notices.ELicenceHeld, Assert.Single(await work.Notices(second)).Template);
    }

    [Fact]
    public async Task A_new_photo_for_an_e_licence_that_is_gone_closes_and_says_so()
    {
        var id = await work.Application(kind: ApplicationKind.PhotoReplacement);
        await Approve(id);

        Assert.Empty(await work.ELicences((await work.Case(id)).Applicant));
        Assert.Equal(Notices.ELicenceGone, Assert.Single(await work.Notices(id)).Template);
    }

    [Fact]
    public async Task An_approved_card_completes_real_person_authentication()
    {
        var id = await work.Submission();
        await Approve(id);

        await using var db = await store.Open();
        Assert.Equal(RegistrationLevel.RealPerson, (await db.Applicants.SingleAsync()).Level);
        Assert.Equal("id-photo-approved", Assert.Single(await work.Notices(id)).Template);
    }

    [Fact]
    public async Task A_backlog_of_pictures_does_not_hold_up_a_decision()
    {
        var id = await work.Application();
        await work.Decide(id);
        await work.Do(unit => unit.Db.Outbox.AddRange(Enumerable.Range(0, 500).Select(_ =>
            new OutboxMessage(Guid.CreateVersion7(), "nobody", "x", unit.Now.AddHours(-1)))));
        await work.Settle();
        Assert.Equal(CaseState.Closed, (await work.Case(id)).State);
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task Approve(CaseId id)
    {
        await work.Decide(id);
        await work.Settle();
    }
}
