using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Features.Finalise;

/// <summary>A decision that can be corrected.</summary>
/// <param name="Id">The case.</param>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="Queue">The queue that it came in by: its reasons.</param>
/// <param name="Authority">Code of the issuing authority.</param>
/// <param name="Verdict">What stands now.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="DecidedBy">Name of who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Former">What had been decided, where a correction replaced that; null where none did.</param>
/// <param name="Subject">Type of what is reviewed, where its approval gives something; null where it only closes the case.</param>
/// <param name="Look">The second look with another verdict that a correction settles; null where there is none.</param>
/// <param name="Second">That verdict.</param>
public sealed record Correction(
    CaseId Id, string ReceiptNumber, string Queue, string Authority, Verdict Verdict, Outcome Outcome, string DecidedBy, DateTimeOffset DecidedAt, Verdict? Former, string? Subject, CaseId? Look, Verdict? Second);

/// <summary>Reads what the page of corrections shows.</summary>
public sealed class CorrectionQuery(Reads reads, ApprovalEffects effects) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Correct;

    /// <summary>The decision; a refusal where there is none that could be corrected by this person.</summary>
    public Task<Answer<Correction>> Handle(Actor actor, CaseId id, CancellationToken cancel = default) => reads.Run<CorrectionQuery, Correction>(actor, async db =>
    {
        var found = await CasesInReach.Find(db, actor, id, cancel);
        if (found.Refusal is { } notFound)
            return notFound;
        if (found.Value is not { Outcome: Outcome.Approved or Outcome.Rejected or Outcome.Referred, Verdict: { } verdict, Holder: { } by, DecidedAt: { } at } subject)
            return Refusals.WrongState;
        var look = await db.SecondLooks.SingleOrDefaultAsync(l => l.Original == id && l.State == LookState.Differs, cancel);
        if (look?.IsOf(actor.Reviewer) == true)
            return Refusals.FourEyes;
        var second = look is null ? null : (await db.Cases.SingleAsync(c => c.Id == look.Case, cancel)).Verdict;
        var name = await db.Users.Where(u => u.Id == by.Value).Select(u => u.DisplayName).SingleOrDefaultAsync(cancel);
        return new Correction(
            id, subject.ReceiptNumber, subject.HomeQueue, subject.Authority, verdict, subject.Outcome!.Value, name ?? "", at, subject.Former, effects.Of(subject)?.Subject.Name, look?.Case, second);
    }, cancel);
}
