using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>A decision that can still be undone.</summary>
public sealed record HeldDecision(Claim Claim, string ReceiptNumber, Outcome Outcome, DateTimeOffset Until);

/// <summary>The last decision of this person on this screen: the undo bar of the next case shows it.</summary>
public sealed class LastDecision
{
    private HeldDecision? last;

    /// <summary>Notes a decision.</summary>
    public void Keep(Claim claim, string receiptNumber, Outcome outcome, DateTimeOffset until) => last = new(claim, receiptNumber, outcome, until);

    /// <summary>The decision, as long as it is held.</summary>
    public HeldDecision? Held(DateTimeOffset now) => last is { } held && now < held.Until ? held : null;

    /// <summary>It was undone, or cannot be.</summary>
    public void Forget() => last = null;
}
