using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Notify;

/// <summary>What is left to do about deliveries. Neither number counts further than <see cref="Bounded.Most"/> + 1.</summary>
/// <param name="Dead">Given up.</param>
/// <param name="Pending">To be sent, or to be tried again.</param>
public sealed record DeliveryCounts(int Dead, int Pending);

/// <summary>Counts the deliveries in reach that were given up and those that still wait; what was delivered is not looked at, however long its history.</summary>
public sealed class DeliveryCountsQuery(Reads reads) : IUseCase, INavAlarm
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeNotices;

    /// <inheritdoc/>
    public string Route => "/mailbox";

    /// <summary>Counts.</summary>
    public Task<Answer<DeliveryCounts>> Handle(Actor actor, CancellationToken cancel = default) => reads.Run<DeliveryCountsQuery, DeliveryCounts>(actor, async db =>
    {
        return new DeliveryCounts(await Count(DeliveryState.Dead), await Count(DeliveryState.Pending));

        Task<int> Count(DeliveryState state)
        {
            var found = db.Deliveries.Where(d => d.State == state);
            if (NoticesInReach.Limited(db, actor) is { } reach)
                found = found.Where(d => reach.Any(n => n.Id == d.Notice));
            return found.Take(Bounded.Most + 1).CountAsync(cancel);
        }
    }, cancel);

    /// <inheritdoc/>
    public bool Follows(DomainEvent happened) => happened is DeliveryGivenUp or DeliveryResent;

    /// <inheritdoc/>
    public async Task<int> Count(Actor actor) => actor.May(ResendDeliveries.Needs) && await Handle(actor) is { Refusal: null } answer ? answer.Value.Dead : 0;
}
