using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>What happened to a delivery.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReceiptNumber">受理号 of the case that it tells of; null for an intake that was refused.</param>
/// <param name="Title">Heading of its notice.</param>
/// <param name="Lines">Every try, fault and re-send with who did it, newest first; the last <see cref="DeliveryHistoryQuery.Most"/>.</param>
public sealed record DeliveryHistory(Guid Id, Channel Channel, DeliveryState State, string? ReceiptNumber, string Title, IReadOnlyList<ChangeLine> Lines);

/// <summary>The history of a delivery, from its audit stream.</summary>
public sealed class DeliveryHistoryQuery(Reads reads) : IUseCase
{
    /// <summary>Most lines.</summary>
    public const int Most = 100;

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeNotices;

    /// <summary>Reads it; what is out of reach is not found.</summary>
    public Task<Answer<DeliveryHistory>> Handle(Actor actor, Guid delivery, CancellationToken cancel = default) => reads.Run<DeliveryHistoryQuery, DeliveryHistory>(actor, async db =>
    {
        if (await db.Deliveries.SingleOrDefaultAsync(d => d.Id == delivery, cancel) is not { } found
            || await (NoticesInReach.Limited(db, actor) ?? db.Notices).SingleOrDefaultAsync(n => n.Id == found.Notice, cancel) is not { } notice)
        {
            return Refusals.NotFound;
        }

        var receipt = notice.Case is { } about ? await db.Cases.Where(c => c.Id == about).Select(c => c.ReceiptNumber).SingleOrDefaultAsync(cancel) : null;
        return new DeliveryHistory(found.Id, found.Channel, found.State, receipt, notice.Title, await StreamHistory.Read(db, DeliveryEvent.StreamOf(delivery), Most, cancel));
    }, cancel);
}
