using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Notify;

/// <summary>Puts a delivery that was given up in line again (重发). Its id stays the same.</summary>
public sealed class ResendDelivery(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Sends it again.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid delivery, CancellationToken cancel = default) =>
        commit.Run<ResendDelivery, Done>(actor, async unit =>
            await unit.Db.Deliveries.SingleOrDefaultAsync(d => d.Id == delivery, cancel) is not { } found ? Refusals.NotFound
            : found.Resend() is { } refusal ? refusal
            : default(Done), cancel);
}
