using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>A store and what makes cases in it, together: the made-up people of a store are numbered.</summary>
public sealed class DeskStore : IAsyncLifetime
{
    public DeskStore() => Sample = new(Store);

    public TestStore Store { get; } = new() { Setup = builder => builder.Configuration["Review:IdleMinutes"] = "2" };

    public Sample Sample { get; }

    public Task InitializeAsync() => Store.InitializeAsync();

    public Task DisposeAsync() => Store.DisposeAsync();
}

/// <summary>Renders the pages of the desk over the product's own use cases and a store of made-up cases, whose clock is the page's.</summary>
public abstract class DeskContext : UiContext
{

    protected DeskContext(DeskStore desk)
        : base(services => Add(services, desk.Store)) => (Store, Sample) = (desk.Store, desk.Sample);

    protected TestStore Store { get; }

    protected Sample Sample { get; }

    /// <summary>A portrait's report with the given outcomes.</summary>
    public static PhotoReport Report(params CheckOutcome[] checks) =>
        new(440, 640, 1, 20.6, 15.1, null, new(60, 470, 70, 370), null, "t", checks);

    /// <summary>An outcome; only what matters is said.</summary>
    public static CheckOutcome Check(string id, CheckResult result, double? value = null, string? unit = null, double? min = null, double? max = null, double? uncertainty = null, string? reason = null) =>
        new(id, result, value, unit, min, max, uncertainty, reason);

    /// <summary>Gives a case a portrait on which <paramref name="checks"/> came out.</summary>
    protected async Task Measured(CaseId id, params CheckOutcome[] checks)
    {
        var subject = await Case(id);
        var picture = await new Casework(Store).Picture(subject.Subject, subject.Applicant, PictureKind.Portrait, 0);
        await Sample.Do<Done>(unit =>
        {
            unit.Db.Pictures.Single(p => p.Id == picture).Keep(Report(checks));
            return default(Done);
        });
    }

    /// <summary>The licence's record turns bad after the request.</summary>
    protected async Task LicenceTurnsBad(CaseId id)
    {
        await using var db = await Store.Open();
        var subject = await db.Cases.SingleAsync(c => c.Id == id);
        var person = await db.Applicants.SingleAsync(a => a.Id == subject.Applicant);
        var licence = (await db.Applications.SingleAsync(a => a.Id == subject.Subject)).Licence;
        await Sample.Do<Done>(unit =>
        {
            unit.Db.LicenceRecords.Add(new LicenceRecord { DocumentIndex = db.IndexOf(person.Document), Licence = licence with { Status = "U", SourceTime = unit.Now }, UpdatedAt = unit.Now });
            return default(Done);
        });
    }

    protected async Task<ReviewCase> Case(CaseId id)
    {
        await using var db = await Store.Open();
        return await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id);
    }

    private static void Add(IServiceCollection services, TestStore store)
    {
        services.AddSingleton<TimeProvider>(store.Time);
        services.AddScoped<LastDecision>();
        services.AddScoped<Overlays>();
        Take<QueueQuery>();
        Take<CaseQuery>();
        Take<WhyQuery>();
        Take<NoticePreview>();
        Take<ClaimNext>();
        Take<ClaimCase>();
        Take<KeepClaim>();
        Take<ReleaseCase>();
        Take<PutBackCase>();
        Take<RecuseCase>();
        Take<PrefetchNext>();
        Take<ReadyPicturesQuery>();
        Take<Decide>();
        Take<UndoDecision>();
        Take<AskForInformation>();
        Take<SaveDraft>();
        Take<ColleaguesQuery>();
        Take<ChangeDuty>();
        Take<OpenCases>();
        Take<RevealField>();
        Take<ChangeFeed>();
        Take<Queues>();
        Take<Authorities>();
        Take<Reasons>();
        Take<IOptions<ReviewSettings>>();

        void Take<T>()
            where T : class => services.AddSingleton(_ => store.Get<T>());
    }
}
