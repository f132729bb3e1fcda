using Microsoft.EntityFrameworkCore;

namespace ReviewConsole.Data.Pictures;

/// <summary>The pictures that count now: of each kind the one of the latest round.</summary>
public static class CurrentPictures
{
    /// <summary>The current pictures of a subject, by kind.</summary>
    public static async Task<IReadOnlyList<Picture>> Of(ReviewDb db, Guid subject, CancellationToken cancel) =>
        Of(await db.Pictures.AsNoTracking().Where(p => p.Subject == subject).ToListAsync(cancel));

    /// <summary>The current ones among the pictures of a subject.</summary>
    public static IReadOnlyList<Picture> Of(IEnumerable<Picture> all) =>
        [.. all.GroupBy(p => p.Kind).Select(kind => kind.MaxBy(p => p.Round)!).OrderBy(p => p.Kind)];
}
