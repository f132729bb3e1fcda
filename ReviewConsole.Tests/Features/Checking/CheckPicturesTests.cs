using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Checking;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Checking;

public sealed class CheckPicturesTests : IAsyncLifetime
{
    private readonly TestStore store;
    private readonly Casework work;
    private int measured;
    private Func<PhotoReport> engine = () => new(440, 640, 1, 20.1, 15, 13, null, null, "test", [new("sharpness", CheckResult.Pass, 9, null, 5, null, 1, null)]);

    public CheckPicturesTests()
    {
        store = new()
        {
            Setup = builder => builder.Services.AddSingleton<MeasurePicture>((_, _, _, cancel) =>
            {
                Interlocked.Increment(ref measured);
                var report = engine();
                cancel.ThrowIfCancellationRequested();
                return report;
            }),
        };
        work = new(store);
    }

    [Fact]
    public async Task A_received_case_opens_with_what_was_measured()
    {
        var id = await work.Application();
        await store.Drain();

        Assert.Equal(CaseState.Open, (await work.Case(id)).State);
        Assert.Equal(20.1, (await Report(id))!.HeadLengthMm);
        Assert.Equal(0, await work.Waiting(Effects.Check));
    }

    [Fact]
    public async Task After_a_resubmission_only_the_new_picture_is_measured()
    {
        var id = await work.Application();
        await store.Drain();
        await work.Claim(id);
        await work.AskClaimed(id);
        var subject = await work.Case(id);
        var second = await work.Picture(subject.Subject, subject.Applicant, PictureKind.Portrait, 1);
        await work.Resubmit(id);
        await store.Drain();

        await using var db = await store.Open();
        Assert.NotNull((await db.Pictures.SingleAsync(p => p.Id == second)).Report);
        Assert.Equal((2, CaseState.Open), (measured, (await work.Case(id)).State));
    }

    [Fact]
    public async Task A_failing_engine_is_tried_again_and_then_the_case_opens_without()
    {
        engine = () => throw new InvalidOperationException("broken");
        var id = await work.Application();
        await store.Drain();
        Assert.Equal((1, CaseState.Received), (measured, (await work.Case(id)).State));
        await work.Settle(TimeSpan.FromSeconds(1));
        Assert.Equal((2, CaseState.Received), (measured, (await work.Case(id)).State));
        await work.Settle(TimeSpan.FromSeconds(2));

        Assert.Equal((3, CaseState.Open), (measured, (await work.Case(id)).State));
        Assert.Null(await Report(id));
        Assert.True(await GivenUp(id));
        Assert.Equal(0, await work.Waiting(Effects.Check));
    }

    [Fact]
    public async Task An_engine_that_recovers_leaves_a_full_report()
    {
        var good = engine;
        engine = () => throw new InvalidOperationException("broken");
        var id = await work.Application();
        await store.Drain();
        engine = good;
        await work.Settle(TimeSpan.FromSeconds(1));

        Assert.NotNull(await Report(id));
        Assert.False(await GivenUp(id));
    }

    [Fact]
    public async Task A_stop_between_measuring_and_commit_loses_nothing()
    {
        var id = await work.Application();
        var good = engine;
        using CancellationTokenSource stop = new();
        engine = () =>
        {
            stop.Cancel();
            return good();
        };
        var ticket = await work.Ticket(Effects.Check, id.ToString());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worker.Work(ticket, stop.Token));
        Assert.Equal(CaseState.Received, (await work.Case(id)).State);

        engine = good;
        await work.Settle(TimeSpan.FromSeconds(1));
        Assert.Equal(CaseState.Open, (await work.Case(id)).State);
        Assert.NotNull(await Report(id));
    }

    [Fact]
    public async Task A_picture_at_which_the_process_dies_every_time_does_not_keep_the_case()
    {
        var id = await work.Application();
        engine = () => throw new OperationCanceledException();
        for (var death = 0; death < 3; death++)
        {
            using CancellationTokenSource stop = new();
            engine = () =>
            {
                stop.Cancel();
                throw new OperationCanceledException();
            };
            var ticket = await work.Ticket(Effects.Check, id.ToString());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worker.Work(ticket, stop.Token));
            store.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await store.Drain();
        Assert.Equal((3, CaseState.Open), (measured, (await work.Case(id)).State));
        Assert.True(await GivenUp(id));
    }

    [Fact]
    public async Task Two_workers_on_one_message_open_the_case_once()
    {
        var id = await work.Application();
        var ticket = await work.Ticket(Effects.Check, id.ToString());
        await Task.WhenAll(Worker.Work(ticket, default), Worker.Work(ticket, default));
        await store.Drain();

        Assert.Single(await work.Audited(CaseEvent.StreamOf(id)), nameof(CaseOpened));
        Assert.NotNull(await Report(id));
    }

    [Fact]
    public async Task A_case_withdrawn_meanwhile_stays_closed_and_its_message_goes()
    {
        var id = await work.Application();
        await work.Withdraw(id);
        await store.Drain();

        Assert.Equal((0, CaseState.Closed), (measured, (await work.Case(id)).State));
        Assert.Equal(0, await work.Waiting(Effects.Check));
    }

    [Fact]
    public async Task A_picture_whose_file_is_gone_counts_as_unmeasured()
    {
        var id = await work.Application();
        await using (var db = await store.Open())
            store.Get<PictureStore>().Erase((await db.Pictures.SingleAsync()).Id);
        for (var tries = 0; tries < 3; tries++)
            await work.Settle(TimeSpan.FromSeconds(5));

        Assert.True(await GivenUp(id));
    }

    [Fact]
    public async Task The_products_own_engine_measures_a_stored_portrait()
    {
        TestStore real = new();
        await real.InitializeAsync();
        Casework realWork = new(real);
        var normalised = SafeImage.TryNormalise(DrawnPortrait.Portrait(7, new() { HeadLengthMm = 20.5 }), new());
        var person = await realWork.Person();
        var id = await realWork.Application(person);
        var subject = await realWork.Case(id);
        var picture = await realWork.Picture(subject.Subject, person, PictureKind.Portrait, 1, normalised.Picture!.Jpeg);
        await real.Drain();

        PhotoReport report;
        await using (var db = await real.Open())
            report = (await db.Pictures.SingleAsync(p => p.Id == picture)).Report!;
        Assert.Equal(1, report.Faces);
        Assert.InRange(report.HeadLengthMm!.Value, 19, 22);
        Assert.Equal(CaseState.Open, (await realWork.Case(id)).State);
        await real.DisposeAsync();
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private CheckPictures Worker => store.Services.GetServices<IOutboxWorker>().OfType<CheckPictures>().Single();

    private async Task<PhotoReport?> Report(CaseId id)
    {
        var subject = (await work.Case(id)).Subject;
        await using var db = await store.Open();
        return (await CurrentPictures.Of(db, subject, default)).Single().Report;
    }

    private async Task<bool> GivenUp(CaseId id)
    {
        await using var db = await store.Open();
        var opened = await db.AuditEntries.SingleAsync(e => e.Stream == CaseEvent.StreamOf(id) && e.Kind == nameof(CaseOpened));
        return opened.Payload.Contains("\"ChecksGivenUp\":true", StringComparison.Ordinal);
    }
}
