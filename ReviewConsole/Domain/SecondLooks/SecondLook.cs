using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Domain.SecondLooks;

/// <summary>Where a second look stands.</summary>
public enum LookState
{
    /// <summary>Nobody has decided it yet: the first verdict is hidden from whoever could.</summary>
    Open = 1,

    /// <summary>Both came to the same.</summary>
    Agreed,

    /// <summary>They did not: it is talked over until somebody settles it.</summary>
    Differs,

    /// <summary>Settled: the first decision stands.</summary>
    Upheld,

    /// <summary>Settled: the first decision was corrected.</summary>
    Overturned,

    /// <summary>The first decision was corrected before the second person had decided: it counts for nothing.</summary>
    Void,
}

/// <summary>A short remark on two verdicts that differ; never changed and never removed.</summary>
/// <param name="Id">Identity.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Text">What; for colleagues only, sealed in the store.</param>
public sealed record Remark(Guid Id, ReviewerId By, DateTimeOffset At, string Text);

/// <summary>A second look at a decided case (抽查, WORK-6): which case, how it came to be chosen, and what became of it.</summary>
/// <remarks>
/// Work on it is done in a case of its own, with its own clock; the first case stays closed. Invariants: it moves from open to agreed, different or void, and from
/// different to upheld or overturned; who took part in either decision does not settle it; remarks only grow, and only while it is different.
/// </remarks>
public sealed class SecondLook : Root
{
    /// <summary>Longest remark, and longest reason to uphold, in UTF-16 code units.</summary>
    public const int LongestText = 300;

    private readonly List<Remark> remarks = [];

    /// <summary>For the store, which fills in every member.</summary>
    private SecondLook() => Queue = Authority = null!;

    /// <summary>Begins.</summary>
    /// <param name="case">The case in which the second person decides.</param>
    /// <param name="first">The decided and closed case that is looked at again.</param>
    /// <param name="why">How it came to be chosen. It says something about the first verdict, so it is shown only afterwards.</param>
    /// <param name="now">The moment.</param>
    public SecondLook(CaseId @case, ReviewCase first, SampleCause why, DateTimeOffset now)
    {
        (Case, Original, Queue, Authority) = (@case, first.Id, first.HomeQueue, first.Authority);
        (FirstBy, Proposer, FirstAt) = (first.Holder!.Value, first.Proposer, first.DecidedAt!.Value);
        (Why, SampledAt, State) = (why, now, LookState.Open);
        Record(new CaseSampled(Original, Case, why));
    }

    /// <summary>The case in which the second person decides; one look a case.</summary>
    public CaseId Case { get; private set; }

    /// <summary>The case that is looked at again; at most one look each.</summary>
    public CaseId Original { get; private set; }

    /// <summary>The queue that the first case came in by.</summary>
    public string Queue { get; private set; }

    /// <summary>The authority that answered for it.</summary>
    public string Authority { get; private set; }

    /// <summary>How it came to be chosen.</summary>
    public SampleCause Why { get; private set; }

    /// <summary>When it was chosen.</summary>
    public DateTimeOffset SampledAt { get; private set; }

    /// <summary>Who decided first.</summary>
    public ReviewerId FirstBy { get; private set; }

    /// <summary>Who had proposed that decision, where two people made it.</summary>
    public ReviewerId? Proposer { get; private set; }

    /// <summary>When the first decision was made.</summary>
    public DateTimeOffset FirstAt { get; private set; }

    /// <summary>Who decided second; null while it is open or void.</summary>
    public ReviewerId? SecondBy { get; private set; }

    /// <summary>Where it stands.</summary>
    public LookState State { get; private set; }

