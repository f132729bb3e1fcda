using System.Collections.Immutable;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>An open case that a change of the calendar would retarget.</summary>
/// <param name="Id">The case.</param>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="Authority">The authority it came in by.</param>
/// <param name="Before">When it is due now; null while it is paused with time left.</param>
/// <param name="After">When it would be due; null while it is paused with time left.</param>
public sealed record RetargetedCase(CaseId Id, string ReceiptNumber, string Authority, DateTimeOffset? Before, DateTimeOffset? After);

/// <summary>What a change of a calendar would do.</summary>
/// <param name="Off">Days that would be off by a name that they do not have now.</param>
/// <param name="Worked">Days that would be worked by a name that they do not have now.</param>
/// <param name="Cleared">Days that would not be named any more.</param>
/// <param name="Years">Years that would be loaded.</param>
/// <param name="Touched">Open cases whose span touches a changed day.</param>
/// <param name="Later">Of them, due later than now.</param>
/// <param name="Earlier">Of them, due earlier than now.</param>
/// <param name="BecomeOverdue">Of them, in time now and overdue then.</param>
/// <param name="CeaseOverdue">Of them, overdue now and in time then.</param>
/// <param name="Counted">False where there were too many open cases to look at all: the numbers are of those that are due first.</param>
/// <param name="Cases">The first of them by queue and due time, at most <see cref="PreviewChange.MostCases"/>.</param>
public sealed record CalendarPreview(
    ImmutableArray<NamedDay> Off, ImmutableArray<NamedDay> Worked, ImmutableArray<NamedDay> Cleared, ImmutableArray<int> Years,
    int Touched, int Later, int Earlier, int BecomeOverdue, int CeaseOverdue, bool Counted, ImmutableArray<RetargetedCase> Cases)
{
    /// <summary>True where nothing at all would change.</summary>
    public bool IsEmpty => Off.IsEmpty && Worked.IsEmpty && Cleared.IsEmpty && Years.IsEmpty;
}

/// <summary>Tells what a draft of a calendar would change, before anything is (SLA-5).</summary>
public sealed class PreviewChange(Reads reads, Clocks clocks, Queues queues, Authorities authorities, TimeProvider time) : IUseCase
{
    /// <summary>Most cases that are listed one by one.</summary>
    public const int MostCases = 50;

    /// <summary>Most open cases that are looked at: beyond, the numbers are at least what they say.</summary>
    public const int MostLookedAt = 20_000;

    private const int AtOnce = 500;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Tells it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="draft">The days as they would be.</param>
    /// <param name="from">The date from which receipts would go by it.</param>
    /// <param name="cancel">Cancels.</param>
    public Task<Answer<CalendarPreview>> Handle(Actor actor, CalendarDraft draft, DateOnly from, CancellationToken cancel = default) => reads.Run<PreviewChange, CalendarPreview>(actor, async db =>
    {
        var now = time.GetUtcNow();
        var effective = ChangeCalendar.EffectiveAt(from, now);
        if (ChangeCalendar.Against(draft, effective, clocks, authorities, now) is { } refusal)
            return refusal;
        var (before, after) = (clocks.Layers.Last(draft.Scope), draft.Layer(effective));
        var layers = clocks.Layers.With(after);
        var (touched, later, earlier, become, cease, looked) = (0, 0, 0, 0, 0, 0);
        List<RetargetedCase> listed = [];
        var candidates = CasesToRetarget.Of(before, after, queues, authorities);
        var at = candidates?.Start;
        for (; at is { } place && looked < MostLookedAt;)
        {
            (var some, at) = await candidates!.Read(db.Cases, place, AtOnce, cancel);
            foreach (var found in some.Where(c => c.State != CaseState.Decided))
            {
                looked++;
                if (clocks.Newer(layers, found, effective) is not { } next)
                    continue;
                var (old, due) = (clocks.Of(found).Due(found.Ledger), next.Due(found.Ledger));
                touched++;
                later += due > old ? 1 : 0;
                earlier += due < old ? 1 : 0;
                become += due <= now && !(old <= now) ? 1 : 0;
                cease += old <= now && !(due <= now) ? 1 : 0;
                if (listed.Count < MostCases)
                    listed.Add(new(found.Id, found.ReceiptNumber, found.HomeAuthority, old, due));
            }
        }

        var (off, worked, cleared) = ChangeCalendar.Differences(before, after);
        return new CalendarPreview(off, worked, cleared, [.. after.Years.Except(before?.Years ?? [])], touched, later, earlier, become, cease, at is null, [.. listed]);
    }, cancel);
}
