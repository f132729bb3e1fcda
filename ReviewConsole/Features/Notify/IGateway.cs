using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>What became of one try to hand a notice over.</summary>
/// <param name="Fault">What went wrong, without personal data; null where the notice was taken.</param>
/// <param name="Final">True where another try would go wrong in the same way.</param>
public readonly record struct HandedOver(string? Fault, bool Final)
{
    /// <summary>The notice was taken.</summary>
    public static HandedOver Taken => default;
}

/// <summary>Takes notices of one channel.</summary>
public interface IGateway
{
    /// <summary>Hands a notice over. The same delivery may come again; its id is the same then.</summary>
    Task<HandedOver> Hand(Delivery delivery, Notice notice, CancellationToken cancel);
}

/// <summary>The mailbox of this installation: what is in the store is what was sent, to be read on the page of the notices.</summary>
public sealed class LocalMailbox : IGateway
{
    /// <inheritdoc/>
    public Task<HandedOver> Hand(Delivery delivery, Notice notice, CancellationToken cancel) => Task.FromResult(HandedOver.Taken);
}
