using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Features.Finalise;

/// <summary>
/// A licence was put into the record: the holder's open applications are judged anew, which decides nothing by itself (APP-3), and an e-licence whose
/// licence changed in class, validity or authority ends (APP-6).
/// </summary>
public sealed class ReevaluateLicence(Commit commit, Queues queues, ApprovalBar bar, LicenceLetters letters, Reasons reasons) : IOutboxWorker, IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Reevaluate;

    /// <inheritdoc/>
    public int Parallelism => 2;

    /// <inheritdoc/>
    public Task Work(OutboxTicket ticket, CancellationToken cancel) => commit.Run<ReevaluateLicence, Done>(Actor.System("licence"), async unit =>
    {
        var index = ticket.Key;
        if (!await ticket.Finish(unit)
            || await unit.Db.Applicants.SingleOrDefaultAsync(a => EF.Property<string>(a, ApplicantMapping.DocumentIndex) == index, cancel) is not { } holder)
            return default(Done);
        foreach (var open in await unit.Db.Cases.Where(c => c.Applicant == holder.Id && c.State != CaseState.Closed && c.Original == null).ToListAsync(cancel))
        {
            if (queues.Find(open.HomeQueue)?.Subject == typeof(ELicenceApplication))
                open.NoteLicence((await bar.Against(unit.Db, open, unit.Now, cancel))?.Code);
        }

        await EndOutdated(unit, holder, cancel);
        return default(Done);
    }, cancel);

    private async Task EndOutdated(UnitOfWork unit, Domain.People.Applicant holder, CancellationToken cancel)
    {
        if (await unit.Db.ELicences.SingleOrDefaultAsync(e => e.ApplicantId == holder.Id && e.WithdrawnAt == null, cancel) is not { } held)
            return;
        var issuedBy = await unit.Db.Cases.SingleAsync(c => c.Id == new CaseId(held.CaseId), cancel);
        var application = await unit.Db.Applications.AsNoTracking().SingleAsync(a => a.Id == issuedBy.Subject, cancel);
        // The licence that it was issued on may be newer than what was put.
        var licence = (await LicenceStanding.Of(unit.Db, application.Licence, holder.Document, holder.Level, letters, unit.Now, cancel)).Licence;
        if (held.StillMatches(licence))
            return;
        held.Withdraw(IssueELicence.Outdated, unit.Now);
        await unit.Tell(Notices.ELicenceOutdated, issuedBy, verdict: null, deadline: null, reasons, cancel);
    }
}
