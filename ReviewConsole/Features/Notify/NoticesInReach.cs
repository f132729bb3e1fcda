using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>What the readers of notices have in common: which ones somebody may see, and which ones a filter asks for.</summary>
internal static class NoticesInReach
{
    /// <summary>The notices that the actor may see where that is not all of them; null for an administrator, who answers for the gateways.</summary>
    public static IQueryable<Notice>? Limited(ReviewDb db, Actor actor)
    {
        // Everybody else sees the notices of the cases in reach (WORK-7).
        var (queues, authorities) = (actor.Queues.ToArray(), actor.Authorities.ToArray());
        var reach = actor.May(Permission.Administer) ? null : db.Notices.Where(n => db.Cases.Any(c => c.Id == n.Case && authorities.Contains(c.Authority) && queues.Contains(c.HomeQueue)));
        if (!SecondLooksInReach.CouldLookAgain(actor))
            return reach;
        // A notice tells the verdict (WORK-6).
        var blinding = SecondLooksInReach.Blinding(db, actor);
        return (reach ?? db.Notices).Where(n => !blinding.Any(look => look.Original == n.Case));
    }

    /// <summary>The deliveries of some state, on the channel and the days of a filter: a seek in the index of states.</summary>
    public static IQueryable<Delivery> Deliveries(ReviewDb db, MailboxFilter filter)
    {
        var found = db.Deliveries.Where(d => d.State == filter.State);
        if (filter.Channel is { } channel)
            found = found.Where(d => d.Channel == channel);
        if (Start(filter.From) is { } start)
            found = found.Where(d => d.PlannedAt >= start);
        if (End(filter.To) is { } end)
            found = found.Where(d => d.PlannedAt < end);
        return found;
    }

    /// <summary>The case of a 受理号; null where there is none.</summary>
    public static Task<CaseId?> CaseOf(ReviewDb db, string receipt, CancellationToken cancel) =>
        db.Cases.Where(c => c.ReceiptNumber == receipt).Select(c => (CaseId?)c.Id).SingleOrDefaultAsync(cancel);

    /// <summary>Last row of the audit log; 0 where it is empty.</summary>
    public static async Task<long> LastChange(ReviewDb db, CancellationToken cancel) =>
        await db.AuditEntries.OrderByDescending(e => e.Id).Select(e => (long?)e.Id).FirstOrDefaultAsync(cancel) ?? 0;

    /// <summary>The moment at which a day begins.</summary>
    public static DateTimeOffset? Start(DateOnly? day) => day is { } from ? Shanghai.At(from, TimeSpan.Zero) : null;

    /// <summary>The moment at which a day has ended.</summary>
    public static DateTimeOffset? End(DateOnly? day) => day is { } to ? Shanghai.At(to.AddDays(1), TimeSpan.Zero) : null;
}
