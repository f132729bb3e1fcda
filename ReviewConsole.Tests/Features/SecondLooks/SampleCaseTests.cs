using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Features.SecondLooks;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.SecondLooks;

public sealed class SampleCaseTests : IAsyncLifetime
{
    private readonly LookWork looks = new();

    private TestStore Store => looks.Store;

    [Fact]
    public async Task A_decided_case_becomes_a_second_look_with_a_clock_of_its_own_and_stays_closed()
    {
        var id = await looks.Decided();
        var look = await looks.LookAt(id);
        var again = await looks.Work.Case(look.Case);
        Assert.Equal((CaseState.Open, Queues.ELicenceLook, id), (again.State, again.Queue, again.Original!.Value));
        Assert.StartsWith("CC20261123", again.ReceiptNumber, StringComparison.Ordinal);
        Assert.Equal("business-days/5", Assert.Single(again.Ledger).PolicyVersion);
        Assert.Equal(CaseState.Closed, (await looks.Work.Case(id)).State);
        Assert.Equal((looks.Reviewer.Reviewer, LookState.Open), (look.FirstBy, look.State));
        Assert.Contains(nameof(CaseSampled), await looks.Work.Audited(CaseEvent.StreamOf(id)));
        // Nothing of the first verdict stands in the stream that the second person may read.
        Assert.Equal([nameof(SecondLookOpened), nameof(ClockMoved)], await looks.Work.Audited(CaseEvent.StreamOf(look.Case)));
        await looks.Holds();
    }

    [Fact]
    public async Task Drawn_again_it_is_the_same_and_is_not_looked_at_twice()
    {
        var id = await looks.Decided();
        await using var db = await Store.Open();
        var decided = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id);
        Assert.Equal(SampleCase.Draw(db.Cipher, decided), SampleCase.Draw(db.Cipher, decided));
        // The same message once more, as after a crash between two commits.
        db.Outbox.Add(new(Guid.NewGuid(), Effects.Sample, id.ToString(), Store.Time.GetUtcNow()));
        await db.SaveChangesAsync();
        await Store.Drain();
        Assert.Equal(1, await db.SecondLooks.CountAsync());
        Assert.Equal(0, await looks.Work.Waiting(Effects.Sample));
    }

    [Fact]
    public async Task What_nobody_decided_what_was_corrected_meanwhile_and_second_looks_themselves_are_not_looked_at_again()
    {
        var withdrawn = await looks.Work.Application();
        await looks.Work.Withdraw(withdrawn);
        await Store.Drain();
        var look = await looks.Looked(Outcome.Approved);
        await using var db = await Store.Open();
        Assert.Equal(look.Original, (await db.SecondLooks.AsNoTracking().SingleAsync()).Original);

        var id = await looks.Work.Application();
        await looks.Work.Decide(id);
        Store.Time.Advance(TimeSpan.FromSeconds(10));
        await looks.Work.Do(unit => unit.Db.Cases.Single(c => c.Id == id).Finalise(unit.Now));
        Assert.Null((await Store.Get<CorrectCase>().Handle(looks.Supervisor, id, new(Outcome.Rejected, ["PHOTO_BLUR"], note: "模糊"))).Refusal);
        await Store.Drain();
        Assert.Equal(1, await db.SecondLooks.CountAsync());
    }

    [Theory]
    [InlineData("Review:SecondLooks:AtMost", "0", 0)]
    [InlineData("Review:SecondLooks:NewBelow", "100", 4)]
    [InlineData("Review:SecondLooks:NewForDays", "10", 4)]
    [InlineData("Review:SecondLooks:ShareOf:PHOTO_HAT", "1", 4)]
    [InlineData("Review:SecondLooks:ShareOf:e-licence", "1", 4)]
    [InlineData("Review:SecondLooks:ShareOf:id-photo", "1", 0)]
    public async Task Settings_say_which(string setting, string value, int sampled)
    {
        await using LookStore other = new(new()
        {
            ["AtMost"] = "1",
            ["Share"] = "0",
            ["NewReviewer"] = "1",
            ["NewBelow"] = "0",
            ["NewForDays"] = "0",
            [setting["Review:SecondLooks:".Length..]] = value,
        });
        await other.Store.InitializeAsync();
        Casework work = new(other.Store);
        for (var i = 0; i < 4; i++)
        {
            await work.Decide(await work.Application(), new(Outcome.Rejected, ["PHOTO_HAT"]));
            await work.Settle();
        }

        await using var db = await other.Store.Open();
        Assert.Equal(sampled, await db.SecondLooks.CountAsync());
    }

    [Fact]
    public async Task A_reviewer_with_enough_decisions_is_not_new_any_more()
    {
        await using LookStore other = new(new() { ["AtMost"] = "1", ["Share"] = "0", ["NewReviewer"] = "1", ["NewBelow"] = "3", ["NewForDays"] = "0" });
        await other.Store.InitializeAsync();
        Casework work = new(other.Store);
        for (var i = 0; i < 6; i++)
        {
            await work.Decide(await work.Application());
            await work.Settle();
        }

        // The third decision makes three.
        await using var db = await other.Store.Open();
        Assert.Equal([SampleCause.NewReviewer, SampleCause.NewReviewer], await db.SecondLooks.Select(l => l.Why).ToListAsync());
    }

    public Task InitializeAsync() => looks.InitializeAsync();

    public Task DisposeAsync() => looks.DisposeAsync();

    private sealed class LookStore(Dictionary<string, string> settings) : IAsyncDisposable
    {
        public TestStore Store { get; } = new()
        {
            Setup = builder =>
            {
                foreach (var (name, value) in settings)
                    builder.Configuration[$"Review:SecondLooks:{name}"] = value;
            },
        };

        public async ValueTask DisposeAsync() => await Store.DisposeAsync();
    }
}
