using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Data;

/// <summary>Writes notices to applicants, in the change that they tell of.</summary>
public static class NoticeWriter
{
    /// <summary>Writes a notice and plans its delivery on every channel.</summary>
    /// <param name="unit">The change.</param>
    /// <param name="templateId">Id of the template, from <see cref="Notices"/>.</param>
    /// <param name="subject">The case that it tells of.</param>
    /// <param name="verdict">The decision, or what was asked for; null where there is none to tell of.</param>
    /// <param name="deadline">Until when the applicant may answer.</param>
    /// <param name="reasons">The catalogue of reasons.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task Tell(
        this UnitOfWork unit, string templateId, ReviewCase subject, Verdict? verdict, DateTimeOffset? deadline, Reasons reasons, CancellationToken cancel)
    {
        var applicant = await unit.Db.Applicants.FindAsync([subject.Applicant], cancel)
            ?? throw new InvalidDataException($"Case {subject.Id} names an applicant that the store does not hold.");
        var words = Notices.Render(templateId, await Values(unit.Db, subject, verdict, deadline, reasons, cancel));
        Notice notice = new(Guid.CreateVersion7(unit.Now), subject.Id, applicant.Id, templateId, words, applicant.Phone.Value, unit.Now);
        unit.Db.Notices.Add(notice);
        unit.Db.Deliveries.AddRange(Enum.GetValues<Channel>().Select(channel => new Delivery(Guid.CreateVersion7(unit.Now), notice.Id, channel, unit.Now)));
    }

    /// <summary>What fills a notice's gaps: with it a preview shows the very words that <see cref="Tell"/> writes.</summary>
    public static async Task<NoticeValues> Values(ReviewDb db, ReviewCase subject, Verdict? verdict, DateTimeOffset? deadline, Reasons reasons, CancellationToken cancel)
    {
        var names = verdict?.Reasons.Any(code => reasons.Find(code)?.ApplicantZh.Contains("{date}", StringComparison.Ordinal) == true) == true;
        var current = names ? await db.ELicences.SingleOrDefaultAsync(e => e.ApplicantId == subject.Applicant && e.WithdrawnAt == null, cancel) : null;
        return NoticeValues.Of(subject.ReceiptNumber, subject.HomeQueue, verdict, reasons, deadline, current is null ? null : PhotoReplacement.EarliestDay(current));
    }
}
