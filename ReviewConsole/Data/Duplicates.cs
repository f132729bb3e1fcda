using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Data;

/// <summary>What two requests have in common that they should not (WORK-8).</summary>
public enum DuplicateKind
{
    /// <summary>The same picture, byte for byte, under another person.</summary>
    Picture,

    /// <summary>The same document number under another name.</summary>
    Document,

    /// <summary>The same phone number under another person.</summary>
    Phone,
}

/// <summary>Another request that has something in common with a case.</summary>
/// <param name="Kind">What.</param>
/// <param name="Other">The other request's case.</param>
public sealed record Duplicate(DuplicateKind Kind, ReviewCase Other);

/// <summary>Finds duplicates (WORK-8).</summary>
public static class Duplicates
{
    /// <summary>Most that are named of one kind.</summary>
    public const int Most = 20;

    private static readonly PreparedQuery<Guid, Guid?> Elsewhere = new((db, id) =>
        from mine in db.Pictures.AsNoTracking().Where(p => p.Id == id)
        from other in db.Pictures.Where(p => p.ContentMark == mine.ContentMark && p.Applicant != mine.Applicant)
        select (Guid?)other.Id);

    /// <summary>The other requests that have a picture, the document or the phone in common with a case, the newest first.</summary>
    public static async Task<List<Duplicate>> Of(ReviewDb db, ReviewCase subject, CancellationToken cancel)
    {
        List<Duplicate> found = [];
        await Add(DuplicateKind.Picture, SentByOthers(db, subject.Applicant, await CurrentPictures.Of(db, subject.Subject, cancel)).Select(p => p.Subject).Distinct());
        if (await db.SentIdentities.AsNoTracking().SingleOrDefaultAsync(s => s.Subject == subject.Subject, cancel) is { } sent)
        {
            var others = db.SentIdentities.AsNoTracking().Where(s => s.Subject != sent.Subject);
            await Add(DuplicateKind.Document, others.Where(s => s.Applicant == sent.Applicant && s.NameIndex != sent.NameIndex).Select(s => s.Subject));
            await Add(DuplicateKind.Phone, others.Where(s => s.PhoneIndex == sent.PhoneIndex && s.Applicant != sent.Applicant).Select(s => s.Subject));
        }

        return found;

        // A second look is no request of its own.
        async Task Add(DuplicateKind kind, IQueryable<Guid> subjects) => found.AddRange(
            (await db.Cases.AsNoTracking().Where(c => subjects.Contains(c.Subject) && c.Original == null).OrderByDescending(c => c.Id).Take(Most).ToListAsync(cancel)).Select(c => new Duplicate(kind, c)));
    }

    /// <summary>True where somebody else sent one of the pictures of a case, too.</summary>
    public static async Task<bool> SharesPicture(ReviewDb db, IReadOnlyList<Picture> pictures, CancellationToken cancel)
    {
        foreach (var picture in pictures)
        {
            if (await Elsewhere.One(db, picture.Id, cancel) is not null)
                return true;
        }

        return false;
    }

    /// <summary>How many other people sent each of these pictures, by its mark; what nobody else sent is not named.</summary>
    public static Task<Dictionary<string, int>> OtherSenders(ReviewDb db, Guid applicant, IReadOnlyList<Picture> pictures, CancellationToken cancel) =>
        SentByOthers(db, applicant, pictures).GroupBy(p => p.ContentMark).Select(g => new { g.Key, People = g.Select(p => p.Applicant).Distinct().Count() })
            .ToDictionaryAsync(g => g.Key, g => g.People, cancel);

    private static IQueryable<Picture> SentByOthers(ReviewDb db, Guid applicant, IReadOnlyList<Picture> pictures)
    {
        string[] marks = [.. pictures.Select(p => p.ContentMark)];
        return db.Pictures.AsNoTracking().Where(p => marks.Contains(p.ContentMark) && p.Applicant != applicant);
    }
}
