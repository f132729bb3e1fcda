using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Domain.People;
using ReviewConsole.Features.Notify;
using ReviewConsole.Tests.Features.Notify;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Torture;

/// <summary>The running application is killed (SIGKILL) again and again while requests come in and reviewers decide: what it acknowledged is there once, what it did not is there once or not at all.</summary>
/// <remarks>
/// 5 kills; <c>REVIEWCONSOLE_FULL=1</c> makes 50. A fifth of them hits the first start, while the store is being made; the others take turns at the
/// moments of <see cref="Moment"/>. What came before the last of them is counted apart: only that says anything about kills.
/// </remarks>
[Trait("Category", "Torture")]
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int People = 6;
    private const string Intakes = "intakes acknowledged", Answers = "answers acknowledged", Decisions = "decisions acknowledged";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly int Kills = Sizes.Of(50);
    private readonly ConcurrentQueue<(string Verb, Guid Case, int Token, string Detail)> done = [];
    private readonly HttpClient api = new() { Timeout = TimeSpan.FromSeconds(20) };
    private Applicants applicants = null!;
    private GatewayStub gateway = null!;
    private ConsoleProcess console = null!;
    private readonly Dictionary<Moment, int> hits = [];
    private readonly SemaphoreSlim decided = new(0);

    /// <summary>When the application is killed.</summary>
    private enum Moment
    {
        /// <summary>A decision was acknowledged, its hold has not ended.</summary>
        InTheHold,

        /// <summary>A decision is taking effect.</summary>
        InFinalise,

        /// <summary>It has not served yet, or hardly.</summary>
        InTheStart,

        /// <summary>A gateway has a notice and has not answered, or has hardly.</summary>
        InADelivery,

        /// <summary>Some time.</summary>
        AnyTime,
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_once_however_often_the_application_is_killed()
    {
        var started = Stopwatch.GetTimestamp();
        await KillFirstStarts(Kills / 5);
        await console.InStore(async services =>
        {
            for (var i = 1; i <= People; i++)
                await services.AddStaffMember(ReviewersInside.NameOf(i), i % 2 == 0 ? Roles.Reviewer | Roles.Senior : Roles.Reviewer);
            var key = await services.NewKey();
            api.DefaultRequestHeaders.Authorization = new("Bearer", key);
            return key;
        });
        console.Settings[ReviewersInside.Setting] = $"{People}";
        await KillUnderLoad(Kills - Kills / 5);
        var under = Count();
        await AnswerWhatIsOpen();
        await console.Kill();
        await console.InStore(AfterTheLastKill);
        var verbs = await Task.WhenAll(console.Verb("verify-audit"), console.Verb("rebuild-rollups", "--check"));
        Assert.All(verbs, code => Assert.Equal(0, code));
        // Everything that was put off falls due within eight days: an applicant who was asked has seven.
        var (closed, licences, pictures) = await console.InStore(Settled, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(8)));

        var all = Count();
        output.WriteLine($"""
            kills                     {Kills}: {string.Join(", ", hits.Select(hit => $"{hit.Value} {hit.Key}"))}
                                      under kills   in all
            {string.Join('\n', all.Keys.Select(what => $"{what,-25} {under[what],11} {all[what],8}"))}
            cases closed              {closed,20}
            e-licences                {licences,20}
            pictures                  {pictures,20}
            notices handed over       {gateway.Requests.Select(r => r.Delivery).Distinct().Count(),20} in {gateway.Requests.Count} tries
            seconds                   {Stopwatch.GetElapsedTime(started).TotalSeconds,20:0}
            """);
        // A run in which hardly anything happened between the kills proves nothing.
        Assert.All(Enum.GetValues<Moment>().Take(Kills - Kills / 5), moment => Assert.InRange(hits.GetValueOrDefault(moment), 1, Kills));
        Assert.All([Intakes, Decisions], what => Assert.InRange(under[what], Kills, int.MaxValue));
        Assert.InRange(under[Answers], Kills / 10, int.MaxValue);
    }

    public async Task InitializeAsync()
    {
        gateway = await GatewayStub.Start();
        console = new ConsoleProcess(Hear);
        foreach (var channel in new[] { "Sms", "App" })
            (console.Settings[$"Notify:{channel}:Url"], console.Settings[$"Notify:{channel}:Secret"]) = (gateway.Url, GatewayStub.Secret);
        console.Settings["Review:HoldSeconds"] = "1";
        console.Settings["Review:LeaseSeconds"] = "10";
        api.BaseAddress = console.Address;
        applicants = new Applicants(api);
    }

    public async Task DisposeAsync()
    {
        await console.DisposeAsync();
        await gateway.DisposeAsync();
        api.Dispose();
        decided.Dispose();
    }

    private void Hear(string line)
    {
        if (line.StartsWith("Serving ", StringComparison.Ordinal))
            applicants.Resume();
        if (!line.StartsWith(Reviewers.Begin, StringComparison.Ordinal) || !line.EndsWith(Reviewers.End, StringComparison.Ordinal))
            return;
        var words = line.Split(' ');
        var (verb, id, detail) = (words[1], Guid.Parse(words[2]), words[4]);
        done.Enqueue((verb, id, int.Parse(words[3], CultureInfo.InvariantCulture), detail));
        if (verb == "decided")
            decided.Release();
        // Every third applicant never answers.
        if (verb == "asked" && detail == Queues.ELicence && Random.Shared.Next(3) > 0)
            applicants.Asked(id);
    }

    /// <summary>What was acknowledged so far.</summary>
    private Dictionary<string, int> Count()
    {
        var acknowledged = applicants.Acknowledged.DistinctBy(posting => posting.Key).ToList();
        var verbs = done.CountBy(d => d.Verb).ToDictionary(StringComparer.Ordinal);
        return new(StringComparer.Ordinal)
        {
            [Intakes] = acknowledged.Count(posting => posting.Number is not null),
            [Answers] = acknowledged.Count(posting => posting.Number is null),
            [Decisions] = verbs.GetValueOrDefault("decided") + verbs.GetValueOrDefault("proposed"),
            ["undone"] = verbs.GetValueOrDefault("undone"),
            ["asked for more"] = verbs.GetValueOrDefault("asked"),
            ["put back"] = verbs.GetValueOrDefault("released"),
            ["kept ready"] = verbs.GetValueOrDefault("kept"),
        };
    }

    private static Task Wait(int fromMilliseconds, int toMilliseconds) => Task.Delay(Random.Shared.Next(fromMilliseconds, toMilliseconds));

    /// <summary>Waits for the next decisions, for no longer than anything may take; whether they came.</summary>
    private async Task<bool> Decided(int times)
    {
        while (decided.Wait(0))
        {
            // Those that nobody waited for.
        }

        for (var i = 0; i < times; i++)
        {
            if (!await decided.WaitAsync(Longest))
                return false;
        }

        return true;
    }

    private void Hit(Moment moment, bool hit) => hits[moment] = hits.GetValueOrDefault(moment) + (hit ? 1 : 0);

    private async Task KillFirstStarts(int times)
    {
        for (var i = 0; i < times; i++)
        {
            console.Start();
            for (var waited = Stopwatch.StartNew(); !File.Exists(Path.Combine(console.Data, "review.db")) && waited.Elapsed < Longest;)
                await Task.Delay(5);
            await Wait(0, 500);
            await console.Kill();
            Hit(Moment.InTheStart, true);
            // Every second time over what the one before left.
            if (i % 2 == 1)
                Directory.Delete(console.Data, recursive: true);
        }
    }

    private async Task KillUnderLoad(int times)
    {
        using CancellationTokenSource enough = new();
        var posting = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => applicants.Post(TimeSpan.FromMilliseconds(120), enough.Token)));
        var moments = Enum.GetValues<Moment>();
        for (var i = 0; i < times; i++)
        {
            var moment = moments[i % moments.Length];
            var hit = await LiveUntil(moment);
            Hit(moment, hit);
            // It dies of nothing else.
            Assert.Equal(hit && moment == Moment.InFinalise ? ConsoleProcess.Killed : null, await console.Ended(TimeSpan.Zero));
            await console.Kill();
            applicants.Pause();
            // Every second time the next life finds the store as the kill left it, with a log that nobody has read again.
            if (i % 2 == 1)
                await console.InStore(NothingIsHalfDone);
        }

        await enough.CancelAsync();
        await posting;
    }

    private static async Task<int> NothingIsHalfDone(IServiceProvider services)
    {
        await StoreCheck.Holds(services);
        return 0;
    }

    /// <summary>Starts the application and comes back at the moment, or when it has not come for too long.</summary>
    private async Task<bool> LiveUntil(Moment moment)
    {
        if (moment == Moment.InFinalise)
        {
            console.Settings[DeathInFinalise.Setting] = $"{Random.Shared.Next(1, 3)}";
            console.Start();
            console.Settings.Remove(DeathInFinalise.Setting);
            return await console.Ended(Longest) == ConsoleProcess.Killed;
        }

        console.Start();
        if (moment == Moment.InTheStart)
        {
            await Wait(100, 3000);
            return true;
        }

        await console.Serving();
        switch (moment)
        {
            case Moment.InTheHold:
                // A life has a few of them, however slow the machine is.
                var held = await Decided(Random.Shared.Next(3, 7));
                await Wait(0, 900);
                return held;
            case Moment.InADelivery:
                await Decided(Random.Shared.Next(3, 7));
                TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
                gateway.Delay = TimeSpan.FromMilliseconds(40);
                gateway.Answer = _ =>
                {
                    taken.TrySetResult();
                    return 202;
                };
                var delivering = await Task.WhenAny(taken.Task, Task.Delay(Longest)) == taken.Task;
                await Wait(0, 60);
                (gateway.Delay, gateway.Answer) = (TimeSpan.Zero, _ => 202);
                return delivering;
            default:
                await Wait(300, 2000);
                return true;
        }
    }

    // The last run is left alone until every request is answered and the reviewers had their time.
    private async Task AnswerWhatIsOpen()
    {
        await console.InStore(async services =>
        {
            await using var db = await Open(services);
            foreach (var posting in applicants.Unanswered.Where(p => p.Number is not null))
                Assert.InRange((await CasesOf(db, posting)).Count, 0, 1);
            return 0;
        });
        await console.StartAndServe();
        var open = applicants.Unanswered.ToList();
        applicants.Unanswered.Clear();
        var again = applicants.Acknowledged.OrderBy(_ => Random.Shared.Next()).Take(10).ToList();
        foreach (var posting in open.Concat(again))
            Assert.True(await applicants.Send(posting), string.Join('\n', applicants.Odd));
        await Task.Delay(TimeSpan.FromSeconds(4));
    }

    private async Task<int> AfterTheLastKill(IServiceProvider services)
    {
        Assert.Empty(applicants.Odd);
        await using var db = await Open(services);
        await StoreCheck.Holds(services);

        foreach (var posting in applicants.Acknowledged.Where(p => p.Number is not null))
            Assert.Equal([posting.Id!.Value], await CasesOf(db, posting));
        var resubmitted = (await db.AuditEntries.Where(e => e.Kind == nameof(CaseResubmitted)).Select(e => e.Stream).ToListAsync()).CountBy(stream => stream).ToDictionary(StringComparer.Ordinal);
        foreach (var posting in applicants.Acknowledged.Where(p => p.Number is null).DistinctBy(p => p.Key).CountBy(p => p.Id!.Value))
            Assert.Equal(posting.Value, resubmitted[$"case:{posting.Key}"]);

        var stories = await StoreCheck.Stories(db);
        foreach (var (verb, id, token, detail) in done)
        {
            if (verb == "kept")
                Assert.Contains(token, stories[id].Kept);
            else if (verb == "undone")
                Assert.Equal(int.Parse(detail, CultureInfo.InvariantCulture), stories[id].Undone[token]);
            else
                Assert.Equal(EventOf(verb), stories[id].Ends[token]);
        }

        // What a person decided and did not take back is what counts, as soon as it counts.
        var cases = await db.Cases.AsNoTracking().ToDictionaryAsync(c => c.Id.Value);
        foreach (var (_, id, token, detail) in done.Where(d => d.Verb == "decided" && !stories[d.Case].Undone.ContainsKey(d.Token)))
            Assert.Equal((token, detail), (cases[id].Token, cases[id].Verdict!.Outcome.ToString()));
        return 0;
    }

    private async Task<(int Closed, int Licences, int Pictures)> Settled(IServiceProvider services)
    {
        await services.GetRequiredService<OutboxPump>().Drain(CancellationToken.None);
        await using var db = await Open(services);
        Assert.Empty(await db.Outbox.AsNoTracking().ToListAsync());
        await StoreCheck.Holds(services);
        await NoticesArrived(db);

        var known = await StoreCheck.PicturesOpen(db, services.GetRequiredService<PictureStore>());
        var sweep = services.GetServices<IHostedService>().OfType<PictureSweep>().Single();
        await sweep.StartAsync(CancellationToken.None);
        await InTime.Holds(() => Files().Count == known.Count);
        await sweep.StopAsync(CancellationToken.None);
        Assert.Equal(known.Select(id => $"{id:N}.pic").Order(StringComparer.Ordinal), Files());

        Assert.Empty(await db.Cases.Where(c => c.State == CaseState.Decided || c.State == CaseState.Returned || c.State == CaseState.Received).ToListAsync());
        return (await db.Cases.CountAsync(c => c.State == CaseState.Closed), await db.ELicences.CountAsync(), known.Count);
    }

    private async Task NoticesArrived(ReviewDb db)
    {
        var deliveries = await db.Deliveries.AsNoTracking().ToListAsync();
        Assert.All(deliveries, delivery => Assert.Equal(DeliveryState.Delivered, delivery.State));
        var arrived = gateway.Requests.ToLookup(request => Guid.Parse(request.Delivery));
        Assert.Equal(deliveries.Select(d => d.Id).Order(), arrived.Select(tries => tries.Key).Order());
        Assert.All(arrived, tries => Assert.Single(tries.Select(request => request.Body).Distinct(StringComparer.Ordinal)));
        Assert.All(gateway.Requests, request => Assert.Equal(HttpGateway.Sign(GatewayStub.Secret, request.Timestamp, Encoding.UTF8.GetBytes(request.Body)), request.Signature));
    }

    private static string EventOf(string verb) => verb switch
    {
        "decided" => nameof(CaseDecided),
        "proposed" => nameof(VerdictProposed),
        "asked" => nameof(InformationRequested),
        _ => nameof(CaseReleased),
    };

    private List<string> Files() => [.. Directory.EnumerateFiles(Path.Combine(console.Data, "pictures"), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static Task<ReviewDb> Open(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();

    private static async Task<List<Guid>> CasesOf(ReviewDb db, Posting posting)
    {
        Assert.True(IdentityDocument.TryParse(IdentityDocumentKind.ResidentIdentityCard, posting.Number!, new(2026, 11, 23), out var document, out _));
        var index = db.IndexOf(document);
        return await (from applicant in db.Applicants.Where(a => EF.Property<string>(a, ApplicantMapping.DocumentIndex) == index)
                      join found in db.Cases on applicant.Id equals found.Applicant
                      select found.Id).AsAsyncEnumerable().Select(id => id.Value).ToListAsync();
    }
}
