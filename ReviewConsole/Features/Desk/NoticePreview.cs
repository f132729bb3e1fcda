using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Desk;

/// <summary>The very words that a decision would send, before it is made (WORK-2).</summary>
public sealed class NoticePreview(Reads reads, Reasons reasons, IOptions<ReviewSettings> settings, TimeProvider time) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>The words for what the draft says; a refusal where the draft could not be sent.</summary>
    public Task<Answer<NoticeWords>> Handle(Actor actor, CaseId id, Draft draft, CancellationToken cancel = default) => reads.Run<NoticePreview, NoticeWords>(actor, async db =>
    {
        var found = await CasesInReach.Find(db, actor, id, cancel);
        if (found.Refusal is { } notFound)
            return notFound;
        // A second look tells nobody outside.
        if (found.Value.Original is not null)
            return Refusals.WrongState;
        var outcome = draft.Mode switch
        {
            DraftMode.Looking => Outcome.Approved,
            DraftMode.Referring => Outcome.Referred,
            _ => Outcome.Rejected,
        };
        var made = Verdict.Make(outcome, draft.Reasons, draft.Text, null);
        if (made.Refusal is { } refusal)
            return refusal;
        var asking = draft.Mode == DraftMode.Asking;
        DateTimeOffset? deadline = asking ? time.GetUtcNow() + settings.Value.AnswerWithin : null;
        var values = await NoticeWriter.Values(db, found.Value, made.Value, deadline, reasons, cancel);
        return Notices.Render(asking ? Notices.InformationRequested : Notices.For(outcome, found.Value.HomeQueue), values);
    }, cancel);
}
