using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Status;

/// <summary>Lets work that failed and was put off be tried at once.</summary>
public sealed class TryWorkNow(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Does it; the pump takes the message after the commit.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid message, CancellationToken cancel = default) => commit.Run<TryWorkNow, Done>(actor, async unit =>
    {
        if (await unit.Db.Outbox.SingleOrDefaultAsync(m => m.Id == message, cancel) is not { } found)
            return Refusals.NotFound;
        if (found.TryNow(unit.Now) is { } refusal)
            return refusal;
        unit.Record(new WorkTriedNow(found.Id, found.Topic, found.Key));
        return default(Done);
    }, cancel);
}

/// <summary>An administrator had work tried at once that was put off after a failure.</summary>
/// <param name="Message">The message.</param>
/// <param name="Topic">Which work.</param>
/// <param name="Key">What it is about.</param>
public sealed record WorkTriedNow(Guid Message, string Topic, string Key) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => "system:outbox";
}
