using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Mapping;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Features.Intake;

/// <summary>The receipt of a request that became a case.</summary>
/// <param name="Id">Id of the request, for later calls.</param>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="DueAt">Until when it is to be decided (APP-4).</param>
/// <param name="Backlog">Requests ahead of it.</param>
/// <param name="ExpectedDecisionAt">When a decision may be expected (APP-8); null where nothing is known yet.</param>
/// <param name="ExpectedDecisionUnknown">Why not; null where it is known.</param>
internal sealed record Receipt(
    Guid Id, string ReceiptNumber, ApplicantState State, DateTimeOffset ReceivedAt, DateTimeOffset DueAt, int Backlog, DateTimeOffset? ExpectedDecisionAt, string? ExpectedDecisionUnknown);

/// <summary>What the intake of every kind of request has in common: finding the applicant, opening the case, recording a refusal.</summary>
internal sealed class Admission(Clocks clocks, Queues queues, IntakeWords words)
{
    /// <summary>The applicant of a document, where there is one already.</summary>
    public static async Task<Applicant?> Find(ReviewDb db, IdentityDocument document, CancellationToken cancel)
    {
        var index = db.IndexOf(document);
        return await db.Applicants.SingleOrDefaultAsync(a => EF.Property<string>(a, ApplicantMapping.DocumentIndex) == index, cancel);
    }

    /// <summary>The level that counts: a request never lowers the one that is known (REG-2).</summary>
    public static RegistrationLevel LevelOf(ApplicantEntry entry, Applicant? known) =>
        entry.Level == RegistrationLevel.Online && known is not null ? known.Level : entry.Level;

    /// <summary>Whether the applicant has an open request of that kind (APP-7).</summary>
    public static async Task<bool> HasOpen(ReviewDb db, Applicant? known, string queue, CancellationToken cancel) =>
        known is not null && await db.Cases.AnyAsync(c => c.Applicant == known.Id && c.HomeQueue == queue && c.State != CaseState.Closed, cancel);

    /// <summary>Opens a case over a subject and answers with its receipt.</summary>
    /// <param name="unit">The commit.</param>
    /// <param name="subjectType">Type of what is reviewed: it names the queue.</param>
    /// <param name="authority">Code of the issuing authority.</param>
    /// <param name="entry">The applicant as sent.</param>
    /// <param name="known">The applicant as stored, where there is one.</param>
    /// <param name="addSubject">Adds what is reviewed and its pictures, given its new id and the applicant's.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Reply> Open(UnitOfWork unit, Type subjectType, string authority, ApplicantEntry entry, Applicant? known, Action<Guid, Guid> addSubject, CancellationToken cancel)
    {
        var queue = queues.For(subjectType);
        var advice = await Backlog.Of(unit.Db, queue, [authority], clocks.For(queue, authority), unit.Now, cancel);
        var applicant = known;
        if (applicant is null)
            unit.Db.Applicants.Add(applicant = new Applicant(Guid.CreateVersion7(unit.Now), entry.Name, entry.Document, entry.Phone, entry.PhoneSource, entry.Level));
        else
            applicant.Update(entry.Name, entry.Phone, entry.PhoneSource, entry.Level);
        var subject = Guid.CreateVersion7(unit.Now);
        addSubject(subject, applicant.Id);
        unit.Db.SentIdentities.Add(new SentIdentity
        {
            Subject = subject,
            Applicant = applicant.Id,
            Name = entry.Name,
            NameIndex = unit.Db.IndexOf(entry.Name),
            Phone = entry.Phone,
            PhoneIndex = unit.Db.IndexOf(entry.Phone),
        });
        ReviewCase opened = new(
            CaseId.New(unit.Now), await Receipts.Next(unit, queue, cancel), queue.Id, authority, subject, applicant.Id, clocks.For(queue, authority), unit.Actor.Id, unit.Now);
        unit.Db.Cases.Add(opened);
        return Reply.Of(StatusCodes.Status201Created, new Receipt(
            opened.Id.Value, opened.ReceiptNumber, ApplicantState.Received, Shanghai.In(opened.ReceivedAt), Shanghai.In(opened.DueAt), advice.Waiting, advice.ExpectedDecisionAt, advice.ExpectedDecisionUnknown));
    }

    /// <summary>Records a refused intake, which is never a case, and answers with the reasons in the applicant's words.</summary>
    public Reply Refuse<TEvidence>(UnitOfWork unit, Type subjectType, string authority, IdentityDocument document, TEvidence evidence, IReadOnlyList<Refusal> refusals)
    {
        RefusedIntake refused = new()
        {
            Id = Guid.CreateVersion7(unit.Now),
            At = unit.Now,
            Client = unit.Actor.Id,
            Queue = queues.For(subjectType).Id,
            Authority = authority,
            DocumentIndex = unit.Db.IndexOf(document),
            Code = refusals[0].Code,
            Evidence = JsonSerializer.Serialize(evidence, Reply.Json),
        };
        unit.Db.RefusedIntakes.Add(refused);
        unit.Record(new IntakeRefused(refused.Id, refused.Queue, authority, [.. refusals.Select(r => r.Code)]));
        return words.Refuse(refusals);
    }
}

/// <summary>A request was refused at intake.</summary>
internal sealed record IntakeRefused(Guid Intake, string Queue, string Authority, IReadOnlyList<string> Codes) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => "system:intake";
}

/// <summary>A data source sent a licence status that nobody explained: somebody must look at the source (APP-3).</summary>
internal sealed record LicenceStatusAlarm(string Authority, string Unknown) : DomainEvent
{
    /// <summary>The alarm for a licence. What is no ASCII character is hidden: a source that mixes up its fields must not bring a name in here.</summary>
    public static LicenceStatusAlarm Of(DriverLicence licence, LicenceStatus status) =>
        new(licence.Authority, string.Concat(status.Unknown.Select(letter => char.IsAscii(letter) ? letter : '?')));

    /// <inheritdoc/>
    public override string Stream => "system:intake";
}
