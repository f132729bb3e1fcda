using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>A field that lists and cases show masked.</summary>
public enum PersonalField
{
    /// <summary>Name.</summary>
    Name,

    /// <summary>Number of the identity document.</summary>
    Document,

    /// <summary>Phone number.</summary>
    Phone,
}

/// <summary>Shows one masked field of one case in clear, and records that it did (REC-2).</summary>
public sealed class RevealField(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Reveal;

    /// <summary>The field in clear.</summary>
    public Task<Answer<string>> Handle(Actor actor, CaseId id, PersonalField field, CancellationToken cancel = default) =>
        commit.Run<RevealField, string>(actor, async unit =>
        {
            var found = await CasesInReach.Find(unit.Db, actor, id, cancel);
            if (found.Refusal is { } refusal)
                return refusal;
            var applicant = await unit.Db.Applicants.SingleAsync(a => a.Id == found.Value.Applicant, cancel);
            var sent = await WhoAsks.Of(unit.Db, found.Value, cancel);
            unit.Record(new PersonalDataRevealed(id, actor.Reviewer.Value, field.ToString()));
            return field switch
            {
                PersonalField.Name => sent.Name.Value,
                PersonalField.Document => applicant.Document.Number,
                _ => sent.Phone.Value,
            };
        }, cancel);
}
