using Microsoft.EntityFrameworkCore;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Data;

/// <summary>Name and phone as a request brought them: what the evidence is compared with, whatever later requests of the same person say.</summary>
/// <param name="Name">The name.</param>
/// <param name="Phone">The phone number.</param>
public sealed record WhoAsks(PersonName Name, PhoneNumber Phone)
{
    /// <summary>Of one case.</summary>
    public static async Task<WhoAsks> Of(ReviewDb db, ReviewCase subject, CancellationToken cancel) =>
        await db.SentIdentities.AsNoTracking().SingleOrDefaultAsync(s => s.Subject == subject.Subject, cancel) is { } sent
            ? new(sent.Name, sent.Phone)
            : Of(await db.Applicants.AsNoTracking().SingleAsync(a => a.Id == subject.Applicant, cancel));

    /// <summary>What stands for a request from before it was kept what each one brought.</summary>
    public static WhoAsks Of(Applicant applicant) => new(applicant.Name, applicant.Phone);
}
