using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>Gives a picture to a person in whose reach the case is (REC-2). Pictures come over HTTP, never through the circuit, and are kept nowhere.</summary>
public sealed class PictureQuery(Reads reads, PictureStore store) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>The picture as JPEG.</summary>
    public Task<Answer<byte[]>> Handle(Actor actor, Guid id, CancellationToken cancel) => reads.Run<PictureQuery, byte[]>(actor, async db =>
    {
        // A request and a second look at it are about the same pictures.
        var about = await db.Pictures.Where(p => p.Id == id).Join(db.Cases, p => p.Subject, c => c.Subject, (_, c) => new { c.Queue, c.HomeQueue, c.Authority }).ToListAsync(cancel);
        if (!about.Exists(c => actor.Reaches(c.Queue, c.Authority) || actor.Reaches(c.HomeQueue, c.Authority)))
            return Refusals.NotFound;
        return await store.Get(id, cancel) is { } jpeg ? jpeg : Refusals.NotFound;
    }, cancel);
}
