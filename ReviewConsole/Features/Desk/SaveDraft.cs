using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>What the reviewer is about to do with a case.</summary>
public enum DraftMode
{
    /// <summary>Nothing yet.</summary>
    Looking,

    /// <summary>Rejecting.</summary>
    Rejecting,

    /// <summary>Asking the applicant for more.</summary>
    Asking,

    /// <summary>Referring to the case unit.</summary>
    Referring,
}

/// <summary>What a reviewer had ticked and typed; kept in the store, so that a lost claim, a closed tab or a restart loses nothing.</summary>
/// <param name="Mode">What was under way.</param>
/// <param name="Reasons">Ticked reasons.</param>
/// <param name="Text">Words to the applicant.</param>
/// <param name="Note">Words for colleagues.</param>
public sealed record Draft(DraftMode Mode, IReadOnlyList<string> Reasons, string Text, string Note)
{
    /// <summary>Nothing ticked or typed.</summary>
    public static readonly Draft Empty = new(DraftMode.Looking, [], "", "");

    /// <inheritdoc/>
    public bool Equals(Draft? other) => other is not null && Mode == other.Mode && Text == other.Text && Note == other.Note && Reasons.SequenceEqual(other.Reasons, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mode, Reasons.Count, Text, Note);

    internal string Write() => JsonSerializer.Serialize(this);

    internal static Draft Read(string stored) => JsonSerializer.Deserialize<Draft>(stored) ?? Empty;
}

/// <summary>Keeps a reviewer's draft on a case. It is no event: nobody else sees it.</summary>
public sealed class SaveDraft(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>The person changed the draft in another tab meanwhile: which one counts is for the person to say.</summary>
    public static readonly Refusal ChangedElsewhere = new("DRAFT_CHANGED_ELSEWHERE");

    /// <summary>Keeps the draft; an empty one is removed.</summary>
    /// <param name="actor">Whose draft.</param>
    /// <param name="id">On which case.</param>
    /// <param name="before">What was kept as far as the page knows: where it is something else now, nothing is overwritten.</param>
    /// <param name="draft">What is to be kept.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Answer<Done>> Handle(Actor actor, CaseId id, Draft before, Draft draft, CancellationToken cancel = default) =>
        commit.Run<SaveDraft, Done>(actor, async unit =>
        {
            var found = await CasesInReach.Find(unit.Db, actor, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var kept = await unit.Db.Drafts.SingleOrDefaultAsync(d => d.Case == id && d.Reviewer == actor.Reviewer, cancel);
            var there = kept is null ? Draft.Empty : Draft.Read(kept.Content);
            if (there != before && there != draft)
                return ChangedElsewhere;
            if (draft == Draft.Empty)
            {
                if (kept is not null)
                    unit.Db.Drafts.Remove(kept);
            }
            else if (kept is null)
            {
                unit.Db.Drafts.Add(new CaseDraft { Case = id, Reviewer = actor.Reviewer, Content = draft.Write(), SavedAt = unit.Now });
            }
            else
            {
                (kept.Content, kept.SavedAt) = (draft.Write(), unit.Now);
            }

            return default(Done);
        }, cancel);
}
