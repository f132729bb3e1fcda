using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Intake;
using ReviewConsole.Features.SecondLooks;
using ReviewConsole.Photos.Drawn;

namespace ReviewConsole.Demo;

/// <summary>
/// Fills an empty development store: staff of every role, and a week of made-up requests that came in, were measured, claimed and decided through the same use
/// cases as real ones, under a clock of their own. Every person, number and picture in it is made up.
/// </summary>
public sealed class DemoSeed : IUseCase
{
    /// <summary>Password of every demo account.</summary>
    public const string Password = "demo-review-2026";

    /// <summary>User names and names of the demo accounts.</summary>
    public static IEnumerable<(string User, string Name)> Accounts => Staff.Select(person => (person.User, person.Name));

    private static readonly (string User, string Name, Roles Roles)[] Staff =
    [
        ("reviewer", "审核员07", Roles.Reviewer),
        ("reviewer2", "审核员03", Roles.Reviewer),
        ("senior", "复核员01", Roles.Senior),
        ("supervisor", "主管01", Roles.Supervisor),
        ("admin", "管理员", Roles.Administrator),
        ("auditor", "审计员", Roles.Auditor),
    ];

    private readonly IServiceProvider services;
    private readonly DemoClock clock;
    private readonly Dictionary<int, CaseId> cases = [];
    private Actor[] reviewers = [];
    private Actor client = Actor.Nobody;

