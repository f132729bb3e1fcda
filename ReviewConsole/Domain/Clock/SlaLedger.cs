using System.Collections.Immutable;

namespace ReviewConsole.Domain.Clock;

/// <summary>What a row of the ledger does to the clock (SLA-3).</summary>
public enum SlaEntryKind
{
    /// <summary>The receipt: the clock runs. Always the first row, and only that.</summary>
    Start,

    /// <summary>More information was asked of the applicant: the clock rests.</summary>
    Pause,

    /// <summary>
    /// After a pause: the resubmission was received, and the clock runs on from then. After a stop: the decision was undone within its hold
    /// (WORK-3), and the clock runs on as if it had never stopped.
    /// </summary>
    Resume,

    /// <summary>The moment of decision, withdrawal or lapse: nothing counts after it.</summary>
    Stop,

    /// <summary>Another policy or calendar version holds from now on, for the whole span (SLA-5).</summary>
    Retarget,
}

/// <summary>One row of the append-only ledger of a case's clock (SLA-3).</summary>
/// <param name="Sequence">Place in the ledger, ascending.</param>
/// <param name="Kind">What the row does.</param>
/// <param name="At">The moment from which it counts: a resumption counts from the receipt, even where it is written later.</param>
/// <param name="By">Who: the id of a person or of a process, never a name.</param>
/// <param name="Why">The reason, where one was given.</param>
/// <param name="PolicyVersion">The <see cref="SlaPolicy.Version"/> that holds from this row on.</param>
/// <param name="CalendarVersion">The <see cref="BusinessCalendar.Version"/> that holds from this row on.</param>
/// <param name="Due">The due time that follows from the rows up to this one; null while the clock is paused.</param>
public sealed record SlaEntry(
    int Sequence, SlaEntryKind Kind, DateTimeOffset At, string By, string? Why, string PolicyVersion, string CalendarVersion, DateTimeOffset? Due);

/// <summary>A stretch in which the clock ran.</summary>
/// <param name="From">Start or resumption, included.</param>
/// <param name="To">The pause that ended it, excluded; null where none did.</param>
/// <param name="Why">The reason given for that pause.</param>
internal readonly record struct SlaStretch(DateTimeOffset From, DateTimeOffset? To, string? Why);

/// <summary>A ledger, read: the stretches in which the clock ran, in order and apart from each other, and where it was stopped.</summary>
/// <remarks>
/// A ledger is written by the product alone, through <see cref="SlaClock.Next"/>. One that contradicts itself (resumed without a pause, going back in
/// time) is a fault or a forgery and no ordinary answer, so it throws.
/// </remarks>
internal sealed record SlaRun(ImmutableArray<SlaStretch> Stretches, DateTimeOffset? StoppedAt)
{
    /// <summary>A clock that was started and nothing else.</summary>
    public static SlaRun Since(DateTimeOffset received) => new([new(received, To: null, Why: null)], StoppedAt: null);

    /// <summary>Whether the last stretch was ended by a pause.</summary>
    public bool IsPaused => Stretches[^1].To is not null;

    /// <exception cref="ArgumentException">The rows contradict each other.</exception>
    public static SlaRun Read(IReadOnlyList<SlaEntry> ledger)
    {
        if (ledger is not [{ Kind: SlaEntryKind.Start } start, ..])
        {
            throw new ArgumentException("A ledger begins with its start.", nameof(ledger));
        }

        var stretches = Since(start.At).Stretches.ToBuilder();
        DateTimeOffset? stoppedAt = null;
        var (sequence, at) = (start.Sequence, start.At);
        foreach (var entry in ledger.Skip(1))
        {
            Demand(entry.Sequence > sequence, entry, "comes after a later row");
            sequence = entry.Sequence;
            if (entry.Kind is SlaEntryKind.Retarget)
            {
                continue;
            }

            // A retarget may be written between a receipt and its row, so only the others go forward in time.
            Demand(entry.At >= at, entry, "goes back in time");
            at = entry.At;
            var paused = stretches[^1].To is not null;
            switch (entry.Kind)
            {
                case SlaEntryKind.Pause:
                    Demand(!paused && stoppedAt is null, entry, "needs a running clock");
                    stretches[^1] = stretches[^1] with { To = at, Why = entry.Why };
                    break;
                case SlaEntryKind.Resume:
                    Demand(paused || stoppedAt is not null, entry, "needs a paused or stopped clock");
                    stoppedAt = null;
                    if (paused)
                    {
                        stretches.Add(new(at, To: null, Why: null));
                    }

                    break;
                case SlaEntryKind.Stop:
                    Demand(stoppedAt is null, entry, "needs a clock that is not stopped");
                    stoppedAt = at;
                    break;
                default:
                    Demand(holds: false, entry, "stands in the middle");
                    break;
            }
        }

        return new(stretches.ToImmutable(), stoppedAt);
    }

    private static void Demand(bool holds, SlaEntry entry, string complaint)
    {
        if (!holds)
        {
            throw new ArgumentException($"Ledger row {entry.Sequence} ({entry.Kind}) {complaint}.", nameof(entry));
        }
    }
}
