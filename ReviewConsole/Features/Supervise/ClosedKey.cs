using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Supervise;

/// <summary>Reads the key of closed cases in the roll-ups, for instance <c>Approved:OnTime</c>.</summary>
internal readonly record struct ClosedKey(Outcome Outcome, bool OnTime)
{
    /// <summary>True for what a person decided; what lapses or is withdrawn is none.</summary>
    public bool IsDecision => Outcome is not (Outcome.Lapsed or Outcome.Withdrawn);

    public static ClosedKey Read(string key) => key.Split(':') is [var outcome, var when] && Enum.TryParse<Outcome>(outcome, out var how)
        ? new(how, when == "OnTime")
        : throw new InvalidDataException($"A roll-up of closed cases has the key '{key}'.");
}
