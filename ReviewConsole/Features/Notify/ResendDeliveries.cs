using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>A delivery that was not sent again.</summary>
/// <param name="Delivery">Its id.</param>
/// <param name="Channel">Its channel; null where there is no such delivery.</param>
/// <param name="ReceiptNumber">受理号 of the case that it tells of; null where it tells of none.</param>
/// <param name="Why">Why not.</param>
public sealed record NotResent(Guid Delivery, Channel? Channel, string? ReceiptNumber, Refusal Why);

/// <summary>Puts deliveries that were given up in line again (重发), a bounded batch in one commit. Their ids stay the same.</summary>
public sealed class ResendDeliveries(Commit commit) : IUseCase
{
    /// <summary>Most deliveries of one commit: it must not hold other writers up.</summary>
    public const int MostAtOnce = 100;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Sends them again; what cannot be sent again does not keep the others from it.</summary>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="deliveries">Ids of the deliveries, at most <see cref="MostAtOnce"/>.</param>
    /// <param name="asOf">
    /// Last row of the audit log that whoever asks has seen. What somebody sent again since is left alone, even where it was given up once more meanwhile:
    /// two people who press at once send each delivery again once.
    /// </param>
    /// <param name="cancel">Cancels before the commit.</param>
    /// <returns>Those that were not sent again.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too many.</exception>
    public Task<Answer<ImmutableArray<NotResent>>> Handle(Actor actor, IReadOnlyCollection<Guid> deliveries, long asOf, CancellationToken cancel = default)
    {
        if (deliveries.Count > MostAtOnce)
            throw new ArgumentOutOfRangeException(nameof(deliveries), deliveries.Count, $"At most {MostAtOnce} at once");
        return commit.Run<ResendDeliveries, ImmutableArray<NotResent>>(actor, async unit =>
        {
            var found = await unit.Db.Deliveries.Where(d => deliveries.Contains(d.Id)).ToDictionaryAsync(d => d.Id, cancel);
            var since = await Resent(unit.Db, deliveries, asOf, cancel);
            List<(Guid Id, Refusal Why)> not = [];
            foreach (var id in deliveries)
            {
                if ((!found.TryGetValue(id, out var delivery) ? Refusals.NotFound : since.Contains(id) ? Refusals.DeliveryMovedOn : delivery.Resend()) is { } why)
                    not.Add((id, why));
            }

            var receipts = await Receipts(unit.Db, [.. not.Select(one => found.GetValueOrDefault(one.Id)?.Notice).OfType<Guid>()], cancel);
            return (ImmutableArray<NotResent>)[.. not.Select(one => found.TryGetValue(one.Id, out var d) ? new NotResent(d.Id, d.Channel, receipts.GetValueOrDefault(d.Notice), one.Why) : new(one.Id, null, null, one.Why))];
        }, cancel);
    }

    private static async Task<HashSet<Guid>> Resent(ReviewDb db, IReadOnlyCollection<Guid> deliveries, long asOf, CancellationToken cancel)
    {
        var streams = deliveries.ToDictionary(DeliveryEvent.StreamOf, StringComparer.Ordinal);
        var names = streams.Keys.ToList();
        var resent = await db.AuditEntries.Where(e => names.Contains(e.Stream) && e.Id > asOf && e.Kind == nameof(DeliveryResent)).Select(e => e.Stream).ToListAsync(cancel);
        return [.. resent.Select(stream => streams[stream])];
    }

    private static async Task<Dictionary<Guid, string>> Receipts(ReviewDb db, List<Guid> notices, CancellationToken cancel) => notices.Count == 0
        ? []
        : await (from notice in db.Notices where notices.Contains(notice.Id) join about in db.Cases on notice.Case equals about.Id select new { notice.Id, about.ReceiptNumber })
            .ToDictionaryAsync(notice => notice.Id, notice => notice.ReceiptNumber, cancel);
}