    /// <summary>Who settled it.</summary>
    public ReviewerId? SettledBy { get; private set; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Why the first decision stands; for colleagues only. Why one was corrected stands with the correction.</summary>
    public string? SettledWhy { get; private set; }

    /// <summary>What was said about it, oldest first.</summary>
    public IReadOnlyList<Remark> Remarks => remarks;

    /// <summary>Grows with every saved change.</summary>
    public int Version { get; private set; }

    /// <summary>True where two verdicts come to the same: the outcome, and of rejections at least one reason.</summary>
    public static bool Agree(Verdict first, Verdict second) =>
        first.Outcome == second.Outcome && (first.Outcome != Outcome.Rejected || first.Reasons.Intersect(second.Reasons, StringComparer.Ordinal).Any());

    /// <summary>True where <paramref name="who"/> made one of the two decisions, or proposed the first.</summary>
    public bool IsOf(ReviewerId who) => who == FirstBy || who == Proposer || who == SecondBy;

    /// <summary>Puts the second verdict beside the first.</summary>
    /// <param name="first">What was decided first, whatever a correction made of it.</param>
    /// <param name="second">What the second person decided.</param>
    /// <param name="by">The second person; never one of the first decision.</param>
    public Refusal? Compare(Verdict first, Verdict second, ReviewerId by)
    {
        if (State != LookState.Open)
            return Refusals.WrongState;
        if (IsOf(by))
            return Refusals.FourEyes;
        (SecondBy, State) = (by, Agree(first, second) ? LookState.Agreed : LookState.Differs);
        Record(new SecondLookCompared(Case, Original, State));
        return null;
    }

    /// <summary>Adds a remark.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="who">One of the two people, or a supervisor.</param>
    /// <param name="supervises">Whether that is a supervisor.</param>
    /// <param name="text">1 to <see cref="LongestText"/> characters.</param>
    /// <param name="now">The moment.</param>
    public Refusal? Say(Guid id, ReviewerId who, bool supervises, string? text, DateTimeOffset now)
    {
        if (!IsOf(who) && !supervises)
            return Refusals.NotPermitted;
        if (State != LookState.Differs)
            return Refusals.WrongState;
        if (Wrong(text, "REMARK_MISSING") is { } wrong)
            return wrong;
        remarks.Add(new(id, who, now, text!.Trim()));
        Record(new SecondLookRemarked(Case, who, id));
        return null;
    }

    /// <summary>Settles it: the first decision stands.</summary>
    /// <param name="who">Neither of the two.</param>
    /// <param name="why">1 to <see cref="LongestText"/> characters.</param>
    /// <param name="now">The moment.</param>
    public Refusal? Uphold(ReviewerId who, string? why, DateTimeOffset now)
    {
        if (IsOf(who))
            return Refusals.FourEyes;
        if (State != LookState.Differs)
            return Refusals.WrongState;
        if (Wrong(why, "UPHOLD_WHY_MISSING") is { } wrong)
            return wrong;
        (State, SettledBy, SettledAt, SettledWhy) = (LookState.Upheld, who, now, why!.Trim());
        Record(new FirstDecisionUpheld(Case, Original, who));
        return null;
    }

    /// <summary>The first decision is corrected: that settles two verdicts that differ, and makes a second look void that nobody has decided yet.</summary>
    /// <param name="who">Who corrects; of two that differ neither.</param>
    /// <param name="now">The moment.</param>
    public Refusal? Corrected(ReviewerId who, DateTimeOffset now)
    {
        switch (State)
        {
            case LookState.Differs when IsOf(who):
                return Refusals.FourEyes;
            case LookState.Differs:
                (State, SettledBy, SettledAt) = (LookState.Overturned, who, now);
                Record(new FirstDecisionOverturned(Case, Original, who));
                return null;
            case LookState.Open:
                (State, SettledBy, SettledAt) = (LookState.Void, who, now);
                Record(new SecondLookVoided(Case, Original));
                return null;
            default:
                return null;
        }
    }

    private static Refusal? Wrong(string? text, string missing) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal(missing)
        : text.Trim().Length > LongestText ? new Refusal("TEXT_TOO_LONG", LongestText.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : null;
}

/// <summary>A decided case was chosen for a second look. How it came to be chosen says something about the verdict, so it stands with the first case and not with the second.</summary>
public sealed record CaseSampled(CaseId Case, CaseId Look, SampleCause Cause) : CaseEvent(Case);

/// <summary>The second verdict was put beside the first.</summary>
public sealed record SecondLookCompared(CaseId Case, CaseId Original, LookState Comparison) : CaseEvent(Case);

/// <summary>Somebody remarked on two verdicts that differ. What it says is not in the event.</summary>
public sealed record SecondLookRemarked(CaseId Case, ReviewerId By, Guid Remark) : CaseEvent(Case);

/// <summary>Two verdicts differed; the first decision stands.</summary>
public sealed record FirstDecisionUpheld(CaseId Case, CaseId Original, ReviewerId By) : CaseEvent(Case);

/// <summary>Two verdicts differed; the first decision was corrected.</summary>
public sealed record FirstDecisionOverturned(CaseId Case, CaseId Original, ReviewerId By) : CaseEvent(Case);

/// <summary>The first decision was corrected before anybody had looked at it again.</summary>
public sealed record SecondLookVoided(CaseId Case, CaseId Original) : CaseEvent(Case);
