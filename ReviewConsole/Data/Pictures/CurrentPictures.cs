using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data.Pictures;

/// <summary>The pictures that count now: of each kind the one of the latest round.</summary>
public static class CurrentPictures
{
    private static readonly PreparedQuery<CaseId, Picture> OfCase = new((db, id) =>
        db.Pictures.AsNoTracking().Where(p => p.Subject == db.Cases.Where(c => c.Id == id).Select(c => c.Subject).Single()));

    /// <summary>The current pictures of a case, by kind; none where there is no such case.</summary>
    public static async Task<List<Picture>> Of(ReviewDb db, CaseId id, CancellationToken cancel) => Of(await OfCase.All(db, id, cancel));

    /// <summary>The current pictures of a subject, by kind.</summary>
    public static async Task<List<Picture>> Of(ReviewDb db, Guid subject, CancellationToken cancel) =>
        Of(await db.Pictures.AsNoTracking().Where(p => p.Subject == subject).ToListAsync(cancel));

    /// <summary>The current ones among the pictures of a subject.</summary>
    public static List<Picture> Of(IEnumerable<Picture> all) =>
        [.. all.GroupBy(p => p.Kind).Select(kind => kind.MaxBy(p => p.Round)!).OrderBy(p => p.Kind)];
}
