using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>Hands notices to the gateways of their channels, until they are taken or given up.</summary>
public sealed class DeliverNotice(
    Commit commit, Reads reads, HttpGateway http, LocalMailbox mailbox, IOptions<NotifySettings> notify, IOptions<ReviewSettings> review) : IOutboxWorker, IUseCase
{
    private static readonly Actor Machine = Actor.System("notify");

    /// <inheritdoc/>
    public static Permission Needs => Permission.System;

    /// <inheritdoc/>
    public string Topic => Effects.Deliver;

    /// <inheritdoc/>
    public int Parallelism => 4;

    /// <inheritdoc/>
    public async Task Work(OutboxTicket ticket, CancellationToken cancel)
    {
        var id = Guid.Parse(ticket.Key);
        var (delivery, notice) = (await reads.Run<DeliverNotice, (Delivery Delivery, Notice Notice)>(Machine, async db =>
        {
            var found = await db.Deliveries.SingleAsync(d => d.Id == id, cancel);
            return (found, await db.Notices.SingleAsync(n => n.Id == found.Notice, cancel));
        }, cancel)).Value;

        if (delivery.State != DeliveryState.Pending)
        {
            await commit.Run<DeliverNotice, bool>(Machine, async unit => await ticket.Finish(unit), cancel);
            return;
        }

        IGateway gateway = string.IsNullOrWhiteSpace(notify.Value.Of(delivery.Channel).Url) ? mailbox : http;
        var handed = await Try(gateway, delivery, notice, cancel);
        // Once the gateway has answered, that is noted even while the program stops.
        await commit.Run<DeliverNotice, Done>(Machine, unit => Note(unit, ticket, id, handed), CancellationToken.None);
    }

    /// <summary>Whatever goes wrong on the way counts as a try: what fails in the same way for ever must be given up some day.</summary>
    private static async Task<HandedOver> Try(IGateway gateway, Delivery delivery, Notice notice, CancellationToken cancel)
    {
        try
        {
            return await gateway.Hand(delivery, notice, cancel);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !(fault is OperationCanceledException && cancel.IsCancellationRequested))
        {
            // Only the kind: the message may quote the notice.
            return new(fault.GetType().Name, Final: false);
        }
    }

    private async Task<Answer<Done>> Note(UnitOfWork unit, OutboxTicket ticket, Guid id, HandedOver handed)
    {
        var delivery = await unit.Db.Deliveries.SingleAsync(d => d.Id == id);
        var most = handed.Final ? 0 : review.Value.DeliveryTries;
        var again = handed.Fault is not null && delivery.Tries + 1 < most;
        if (!(again ? await ticket.PutOff(unit, handed.Fault!) : await ticket.Finish(unit)))
            return default(Done);
        if (handed.Fault is null)
            delivery.Succeed(unit.Now);
        else
            delivery.Fail(handed.Fault, most);
        return default(Done);
    }
}
