using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Finalise;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Finalise;

public sealed class ReevaluateLicenceTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private Casework work = null!;

    [Fact]
    public async Task An_open_case_is_judged_anew_and_not_closed()
    {
        var id = await work.Application();
        await work.Open(id);
        await Put(id, licence => licence with { Status = "U" });

        var subject = await work.Case(id);
        Assert.Equal(CaseState.Open, subject.State);
        Assert.Contains(nameof(LicenceReevaluated), await work.Audited(CaseEvent.StreamOf(id)));
        var view = (await store.Get<CaseQuery>().Handle(await new Sample(store).Staff(Roles.Reviewer), id)).Value;
        Assert.Equal(Eligibility.LicenceNotValid, view.Against!.Code);
        Assert.Contains(Eligibility.LicenceNotValid, view.Suggested);
    }

    [Fact]
    public async Task An_e_licence_whose_licence_changed_ends_once_and_its_holder_is_told()
    {
        var person = await work.Person();
        var id = await work.Application(person);
        await work.Decide(id);
        await work.Settle();
        Assert.Null((await work.ELicences(person)).Single().WithdrawnAt);

        await Put(id, licence => licence with { Classes = "A2" });
        await Put(id, licence => licence with { Classes = "A1" });

        var ended = (await work.ELicences(person)).Single();
        Assert.Equal(IssueELicence.Outdated, ended.WithdrawnWhy);
        Assert.Single(await work.Notices(id), notice => notice.Template == Notices.ELicenceOutdated);
        var view = (await store.Get<CaseQuery>().Handle(await new Sample(store).Staff(Roles.Reviewer), id)).Value;
        Assert.Equal(ended.WithdrawnAt, view.Issued!.WithdrawnAt);
    }

    [Fact]
    public async Task A_status_alone_ends_no_e_licence()
    {
        var person = await work.Person();
        var id = await work.Application(person);
        await work.Decide(id);
        await work.Settle();
        await Put(id, licence => licence with { Status = "U" });
        Assert.Null((await work.ELicences(person)).Single().WithdrawnAt);
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        work = new(store);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task Put(CaseId id, Func<DriverLicence, DriverLicence> change)
    {
        var subject = await work.Case(id);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await work.Do(unit =>
        {
            var index = unit.Db.IndexOf(unit.Db.Applicants.Single(a => a.Id == subject.Applicant).Document);
            var licence = change(Casework.Licence()) with { SourceTime = unit.Now };
            if (unit.Db.LicenceRecords.Find(index) is { } record)
                record.Licence = licence;
            else
                unit.Db.LicenceRecords.Add(new LicenceRecord { DocumentIndex = index, Licence = licence, UpdatedAt = unit.Now });
            unit.Record(new LicencePut(index, unit.Now));
        });
        await store.Drain();
    }
}
