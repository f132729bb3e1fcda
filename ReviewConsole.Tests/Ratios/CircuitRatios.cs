using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Ratios.Counter;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>What an open desk costs the server: so many times the framework's own counter, in the same run. Both are processes of their own; who opens and clicks is this one.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class CircuitRatios(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Counted = "/counter";
    private static readonly int Desks = Sizes.Of(100);
    private readonly ConsoleProcess desk = new();
    private readonly ConsoleProcess counter = new() { Program = ["ReviewConsole.Tests.dll", CounterHost.Word] };
    private readonly List<Reviewer> reviewers = [];
    private HttpClient console = null!;
    private HttpClient framework = null!;

    [Fact]
    public async Task An_open_desk_weighs_no_more_than_five_counters()
    {
        // The first pages of a process bring what all later ones share.
        await OpenDesks(Math.Min(5, Desks), Nothing);
        await OpenCounters(5, Nothing);
        var (deskBytes, counterBytes) = (await Weight(console, open => OpenDesks(Desks, open)), await Weight(framework, open => OpenCounters(Desks, open)));
        Bench.Row(output, $"managed heap of a counter, {Desks} open", counterBytes / 1024, "KiB");
        Bench.Row(output, $"managed heap of a desk with a case in hand, {Desks} open", deskBytes / 1024, "KiB", 1536);
        Bench.Row(output, "desk : counter", deskBytes / counterBytes, "x", 5);
        Bench.Keeps(deskBytes / counterBytes, 5);
    }

    [Fact]
    public async Task Fifty_reviewers_who_click_wait_no_longer_than_five_counters()
    {
        var people = Sizes.Of(50);
        // Why it is due then (a read), and the panels of a question and a rejection (which keep a draft).
        string[] atDesk = ["why", "ask", "reject", "why"];
        Took counters = new(), desks = new();
        List<double> ratios = [];
        await OpenCounters(people, counting => OpenDesks(people, deciding => InTurns(counting, deciding)));
        Bench.Row(output, $"{people} people click at a counter, p50", Bench.Percentile(counters.Select(click => click.Ms), .5), "ms");
        Bench.Row(output, $"{people} people click at a counter, p95", Bench.Percentile(counters.Select(click => click.Ms), .95), "ms");
        Bench.Row(output, $"{people} reviewers click at their desks, p50", Bench.Percentile(desks.Select(click => click.Ms), .5), "ms");
        foreach (var kind in desks.GroupBy(click => click.What))
            Bench.Row(output, $"of which {kind.Key}, p95", Bench.Percentile(kind.Select(click => click.Ms), .95), "ms");
        Bench.Row(output, $"{people} reviewers click at their desks, p95", Bench.Percentile(desks.Select(click => click.Ms), .95), "ms");
        var middle = Bench.Percentile(ratios, .5);
        Bench.Row(output, $"desk : counter, p95, middle of {ratios.Count} turns", middle, "x", 5);
        Bench.Keeps(middle, 5);

        // One after the other in turns, so that what else the machine does for a second spoils one turn of both and not the answer.
        async Task InTurns(IReadOnlyList<Circuit> counting, IReadOnlyList<Circuit> deciding)
        {
            await Click(counting, [], 4, "count");
            await Click(deciding, [], 1, atDesk);
            for (var turn = 0; turn < 5; turn++)
            {
                Took counted = new(), decided = new();
                await Click(counting, counted, 4, "count");
                await Click(deciding, decided, 2, atDesk);
                ratios.Add(Bench.Percentile(decided.Select(click => click.Ms), .95) / Bench.Percentile(counted.Select(click => click.Ms), .95));
                foreach (var click in counted)
                    counters.Add(click);
                foreach (var click in decided)
                    desks.Add(click);
            }
        }
    }

    [Fact]
    public async Task A_thousand_desks_opened_and_closed_leave_nothing_behind()
    {
        var times = Sizes.Of(1000);
        await OpenDesks(Desks, Nothing);
        var before = await Heap(console, calm: true);
        for (var opened = 0; opened < times; opened += Desks)
            await OpenDesks(Desks, Nothing);
        var after = await Heap(console, calm: true);
        Bench.Row(output, "managed heap of the console, nobody there", before / 1024 / 1024, "MiB");
        Bench.Row(output, $"after {times:N0} desks were opened and closed : before", after / before, "x", 1.1);
        // A tenth of the desks still would be seen if they stayed: they weigh as much as all the rest.
        Assert.InRange(after / before, 0, Sizes.Full ? 1.1 : 1.5);
    }

    public async Task InitializeAsync()
    {
        foreach (var process in (ConsoleProcess[])[desk, counter])
            process.Settings[HeapInside.Setting] = "on";
        desk.Settings["Rates:SignInsPerMinute"] = "100000";
        var key = await desk.InStore(async services =>
        {
            for (var i = 0; i < Desks; i++)
                reviewers.Add(new(await services.AddStaffMember($"r{i}", Roles.Reviewer), new(desk.Address, $"r{i}")));
            return await services.NewKey();
        });
        await Task.WhenAll(desk.StartAndServe(), counter.StartAndServe());
        (console, framework) = (new() { BaseAddress = desk.Address }, new() { BaseAddress = counter.Address });
        console.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Applicants applicants = new(console);
        // One in hand and one kept ready for each.
        for (var i = 0; i < 2 * Desks; i++)
            Assert.True(await applicants.Send(Applicants.Application(onFile: true)), string.Join('\n', applicants.Odd));
        await desk.InStore(async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
            for (var i = 0; i < 1200 && await db.Cases.AnyAsync(c => c.State == CaseState.Received); i++)
                await Task.Delay(200);
            Assert.False(await db.Cases.AnyAsync(c => c.State == CaseState.Received));
            return 0;
        });
        await Task.WhenAll(reviewers.Select(reviewer => reviewer.Browser.SignIn()));
    }

    public async Task DisposeAsync()
    {
        reviewers.ForEach(reviewer => reviewer.Browser.Dispose());
        console?.Dispose();
        framework?.Dispose();
        await desk.DisposeAsync();
        await counter.DisposeAsync();
    }

    private static Task Nothing(IReadOnlyList<Circuit> circuits) => Task.CompletedTask;

    /// <summary>Bytes in use.</summary>
    /// <param name="host">Of which process.</param>
    /// <param name="calm">True to wait, at full size, until the pools of buffers have given back what they held for a burst.</param>
    private static async Task<double> Heap(HttpClient host, bool calm = false)
    {
        // A circuit ends a little after its page has said goodbye; a pool gives back what it has not used for a minute or so.
        await Task.Delay(TimeSpan.FromSeconds(calm && Sizes.Full ? 100 : 1));
        return double.Parse(await host.GetStringAsync(HeapInside.Path), CultureInfo.InvariantCulture);
    }

    /// <summary>What each of so many circuits adds.</summary>
    private async Task<double> Weight(HttpClient host, Func<Func<IReadOnlyList<Circuit>, Task>, Task> open)
    {
        var (before, during) = (await Heap(host), 0.0);
        await open(async _ => during = await Heap(host, calm: host == console));
        return (during - before) / Desks;
    }

    // Fifty twice a second each, and not all at once; a tenth of them five times as often, so that there is half as much to do.
    private static Task Click(IReadOnlyList<Circuit> circuits, Took took, int rounds, params string[] what) => Task.WhenAll(circuits.Select(async circuit =>
    {
        foreach (var now in Enumerable.Repeat(what, rounds).SelectMany(round => round))
        {
            await Task.Delay(Random.Shared.Next(300, 700) / (Sizes.Full ? 1 : 5));
            took.Add((now, (await circuit.Click(now)).TotalMilliseconds));
        }
    }));

    private static async Task With(IEnumerable<Func<Task<Circuit>>> pages, Func<IReadOnlyList<Circuit>, Task> work)
    {
        List<Circuit> open = [];
        try
        {
            // As many at once as would come in at the beginning of a shift.
            foreach (var some in pages.Chunk(10))
                open.AddRange(await Task.WhenAll(some.Select(page => page())));
            await work(open);
        }
        finally
        {
            foreach (var circuit in open)
                await circuit.DisposeAsync();
        }
    }

    private Task OpenCounters(int count, Func<IReadOnlyList<Circuit>, Task> work) =>
        With(Enumerable.Repeat(() => Circuit.Open(framework, new CookieContainer(), Counted, "count"), count), work);

    private async Task OpenDesks(int count, Func<IReadOnlyList<Circuit>, Task> work)
    {
        await desk.InStore(async services =>
        {
            // Claimed as its page is opened, and not all before the first: a lease is short.
            await With(reviewers.Take(count).Select(reviewer => (Func<Task<Circuit>>)(async () =>
            {
                var claim = await services.GetRequiredService<ClaimNext>().Handle(reviewer.Actor with { OnDuty = true }, Queues.ELicence);
                Assert.Null(claim.Refusal);
                return await reviewer.Browser.Open($"/cases/{claim.Value.Case}", "approve", "why", "ask", "reject");
            })), work);
            return 0;
        });
    }

    private sealed class Took : ConcurrentBag<(string What, double Ms)>;

    private sealed record Reviewer(Actor Actor, SignedIn Browser);

    /// <summary>A browser's cookies.</summary>
    private sealed class SignedIn : IDisposable
    {
        private readonly CookieContainer cookies = new();
        private readonly HttpClient http;
        private readonly string name;

        public SignedIn(Uri address, string name)
        {
            this.name = name;
            http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = address };
        }

        public async Task SignIn()
        {
            using var answer = await http.SubmitSignIn(name, StaffSetup.Password);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        }

        public Task<Circuit> Open(string path, params string[] clickable) => Circuit.Open(http, cookies, path, clickable);

        public void Dispose() => http.Dispose();
    }
}
