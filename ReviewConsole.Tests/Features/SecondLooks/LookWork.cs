using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.SecondLooks;

/// <summary>A store in which every decision is looked at again, its people, and the steps of a second look.</summary>
public sealed class LookWork : IAsyncLifetime
{
    public LookWork() => (Sample, Work) = (new(Store), new(Store));

    public TestStore Store { get; } = new()
    {
        Setup = builder => (builder.Configuration["Review:SecondLooks:AtMost"], builder.Configuration["Review:SecondLooks:Share"]) = ("1", "1"),
    };

    public Sample Sample { get; }

    public Casework Work { get; }

    public Actor Reviewer { get; private set; } = Actor.Nobody;

    public Actor Senior { get; private set; } = Actor.Nobody;

    public Actor Supervisor { get; private set; } = Actor.Nobody;

    public async Task InitializeAsync()
    {
        await Store.InitializeAsync();
        Reviewer = await Sample.Staff(Roles.Reviewer, "审核员07");
        Senior = await Sample.Staff(Roles.Senior, "复核员01");
        Supervisor = await Sample.Staff(Roles.Supervisor, "主管01");
    }

    public Task DisposeAsync() => Store.DisposeAsync();

    /// <summary>An e-licence case that somebody decided, with everything that followed.</summary>
    public async Task<CaseId> Decided(Outcome outcome = Outcome.Approved, Actor? by = null, params string[] reasons)
    {
        var id = await Work.Application();
        await Work.Open(id);
        await Decide(by ?? Reviewer, id, outcome, reasons, outcome == Outcome.Approved ? null : "第一次的备注");
        return id;
    }

    /// <summary>Claims and decides a case, and lets it take effect.</summary>
    public async Task Decide(Actor by, CaseId id, Outcome outcome, string[] reasons, string? note = null)
    {
        var claim = await Store.Get<ClaimCase>().Handle(by, id);
        Assert.Null(claim.Refusal);
        Assert.Null((await Store.Get<Decide>().Handle(by, claim.Value, outcome, reasons, null, note)).Refusal);
        await Work.Settle();
    }

    /// <summary>The second look at a case.</summary>
    public async Task<SecondLook> LookAt(CaseId original)
    {
        await using var db = await Store.Open();
        return await db.SecondLooks.AsNoTracking().SingleAsync(l => l.Original == original);
    }

    /// <summary>A decision of the reviewer's and a second look of the senior's at it.</summary>
    public async Task<SecondLook> Looked(Outcome second, params string[] reasons)
    {
        var look = await LookAt(await Decided());
        await Decide(Senior, look.Case, second, reasons, second == Outcome.Approved ? null : "抽查的备注");
        return await LookAt(look.Original);
    }

    /// <summary>The roll-ups are what a rebuild counts, and the audit chain is whole.</summary>
    public async Task Holds()
    {
        var machine = Actor.System("test") with { Permissions = [Permission.Audit, Permission.Administer] };
        Assert.Equal(0, (await Store.Get<RebuildRollups>().Handle(machine, mend: false)).Value.Differing);
        Assert.Null((await Store.Get<VerifyAudit>().Handle(machine)).Value.FirstBad);
    }
}