    private DemoSeed(IServiceProvider services, DemoClock clock) => (this.services, this.clock) = (services, clock);

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <summary>True where the store has nobody and nothing in it.</summary>
    public static async Task<bool> IsWanted(IServiceProvider services, CancellationToken cancel)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync(cancel);
        return !await db.Users.AnyAsync(cancel) && !await db.Cases.AnyAsync(cancel);
    }

    /// <summary>Seeds.</summary>
    /// <param name="args">The command line, for its settings.</param>
    /// <param name="addServices">Adds the product's services; the seed puts its own clock beside them.</param>
    /// <param name="now">The moment at which the demo begins.</param>
    /// <param name="tell">Takes lines about the progress.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="most">How many requests at most; all of them unless said otherwise.</param>
    public static async Task Run(string[] args, Action<IHostApplicationBuilder> addServices, DateTimeOffset now, TextWriter tell, CancellationToken cancel, int most = int.MaxValue)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        addServices(builder);
        DemoClock turned = new(now - TimeSpan.FromDays(8));
        builder.Services.AddSingleton<TimeProvider>(turned);
        await using var app = builder.Build();
        await app.Services.GetRequiredService<Clocks>().Load(cancel);
        await new DemoSeed(app.Services, turned).Fill(now, tell, most, cancel);
    }

    private async Task Fill(DateTimeOffset now, TextWriter tell, int most, CancellationToken cancel)
    {
        await AddStaff();
        var key = (await Get<CreateApiClient>().Handle(Actor.System("demo") with { Permissions = [Permission.Administer] }, "demo", [Permission.Intake, Permission.PutLicences], cancel)).Value;
        client = await Client(cancel);
        await tell.WriteLineAsync($"Demo API key (shown once): {key}");

        var plan = DemoPlan.Make(now).Take(most).ToList();
        await tell.WriteLineAsync($"Drawing, measuring and deciding {plan.Count} made-up requests …");
        var steps = plan.Select(request => (request.At, Step: (Func<Task>)(() => Receive(request, cancel))))
            .Concat(plan.Where(request => request.Fate != DemoFate.Waits).Select(request => (At: request.HandledAt, Step: (Func<Task>)(() => HandleLater(request, cancel)))))
            .Append((At: now.AddHours(-1), Step: () => LookAgain(cancel)))
            .OrderBy(step => step.At).ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            clock.GoTo(steps[i].At);
            await steps[i].Step();
            if (i % 100 == 99)
                await tell.WriteLineAsync($"  {(i + 1) * 100 / steps.Count} %");
        }

        clock.GoTo(now);
        await Get<OutboxPump>().Drain(cancel);
    }

    private async Task AddStaff()
    {
        PasswordHasher<StaffUser> hasher = new();
        var made = await Get<Commit>().Run<DemoSeed, StaffUser[]>(Actor.System("demo"), unit =>
        {
            StaffUser[] users = [.. Staff.Select(person => new StaffUser
            {
                Id = Guid.CreateVersion7(unit.Now), UserName = person.User, NormalizedUserName = person.User.ToUpperInvariant(), DisplayName = person.Name, Roles = person.Roles,
                Authorities = ["粤", "浙"], Queues = [.. Queues.Standard.All.Select(queue => queue.Id)], LockoutEnabled = true, SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
            })];
            foreach (var user in users)
            {
                user.PasswordHash = hasher.HashPassword(user, Password);
                unit.Db.Users.Add(user);
            }

            return Task.FromResult<Answer<StaffUser[]>>(users);
        });
        var actors = Get<StaffActors>();
        reviewers = [.. made.Value.Where(user => user.Roles is Roles.Reviewer or Roles.Senior).Select(actors.Of)];
    }

    private async Task<Actor> Client(CancellationToken cancel)
    {
        await using var db = await Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync(cancel);
        var stored = await db.ApiClients.AsNoTracking().SingleAsync(cancel);
        return Actor.Client(stored.Id, stored.Name, stored.Permissions);
    }

    private async Task Receive(DemoRequest request, CancellationToken cancel)
    {
        Once once = new(client.Id, $"demo-{request.Number}", "demo");
        var answer = request.Queue == Queues.ELicence
            ? await Get<ReceiveELicence>().Handle(client, ELicence(request), once, cancel)
            : await Get<ReceiveIdPhoto>().Handle(client, IdPhoto(request), once, cancel);
        if (answer.Refusal is { } refusal)
            throw new InvalidOperationException($"The demo's request {request.Number} was refused: {refusal.Code}");
        using var body = JsonDocument.Parse(answer.Value.Body);
        if (answer.Value.Status >= 400)
            throw new InvalidOperationException($"The demo's request {request.Number} was refused: {answer.Value.Body}");
        cases[request.Number] = new(body.RootElement.GetProperty("id").GetGuid());
    }

    private async Task HandleLater(DemoRequest request, CancellationToken cancel)
    {
        await Get<OutboxPump>().Drain(cancel);
        var (id, who) = (cases[request.Number], reviewers[request.Number % reviewers.Length]);
        if (request.Fate == DemoFate.Withdrawn)
        {
            await Get<Withdraw>().Handle(client, id.Value, new Once(client.Id, $"demo-w{request.Number}", "demo"), cancel);
            return;
        }

        var claim = await Get<ClaimCase>().Handle(who, id, cancel);
        if (claim.Refusal is not null)
            return;
        // Everybody has a pace of their own.
        clock.GoTo(clock.GetUtcNow() + TimeSpan.FromSeconds(20 + (request.Number % reviewers.Length * 12) + (request.Number % 37)));
        var refused = request.Fate switch
        {
            DemoFate.Approved => await Conclude(who, claim.Value, Outcome.Approved, [], null, cancel),
            DemoFate.Rejected => await Conclude(who, claim.Value, Outcome.Rejected, [request.Reason!], null, cancel),
            DemoFate.SecondReview => await Conclude(who, claim.Value, Outcome.Referred, [request.Reason!], null, cancel),
            _ => (await Get<AskForInformation>().Handle(who, claim.Value, [request.Reason!], null, cancel)).Refusal,
        };
        if (refused is not null)
            throw new InvalidOperationException($"The demo's decision on {request.Number} was refused: {refused.Code}");
        clock.GoTo(clock.GetUtcNow() + TimeSpan.FromSeconds(11));
        if (request.Fate == DemoFate.AnsweredAndWaits)
            await Get<Resubmit>().Handle(client, id.Value, Again(request), new Once(client.Id, $"demo-r{request.Number}", "demo"), cancel);
    }

    // Where the machine is not followed it is said why (WORK-5).
    private async Task<Refusal?> Conclude(Actor who, Claim claim, Outcome outcome, IReadOnlyList<string> reasons, string? note, CancellationToken cancel) =>
        (await Get<Decide>().Handle(who, claim, outcome, reasons, null, note, outcome == Outcome.Approved ? DissentReason.Acceptable : DissentReason.Unseen, cancel)).Refusal;

    // A few second looks are done. Most come to the same; where one does not, the first person has something to say.
    private async Task LookAgain(CancellationToken cancel)
    {
        const int Looks = 6;
        await Get<OutboxPump>().Drain(cancel);
        var senior = reviewers.First(who => who.May(Permission.ReviewAgain));
        for (var i = 0; i < Looks && await Get<ClaimNext>().Handle(senior, Queues.ELicenceLook, cancel) is { Refusal: null, Value: var claim }; i++)
        {
            await using var db = await Get<IDbContextFactory<ReviewDb>>().CreateDbContextAsync(cancel);
            var look = await db.SecondLooks.AsNoTracking().SingleAsync(l => l.Case == claim.Case, cancel);
            var first = (await db.Cases.AsNoTracking().SingleAsync(c => c.Id == look.Original, cancel)).Verdict!;
            var differs = i % 4 == 2;
            var (outcome, reasons) = !differs ? (first.Outcome, first.Reasons) : first.Outcome == Outcome.Approved ? (Outcome.Rejected, ["PHOTO_BACKGROUND"]) : (Outcome.Approved, Array.Empty<string>());
            clock.GoTo(clock.GetUtcNow() + TimeSpan.FromSeconds(45));
            if (await Conclude(senior, claim, outcome, reasons, outcome == Outcome.Rejected ? "背景不是白色" : null, cancel) is { } refused)
                throw new InvalidOperationException($"The demo's second look {i} was refused: {refused.Code}");
            clock.GoTo(clock.GetUtcNow() + TimeSpan.FromSeconds(11));
            await Get<OutboxPump>().Drain(cancel);
            if (differs)
                await Get<RemarkOnSecondLook>().Handle(reviewers.First(who => who.Reviewer == look.FirstBy), look.Case, "机检背景合格，肉眼看也是白色。", cancel);
        }
    }

    private static ELicenceBody ELicence(DemoRequest request)
    {
        var today = Shanghai.DateOf(request.At);
        var source = (request.Number % 3) switch { 0 => "camera", 1 => "album", _ => "on-file" };
        return new(
            Applicant(request, "real-person"),
            new(
                request.CitizenNumber, request.Status, request.Number % 9 == 0 ? "B2" : "C1", Day(today.AddYears(-2)), request.Authority,
                request.At.AddHours(-2).ToString("O", CultureInfo.InvariantCulture), ValidTo: Day(today.AddYears(4))),
            source, Picture(DrawnPortrait.Portrait(request.Number, request.Picture)),
            PhotoOnFile: request.Number % 2 == 0 ? new(Picture(DrawnPortrait.Portrait(request.Number, new())), Day(today.AddMonths(-20))) : null);
    }

    private static IdPhotoBody IdPhoto(DemoRequest request)
    {
        var from = Shanghai.DateOf(request.At).AddYears(-3);
        var to = Validity(request, from);
        return new(
            Applicant(request, "online"), request.Authority, new(Day(from), to is { } end ? Day(end) : null),
            Picture(DrawnCard.PortraitSide(request.Number, request.Name, request.CitizenNumber, DemoPlan.Scene(request.Number))),
            Picture(DrawnCard.EmblemSide(request.Number, "样本市公安局", from, to, DemoPlan.Scene(request.Number + 1))),
            Picture(DrawnPortrait.Portrait(request.Number, new() { Background = 0xD8DCE0 })), 0.35 + (request.Number % 20 / 100.0), 3 + (request.Number % 4));
    }

    private static ResubmissionBody Again(DemoRequest request) => request.Queue == Queues.ELicence
        ? new(Portrait: Picture(DrawnPortrait.Portrait(request.Number, new())))
        : new(PortraitSide: Picture(DrawnCard.PortraitSide(request.Number, request.Name, request.CitizenNumber, DemoPlan.Scene(0))));

    // ID-2: ten, twenty years or long-term, by the age at issue.
    private static DateOnly? Validity(DemoRequest request, DateOnly from)
    {
        var born = DateOnly.ParseExact(request.CitizenNumber.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture);
        var age = from.Year - born.Year - (from < born.AddYears(from.Year - born.Year) ? 1 : 0);
        return age >= 46 ? null : from.AddYears(age >= 26 ? 20 : age >= 16 ? 10 : 5);
    }

    private static ApplicantBody Applicant(DemoRequest request, string level) =>
        new(request.Name, new("resident-identity-card", request.CitizenNumber), request.Phone, request.Number % 5 == 0 ? "alipay" : "police-record", level);

    private static Base64 Picture(byte[] bytes) => new(bytes);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
