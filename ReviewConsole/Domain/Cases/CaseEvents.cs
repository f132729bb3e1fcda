using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Domain.Cases;

/// <summary>Something that happened to a case.</summary>
public abstract record CaseEvent(CaseId Case) : DomainEvent
{
    /// <inheritdoc/>
    public override string Stream => StreamOf(Case);

    /// <summary>The audit stream of a case.</summary>
    public static string StreamOf(CaseId id) => $"case:{id}";
}

/// <summary>A request was taken in and became a case.</summary>
public sealed record CaseReceived(CaseId Case, string ReceiptNumber, string Queue, string Authority, Guid Applicant) : CaseEvent(Case);

/// <summary>A decided case is looked at again in this one (WORK-6). Nothing here says what was decided.</summary>
public sealed record SecondLookOpened(CaseId Case, string ReceiptNumber, string Queue, string Authority, CaseId Original) : CaseEvent(Case);

/// <summary>The machine checks were done, or given up.</summary>
public sealed record CaseOpened(CaseId Case, bool ChecksGivenUp) : CaseEvent(Case);

/// <summary>A reviewer took the case. In the ID-photo queue this also reveals the compared fields to the holder (REC-2).</summary>
public sealed record CaseClaimed(CaseId Case, ReviewerId Holder, int Token) : CaseEvent(Case);

/// <summary>A case was claimed to be kept ready for somebody who has another one in hand (WORK-1).</summary>
public sealed record CasePrefetched(CaseId Case, ReviewerId Holder, int Token) : CaseEvent(Case);

/// <summary>The case that was kept ready was taken into the hands. In the ID-photo queue this also reveals the compared fields to the holder (REC-2).</summary>
public sealed record CaseTakenUp(CaseId Case, ReviewerId Holder, int Token) : CaseEvent(Case);

/// <summary>The holder declared a conflict of interest (回避, WORK-7).</summary>
public sealed record ReviewerRecused(CaseId Case, ReviewerId Reviewer) : CaseEvent(Case);

/// <summary>The applicant's licence changed while the case was open (APP-3).</summary>
/// <param name="Case">The case.</param>
/// <param name="Against">Code of what stands against an approval now; null where nothing does.</param>
public sealed record LicenceReevaluated(CaseId Case, string? Against) : CaseEvent(Case);

/// <summary>A lease had run out when the next reviewer took the case.</summary>
public sealed record ClaimExpired(CaseId Case, ReviewerId Holder, int Token) : CaseEvent(Case);

/// <summary>The holder put the case back.</summary>
public sealed record CaseReleased(CaseId Case, ReviewerId Holder) : CaseEvent(Case);

/// <summary>The holder passed the case on.</summary>
public sealed record CaseHandedOn(CaseId Case, ReviewerId Holder, string Queue, string Authority) : CaseEvent(Case);

/// <summary>A supervisor took the case out of the holder's hands; it is free again.</summary>
public sealed record ClaimTakenBack(CaseId Case, ReviewerId Holder) : CaseEvent(Case);

/// <summary>A supervisor keeps the case ready for somebody until a time (改派).</summary>
public sealed record CaseGiven(CaseId Case, ReviewerId Holder, int Token, DateTimeOffset Until) : CaseEvent(Case);

/// <summary>A supervisor passed the case on.</summary>
public sealed record CaseRedirected(CaseId Case, string Queue, string Authority) : CaseEvent(Case);

/// <summary>A supervisor raised or lowered the priority.</summary>
public sealed record CasePrioritised(CaseId Case, CasePriority Priority, PriorityReason Why) : CaseEvent(Case);

/// <summary>A sealed verdict waits for a second person (WORK-6). What it says is not in the event.</summary>
public sealed record VerdictProposed(CaseId Case, ReviewerId Holder, string Queue) : CaseEvent(Case);

/// <summary>The applicant was asked for more.</summary>
public sealed record InformationRequested(CaseId Case, ReviewerId Holder, int Round, IReadOnlyList<string> Reasons, DateTimeOffset Deadline) : CaseEvent(Case);

/// <summary>The applicant answered.</summary>
public sealed record CaseResubmitted(CaseId Case, int Round) : CaseEvent(Case);

/// <summary>The holder decided; nothing takes effect before <paramref name="HeldUntil"/>.</summary>
public sealed record CaseDecided(
    CaseId Case, ReviewerId Holder, int Token, Outcome Outcome, IReadOnlyList<string> Reasons, IReadOnlyList<string> Disagreements, DissentReason? Dissent, DateTimeOffset HeldUntil)
    : CaseEvent(Case);

/// <summary>The holder took the decision back.</summary>
public sealed record DecisionUndone(CaseId Case, ReviewerId Holder, int Token) : CaseEvent(Case);

/// <summary>The case was closed; its outcome has taken effect.</summary>
public sealed record CaseClosed(CaseId Case, Outcome Outcome, IReadOnlyList<string> Reasons, ReviewerId? DecidedBy, DateTimeOffset DecidedAt, bool OnTime) : CaseEvent(Case);

/// <summary>The outcome of a closed case was replaced (WORK-3).</summary>
public sealed record CaseCorrected(CaseId Case, ReviewerId By, Outcome From, Outcome To, IReadOnlyList<string> Reasons) : CaseEvent(Case);

/// <summary>A colleague was named in the internal note of a decision.</summary>
public sealed record ColleagueMentioned(CaseId Case, ReviewerId By, Guid Colleague) : CaseEvent(Case);

/// <summary>A row was appended to the ledger of the clock (SLA-3).</summary>
public sealed record ClockMoved(CaseId Case, SlaEntryKind Kind, int Sequence, DateTimeOffset Due) : CaseEvent(Case);

/// <summary>The clock reached a state that people are told of (SLA-4), once a case and state.</summary>
public sealed record ClockWarned(CaseId Case, SlaState Level, DateTimeOffset Due) : CaseEvent(Case);

/// <summary>Personal data of the case was shown in clear to somebody (REC-2).</summary>
public sealed record PersonalDataRevealed(CaseId Case, Guid Reader, string Field) : CaseEvent(Case);

/// <summary>How urgent a case is among those of its queue; lower goes first (WORK-1).</summary>
public enum CasePriority
{
    /// <summary>Before all others.</summary>
    Raised = -1,

    /// <summary>By due time.</summary>
    Ordinary = 0,

    /// <summary>After all others.</summary>
    Lowered = 1,
}

/// <summary>Why a priority was changed: codes, since free words could hold personal data.</summary>
public enum PriorityReason
{
    /// <summary>It is overdue or will be.</summary>
    TimeShort,

    /// <summary>The applicant complained.</summary>
    Complaint,

    /// <summary>The applicant needs the licence at once.</summary>
    UrgentNeed,

    /// <summary>It waits for something that others find out.</summary>
    WaitsForOthers,

    /// <summary>The earlier reason is gone.</summary>
    BackToOrder,
}
