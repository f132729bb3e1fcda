using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>Which pictures to fetch ahead: those of the case that is kept ready for the reader (WORK-4).</summary>
public sealed class ReadyPicturesQuery(Reads reads) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>The ids of its current pictures; none where the case is not in <paramref name="actor"/>'s hands (any more).</summary>
    public Task<Answer<IReadOnlyList<Guid>>> Handle(Actor actor, CaseId id, CancellationToken cancel = default) => reads.Run<ReadyPicturesQuery, IReadOnlyList<Guid>>(actor, async db =>
    {
        var found = await CasesInReach.Find(db, actor, id, cancel);
        if (found.Refusal is { } refusal)
            return refusal;
        return found.Value.Holder == actor.Reviewer ? (await CurrentPictures.Of(db, id, cancel)).ConvertAll(p => p.Id) : [];
    }, cancel);
}
