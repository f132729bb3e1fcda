using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Checking;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Photos.Checks;
using ReviewConsole.Tests.Torture;

[assembly: HostingStartup(typeof(ReviewersInside))]

namespace ReviewConsole.Tests.Torture;

/// <summary>Puts reviewers into the application where the setting <c>Torture:Reviewers</c> says how many, and a stand-in for the photo engine.</summary>
public sealed class ReviewersInside : IHostingStartup
{
    public const string Setting = "Torture:Reviewers";

    public static string NameOf(int number) => $"reviewer{number}";

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices((context, services) =>
    {
        services.AddHostedService<EndWithTheParent>();
        if (context.Configuration.GetValue<int>(Setting) == 0)
            return;
        services.AddHostedService<Reviewers>();
        // The engine's models load for longer than most lives last: nobody would have anything to decide.
        services.AddSingleton<MeasurePicture>((kind, _, _, _) => Unmeasured(kind));
        if (context.Configuration.GetValue<int>(DeathInFinalise.Setting) is > 0 and var licences)
            DeathInFinalise.Plan(licences);
    });

    private static PhotoReport Unmeasured(PictureKind kind) => new(
        220, 320, 0, null, null, null, null, null, PhotoCheck.EngineVersion,
        [.. CheckList.All.Where(check => check.AppliesTo(kind)).Select(check => new CheckOutcome(check.Id, CheckResult.Unmeasured, null, null, null, null, null, "NO_FACE"))]);

    /// <summary>Where the tests are gone, so is whoever held the other end of the standard input.</summary>
    private sealed class EndWithTheParent(IHostApplicationLifetime life) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using StreamReader input = new(Console.OpenStandardInput());
            while (await input.ReadLineAsync(stoppingToken) is not null)
            {
                // Nobody says anything.
            }

            life.StopApplication();
        }
    }
}

/// <summary>People who claim and decide without a pause. What a use case acknowledged is one line on the standard output, written after it had returned.</summary>
internal sealed class Reviewers(
    ClaimNext next, PrefetchNext prefetch, Decide decide, UndoDecision undo, AskForInformation ask, ReleaseCase release, IDbContextFactory<ReviewDb> stores, StaffActors actors, IConfiguration settings) : BackgroundService
{
    /// <summary>What every line begins and ends with: one that was cut off at the kill is none.</summary>
    public const string Begin = "did ", End = " .";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(1, settings.GetValue<int>(ReviewersInside.Setting)).Select(number => Task.Run(() => Work(number, stoppingToken), stoppingToken)));

    private static void Say(string verb, CaseId id, int token, object? detail = null) => Console.Out.WriteLine($"{Begin}{verb} {id} {token} {detail ?? "-"}{End}");

    private async Task Work(int number, CancellationToken stop)
    {
        await using var db = await stores.CreateDbContextAsync(stop);
        var name = ReviewersInside.NameOf(number);
        var actor = actors.Of(await db.Users.AsNoTracking().SingleAsync(u => u.UserName == name, stop));
        string[] queues = [Queues.ELicence, Queues.ELicence, Queues.IdPhoto, Queues.Second];
        while (!stop.IsCancellationRequested)
        {
            var queue = queues[Random.Shared.Next(queues.Length)];
            var claimed = await next.Handle(actor, queue, stop);
            if (claimed.Refusal is not null)
            {
                await Task.Delay(Random.Shared.Next(20, 60), stop);
                continue;
            }

            var claim = claimed.Value;
            if (Random.Shared.Next(3) == 0 && await prefetch.Handle(actor, queue, stop) is { Refusal: null, Value: var kept })
                Say("kept", kept.Case, kept.Token);
            var home = await db.Cases.Where(c => c.Id == claim.Case).Select(c => c.HomeQueue).SingleAsync(stop);
            await Act(actor, claim, home == Queues.ELicence ? ("PHOTO_BLUR", "PHOTO_NOT_APPLICANT") : ("ID_BLUR", "ID_FORGED"), home, stop);
        }
    }

    private async Task Act(Actor actor, Claim claim, (string Ordinary, string SecondPerson) reason, string home, CancellationToken stop)
    {
        switch (Random.Shared.Next(100))
        {
            case < 45:
                await Verdict(actor, claim, Outcome.Approved, [], stop);
                break;
            case < 65:
                await Verdict(actor, claim, Outcome.Rejected, [reason.Ordinary], stop);
                break;
            case < 75:
                await Verdict(actor, claim, Outcome.Referred, [reason.SecondPerson], stop);
                break;
            case < 88:
                if ((await ask.Handle(actor, claim, [reason.Ordinary], "请重拍", stop)).Refusal is null)
                    Say("asked", claim.Case, claim.Token, home);
                break;
            default:
                if ((await release.Handle(actor, claim, stop)).Refusal is null)
                    Say("released", claim.Case, claim.Token);
                break;
        }
    }

    private async Task Verdict(Actor actor, Claim claim, Outcome outcome, string[] codes, CancellationToken stop)
    {
        var decided = await decide.Handle(actor, claim, outcome, codes, "请按提示办理", null, cancel: stop);
        if (decided.Refusal is not null)
            return;
        if (decided.Value.HeldUntil is null)
        {
            Say("proposed", claim.Case, claim.Token);
            return;
        }

        Say("decided", claim.Case, claim.Token, outcome);
        if (Random.Shared.Next(4) > 0)
            return;
        await Task.Delay(Random.Shared.Next(900), stop);
        if (await undo.Handle(actor, claim, stop) is { Refusal: null, Value.Token: var token })
            Say("undone", claim.Case, claim.Token, token);
    }
}
