using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>The deliveries that were given up and match a filter, as they stood at one moment.</summary>
/// <param name="Deliveries">Their ids, oldest first; at most <see cref="DeadLettersQuery.Most"/>.</param>
/// <param name="More">True where there are more.</param>
/// <param name="AsOf">Last row of the audit log then, for <see cref="ResendDeliveries"/>.</param>
public sealed record DeadLetters(ImmutableArray<Guid> Deliveries, bool More, long AsOf);

/// <summary>Finds what can be sent again: what a filter asks for, given up, whatever state the filter names.</summary>
public sealed class DeadLettersQuery(Reads reads) : IUseCase
{
    /// <summary>Most deliveries that are sent again at one go.</summary>
    public const int Most = 5_000;

    /// <inheritdoc/>
    public static Permission Needs => ResendDeliveries.Needs;

    /// <summary>Finds them.</summary>
    public Task<Answer<DeadLetters>> Handle(Actor actor, MailboxFilter filter, CancellationToken cancel = default) => reads.Run<DeadLettersQuery, DeadLetters>(actor, async db =>
    {
        var asOf = await NoticesInReach.LastChange(db, cancel);
        var dead = NoticesInReach.Deliveries(db, filter with { State = DeliveryState.Dead });
        if (filter.ReceiptNumber is { } receipt)
        {
            var about = await NoticesInReach.CaseOf(db, receipt, cancel);
            dead = dead.Where(d => about != null && db.Notices.Any(n => n.Id == d.Notice && n.Case == about));
        }

        var found = await dead.OrderBy(d => d.PlannedAt).ThenBy(d => d.Id).Select(d => d.Id).Take(Most + 1).ToListAsync(cancel);
        return new DeadLetters([.. found.Take(Most)], found.Count > Most, asOf);
    }, cancel);
}
