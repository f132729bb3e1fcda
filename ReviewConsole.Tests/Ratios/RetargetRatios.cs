using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>A calendar changes under a great many open cases: how long looking and following take, and how long everybody else's commits wait meanwhile.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class RetargetRatios(ITestOutputHelper output) : IAsyncLifetime, IUseCase
{
    // Milliseconds that nobody notices.
    private const double LongestWait = 150;
    private readonly ManyCases many = new(Sizes.Of(20_000));

    public static Permission Needs => Permission.System;

    [Fact]
    public async Task Commits_go_on_while_open_cases_follow_a_calendar()
    {
        var store = many.Store;
        var admin = await store.Services.AddStaffMember("admin", Roles.Administrator);
        var today = Shanghai.DateOf(store.Time.GetUtcNow());
        var draft = (await store.Get<CalendarQuery>().Handle(admin, Holidays.National)).Value.Draft.Name(new(today.AddDays(1), false, "临时放假"));
        CalendarPreview? preview = null;
        var looked = await Bench.Time(async () => preview = (await store.Get<PreviewChange>().Handle(admin, draft, today)).Value);
        var alone = await Commits(Task.Delay(TimeSpan.FromSeconds(1)));

        var revision = (await store.Get<ChangeCalendar>().Handle(admin, draft, today, preview!.Touched)).Value;
        var worker = store.Services.GetServices<IOutboxWorker>().OfType<RetargetCases>().Single();
        var ticket = await new Casework(store).Ticket(Effects.Retarget, revision.ToString());
        List<double> meanwhile = [];
        var steps = 0;
        using var listening = store.Get<ReviewConsole.Platform.ChangeFeed>().Listen(happened => steps += happened.OfType<CasesRetargeted>().Count());
        var took = await Bench.Time(async () => meanwhile = await Commits(Task.Run(() => worker.Work(ticket, CancellationToken.None))));
        await using var db = await store.Open();
        var row = await db.CalendarRevisions.AsNoTracking().SingleAsync(r => r.Id == revision);
        // All of them and the one that they were copied from; the preview looks at so many and says that it did.
        Assert.Equal((RetargetState.Finished, many.Count + 1), (row.Retarget, row.Retargeted));
        Assert.Equal(Math.Min(many.Count + 1, PreviewChange.MostLookedAt), preview.Touched);

        Bench.Row(output, $"preview over {many.Count} open cases", looked, "ms");
        Bench.Row(output, "  a case", looked / many.Count, "ms");
        Bench.Row(output, "they follow, with others' commits between", took, "ms");
        Bench.Row(output, "  a case", took / many.Count, "ms");
        Bench.Row(output, "  steps", steps, "");
        Bench.Row(output, "a commit of somebody alone, p50", Bench.Percentile(alone, .5), "ms");
        Bench.Row(output, "a commit of somebody alone, worst", alone.Max(), "ms");
        Bench.Row(output, "a commit meanwhile, p50", Bench.Percentile(meanwhile, .5), "ms");
        Bench.Row(output, "a commit meanwhile, p99", Bench.Percentile(meanwhile, .99), "ms", LongestWait);
        Bench.Row(output, "a commit meanwhile, worst", meanwhile.Max(), "ms");
        Bench.Keeps(Bench.Percentile(meanwhile, .99) / LongestWait, 1);
    }

    public Task InitializeAsync() => many.InitializeAsync();

    public Task DisposeAsync() => many.DisposeAsync();

    /// <summary>How long each of somebody's commits takes, one after the other with short rests, for as long as something else goes on.</summary>
    private async Task<List<double>> Commits(Task other)
    {
        List<double> times = [];
        var user = Guid.NewGuid();
        while (!other.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await many.Store.Get<Commit>().Run<RetargetRatios, Done>(Actor.System("bench"), async unit =>
            {
                if (await unit.Db.ReadMarks.SingleOrDefaultAsync(m => m.User == user) is { } mark)
                    mark.Until = mark.Until.AddSeconds(1);
                else
                    unit.Db.ReadMarks.Add(new() { User = user, Until = unit.Now });
                return default(Done);
            });
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(5);
        }

        await other;
        return times;
    }
}
