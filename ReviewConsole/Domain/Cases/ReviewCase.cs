using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Domain.Cases;

/// <summary>One request under review. All change goes through its verbs: each records an event or refuses.</summary>
/// <remarks>
/// Invariants: the state moves only along <see cref="CaseRules"/>; there is a holder exactly while it is claimed or decided; the token grows
/// with every claim, so a reviewer whose lease ran out and was given to somebody else is fenced out; the ledger of the clock is append-only and
/// the due times are those that it gives; nobody who proposed the verdict, had decided what it looks at again, or declared a conflict of interest claims it
/// (WORK-6, WORK-7).
/// </remarks>
public sealed class ReviewCase : Root
{
    private readonly List<SlaEntry> ledger = [];
    private readonly List<Recusal> recusals = [];

    /// <summary>For the store, which fills in every member.</summary>
    private ReviewCase()
    {
        ReceiptNumber = Queue = HomeQueue = Authority = HomeAuthority = null!;
    }

    /// <summary>Takes a request in: state <see cref="CaseState.Received"/>, clock started at <paramref name="now"/>.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="receiptNumber">受理号, unique.</param>
    /// <param name="queue">The queue it waits in.</param>
    /// <param name="authority">Code of the issuing authority (发证机关).</param>
    /// <param name="subject">Id of what is reviewed, in the table of the queue's subject type.</param>
    /// <param name="applicant">Whose request it is.</param>
    /// <param name="clock">Policy and calendar that the case is pinned to (SLA-5).</param>
    /// <param name="by">Who handed the request in, for the ledger.</param>
    /// <param name="now">The receipt.</param>
    public ReviewCase(CaseId id, string receiptNumber, string queue, string authority, Guid subject, Guid applicant, SlaClock clock, string by, DateTimeOffset now)
    {
        Id = id;
        ReceiptNumber = receiptNumber;
        Queue = HomeQueue = queue;
        Authority = HomeAuthority = authority;
        Subject = subject;
        Applicant = applicant;
        ReceivedAt = now;
        State = CaseState.Received;
        Record(new CaseReceived(id, receiptNumber, queue, authority, applicant));
        Tick(SlaEntryKind.Start, now, by, null, clock);
    }

    /// <summary>Opens a second look at a decided and closed case (WORK-6): it waits at once, since what is reviewed was measured long ago, and is about the very same evidence.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="receiptNumber">A number of its own, unique.</param>
    /// <param name="queue">The queue of second looks.</param>
    /// <param name="first">The case that is looked at again; who decided it never claims this one.</param>
    /// <param name="clock">Policy and calendar of the second look.</param>
    /// <param name="by">Who chose it, for the ledger.</param>
    /// <param name="now">The moment: the clock starts.</param>
    public static ReviewCase LookAgain(CaseId id, string receiptNumber, string queue, ReviewCase first, SlaClock clock, string by, DateTimeOffset now)
    {
        ReviewCase again = new()
        {
            Id = id,
            ReceiptNumber = receiptNumber,
            Queue = queue,
            HomeQueue = queue,
            Authority = first.Authority,
            HomeAuthority = first.Authority,
            Subject = first.Subject,
            Applicant = first.Applicant,
            Original = first.Id,
            ReceivedAt = now,
            State = CaseState.Open,
        };
        foreach (var decided in new[] { first.Holder, first.Proposer }.OfType<ReviewerId>().Distinct())
            again.recusals.Add(new(decided, now) { DecidedFirst = true });
        again.recusals.AddRange(first.recusals.Where(recusal => !again.recusals.Exists(r => r.Reviewer == recusal.Reviewer)).Select(recusal => recusal with { }));
        again.Record(new SecondLookOpened(id, receiptNumber, queue, first.Authority, first.Id));
        again.Tick(SlaEntryKind.Start, now, by, null, clock);
        return again;
    }

    /// <summary>Identity.</summary>
    public CaseId Id { get; private set; }

    /// <summary>受理号: what the applicant and the desk call the case.</summary>
    public string ReceiptNumber { get; private set; }

    /// <summary>The queue it waits in now.</summary>
    public string Queue { get; private set; }

    /// <summary>The queue it came in by: its clock, its reasons and its outcome belong to that one.</summary>
    public string HomeQueue { get; private set; }

    /// <summary>Code of the issuing authority that answers for it.</summary>
    public string Authority { get; private set; }

    /// <summary>The issuing authority that it came in by.</summary>
    public string HomeAuthority { get; private set; }

    /// <summary>Id of what is reviewed; of a second look, what the first case reviewed.</summary>
    public Guid Subject { get; private set; }

    /// <summary>The case that this one looks at again (WORK-6); null for a request.</summary>
    public CaseId? Original { get; private set; }

    /// <summary>Whose request it is.</summary>
    public Guid Applicant { get; private set; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; private set; }

    /// <summary>Lower goes first; 0 is ordinary.</summary>
    public int Priority { get; private set; }

    /// <summary>When the request came in.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>When half of the time is used (SLA-4).</summary>
    public DateTimeOffset HalfAt { get; private set; }

    /// <summary>When four fifths of the time are used (SLA-4).</summary>
    public DateTimeOffset PressingAt { get; private set; }

    /// <summary>When the decision is due; while the clock is paused, as it stood at the pause.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>True while the clock is paused with time left; what was overdue before the pause stays overdue (SLA-4).</summary>
    public bool Paused { get; private set; }

    /// <summary>When the next change of the clock's state is to be told; null while nothing is left to tell: paused, stopped, or overdue and said so (SLA-4).</summary>
    public DateTimeOffset? WarnAt { get; private set; }

    /// <summary>The last state of the clock that was told, each once a case; null before the first.</summary>
    public SlaState? Warned { get; private set; }

    /// <summary>The append-only ledger of the clock, oldest first (SLA-3).</summary>
    public IReadOnlyList<SlaEntry> Ledger => ledger;

    /// <summary>Who holds it; while decided, who decided.</summary>
    public ReviewerId? Holder { get; private set; }

    /// <summary>Fencing token of the last claim; 0 before the first.</summary>
    public int Token { get; private set; }

    /// <summary>End of the lease, exclusive.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>True while the claim only keeps the case ready for its holder, who has another one in hand (WORK-1).</summary>
    public bool Prefetched { get; private set; }

    /// <summary>Since when the last holder had it in hand; kept after the decision. Null before, and while it was only kept ready.</summary>
    public DateTimeOffset? InHandSince { get; private set; }

    /// <summary>Who never gets the case: declared a conflict of interest (回避, WORK-7), or had decided what it looks at again (WORK-6).</summary>
    public IReadOnlyList<Recusal> Recusals => recusals;

    /// <summary>The verdict while decided and after.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>The moment of the decision: the clock stopped then.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Business time that the case had used when its clock stopped; pauses do not count. Null while the clock is not stopped.</summary>
    public TimeSpan? Took { get; private set; }

    /// <summary>Until when the decision can be undone and has no effect (WORK-3).</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    /// <summary>The first person's sealed verdict, while a second one decides (WORK-6).</summary>
    public Verdict? Proposal { get; private set; }

    /// <summary>Who proposed; that person cannot claim the case again.</summary>
    public ReviewerId? Proposer { get; private set; }

    /// <summary>How often the applicant was asked for more.</summary>
    public int Rounds { get; private set; }

    /// <summary>What the applicant was asked for last, while returned.</summary>
    public Verdict? Asked { get; private set; }

    /// <summary>Until when the applicant may answer, exclusive.</summary>
    public DateTimeOffset? AnswerBy { get; private set; }

    /// <summary>How it ended.</summary>
    public Outcome? Outcome { get; private set; }

    /// <summary>How the reviewer had decided, where a correction replaced that (WORK-3); null where none did.</summary>
    public Outcome? Overturned { get; private set; }

    /// <summary>What the reviewer had decided, where a correction replaced that; null where none did.</summary>
    public Verdict? Former { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Whether it ended in time; null before.</summary>
    public bool? OnTime { get; private set; }

    /// <summary>Grows with every saved change.</summary>
    public int Version { get; private set; }

    /// <summary>True while <paramref name="who"/> holds the case under <paramref name="token"/> and the lease runs.</summary>
    public bool Holds(ReviewerId who, int token, DateTimeOffset now) =>
        State == CaseState.Claimed && Holder == who && Token == token && now < LeaseUntil;

    /// <summary>True while <paramref name="who"/> may act on the case: it is held, and not only kept ready.</summary>
    public bool InHand(ReviewerId who, int token, DateTimeOffset now) => Holds(who, token, now) && !Prefetched;

    /// <summary>True where <paramref name="who"/> declared a conflict of interest.</summary>
    public bool IsRecused(ReviewerId who) => recusals.Exists(recusal => recusal.Reviewer == who && !recusal.DecidedFirst);

    /// <summary>True where it must be another person than <paramref name="who"/>, whatever that person may do otherwise: who proposed the verdict, or decided what is looked at again (WORK-6).</summary>
    public bool MustBeAnother(ReviewerId who) => who == Proposer || recusals.Exists(recusal => recusal.Reviewer == who && recusal.DecidedFirst);

    /// <summary>Opens the case for review.</summary>
    public Refusal? FinishChecks(bool givenUp) =>
        Move(CaseVerb.FinishChecks, () => Record(new CaseOpened(Id, givenUp)));

    /// <summary>Gives the case to a reviewer. A claim whose lease has run out counts as free (WORK-1).</summary>
    /// <remarks>The store's claim statement does the same for 'next' in one statement; this is the verb for a case that is named.</remarks>
    public Refusal? Claim(ReviewerId who, TimeSpan lease, DateTimeOffset now)
    {
        if (MustBeAnother(who))
            return Refusals.FourEyes;
        if (IsRecused(who))
            return Refusals.Recused;
        if (State == CaseState.Claimed && now >= LeaseUntil)
        {
            var (holder, token) = (Holder!.Value, Token);
            Move(CaseVerb.Expire, () => Record(new ClaimExpired(Id, holder, token)));
        }
        return Move(CaseVerb.Claim, () => Grant(who, lease, now, new CaseClaimed(Id, who, Token + 1)));
    }

    /// <summary>Takes the case that was kept ready into the hands; the token stays.</summary>
    public Refusal? TakeUp(ReviewerId who, int token, TimeSpan lease, DateTimeOffset now)
    {
        if (!Holds(who, token, now) || !Prefetched)
            return Refusals.ClaimLost;
        (Prefetched, LeaseUntil, InHandSince) = (false, now + lease, now);
        Record(new CaseTakenUp(Id, who, token));
        return null;
    }

    /// <summary>Declares a conflict of interest (回避): the case goes back, and this person never gets it again (WORK-7).</summary>
    public Refusal? Recuse(ReviewerId who, int token, DateTimeOffset now) =>
        !Holds(who, token, now) ? Refusals.ClaimLost
        : Move(CaseVerb.Release, () =>
        {
            recusals.Add(new(who, now));
            Free(new ReviewerRecused(Id, who));
        });

    /// <summary>Notes that the applicant's licence changed; nothing is decided by that (APP-3).</summary>
    /// <param name="against">Code of what stands against an approval now; null where nothing does.</param>
    public void NoteLicence(string? against) => Record(new LicenceReevaluated(Id, against));

    /// <summary>Puts the case back into its queue.</summary>
    public Refusal? Release(ReviewerId who, int token, DateTimeOffset now) =>
        !Holds(who, token, now) ? Refusals.ClaimLost
        : Move(CaseVerb.Release, () => Free(new CaseReleased(Id, who)));

    /// <summary>Passes the case on to another queue or authority; the clock runs on.</summary>
    public Refusal? HandOn(ReviewerId who, int token, string queue, string authority, DateTimeOffset now) =>
        !InHand(who, token, now) ? Refusals.ClaimLost
        : Move(CaseVerb.HandOn, () =>
        {
            (Queue, Authority) = (queue, authority);
            Free(new CaseHandedOn(Id, who, queue, authority));
        });

    /// <summary>Takes the case out of its holder's hands: a supervisor's act. The holder's token is stale from now on; the draft stays.</summary>
    public Refusal? TakeBack(DateTimeOffset now) =>
        State == CaseState.Claimed && now >= LeaseUntil ? Refusals.WrongState
        : Move(CaseVerb.TakeBack, () => Free(new ClaimTakenBack(Id, Holder!.Value)));

    /// <summary>Keeps the case ready for somebody, whoever held it before: a supervisor's act (改派). Not taken up in that time it is free for everybody.</summary>
    /// <param name="who">Who gets it; not who proposed or first decided it or declared a conflict of interest, nor who has it already.</param>
    /// <param name="keep">How long it is kept.</param>
    /// <param name="now">The moment.</param>
    public Refusal? Give(ReviewerId who, TimeSpan keep, DateTimeOffset now)
    {
        var held = State == CaseState.Claimed && now < LeaseUntil;
        if (MustBeAnother(who))
            return Refusals.FourEyes;
        if (IsRecused(who))
            return Refusals.Recused;
        if (held && Holder == who)
            return Refusals.NothingToChange;
        return Move(CaseVerb.Give, () =>
        {
            if (held)
                Record(new ClaimTakenBack(Id, Holder!.Value));
            (Holder, LeaseUntil, Prefetched, InHandSince) = (who, now + keep, true, null);
            Token++;
            Record(new CaseGiven(Id, who, Token, LeaseUntil.Value));
        });
    }

    /// <summary>Passes the case to another queue or authority, whoever holds it: a supervisor's act. The clock runs on; a sealed verdict stays in its queue (WORK-6).</summary>
    public Refusal? Redirect(string queue, string authority, DateTimeOffset now)
    {
        if (queue == Queue && authority == Authority)
            return Refusals.NothingToChange;
        if (Proposal is not null && queue != Queue)
            return Refusals.Sealed;
        var held = State == CaseState.Claimed && now < LeaseUntil;
        return Move(CaseVerb.Redirect, () =>
        {
            if (held)
                Record(new ClaimTakenBack(Id, Holder!.Value));
            (Queue, Authority) = (queue, authority);
            Free(new CaseRedirected(Id, queue, authority));
        });
    }

    /// <summary>Raises or lowers the priority: a supervisor's act. The clock knows nothing of it.</summary>
    public Refusal? Prioritise(CasePriority priority, PriorityReason why) =>
        Priority == (int)priority ? Refusals.NothingToChange
        : Move(CaseVerb.Prioritise, () =>
        {
            Priority = (int)priority;
            Record(new CasePrioritised(Id, priority, why));
        });

    /// <summary>Seals the verdict and sends the case to the second queue on the same clock (WORK-6).</summary>
    public Refusal? Propose(ReviewerId who, int token, Verdict verdict, string secondQueue, DateTimeOffset now) =>
        !InHand(who, token, now) ? Refusals.ClaimLost
        : Proposal is not null ? Refusals.WrongState
        : Move(CaseVerb.Propose, () =>
        {
            (Proposal, Proposer, Queue) = (verdict, who, secondQueue);
            Free(new VerdictProposed(Id, who, secondQueue));
        });

    /// <summary>Asks the applicant for everything that is missing, at once; pauses the clock (WORK-2, SLA-3).</summary>
    public Refusal? AskForInformation(ReviewerId who, int token, Verdict asked, TimeSpan answerWithin, int mostRounds, SlaClock clock, DateTimeOffset now) =>
        !InHand(who, token, now) ? Refusals.ClaimLost
        : Original is not null ? Refusals.NobodyToAsk
        : asked.Reasons.Count == 0 ? Refusals.NothingAsked
        : Rounds >= mostRounds ? Refusals.NoMoreRounds
        : Move(CaseVerb.AskForInformation, () =>
        {
            Rounds++;
            (Asked, AnswerBy) = (asked, now + answerWithin);
            Free(new InformationRequested(Id, who, Rounds, asked.Reasons, AnswerBy.Value));
            Tick(SlaEntryKind.Pause, now, who.ToString(), "ask", clock);
        });

    /// <summary>Takes the applicant's answer in; the clock resumes at its receipt.</summary>
    public Refusal? Resubmit(string by, SlaClock clock, DateTimeOffset now) =>
        State == CaseState.Returned && now >= AnswerBy ? Refusals.DeadlinePassed
        : Move(CaseVerb.Resubmit, () =>
        {
            (Asked, AnswerBy) = (null, null);
            // What the first person proposed was about what was there before: the new material is looked at afresh.
            (Queue, Proposal, Proposer) = (HomeQueue, null, null);
            Record(new CaseResubmitted(Id, Rounds));
            Tick(SlaEntryKind.Resume, now, by, "resubmit", clock);
        });

    /// <summary>Closes a case whose applicant did not answer in time.</summary>
    public Refusal? Lapse(SlaClock clock, DateTimeOffset now) =>
        State == CaseState.Returned && now < AnswerBy ? Refusals.WrongState
        : Move(CaseVerb.Lapse, () => Close(Cases.Outcome.Lapsed, "system", clock, now));

    /// <summary>Decides. Nothing takes effect before the hold ends; the clock stops now (WORK-3).</summary>
    /// <param name="who">The holder.</param>
    /// <param name="token">The token of the claim.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="against">Why an approval is not possible now (APP-3); null when nothing stands against it.</param>
    /// <param name="hold">How long the decision is held, 0 or more.</param>
    /// <param name="clock">The clock that the case is pinned to.</param>
    /// <param name="now">The moment of the decision.</param>
    public Refusal? Decide(ReviewerId who, int token, Verdict verdict, Refusal? against, TimeSpan hold, SlaClock clock, DateTimeOffset now) =>
        !InHand(who, token, now) ? Refusals.ClaimLost
        : verdict.Outcome == Cases.Outcome.Approved && against is not null ? against
        : Move(CaseVerb.Decide, () =>
        {
            (Verdict, DecidedAt, HeldUntil, LeaseUntil) = (verdict, now, now + hold, null);
            Record(new CaseDecided(Id, who, token, verdict.Outcome, verdict.Reasons, verdict.Disagreements, verdict.Dissent, HeldUntil.Value));
            Tick(SlaEntryKind.Stop, now, who.ToString(), "decide", clock);
        });

    /// <summary>Takes a held decision back: the case is in the same hands again under a new token, and nothing had happened.</summary>
    public Refusal? Undo(ReviewerId who, int token, TimeSpan lease, SlaClock clock, DateTimeOffset now) =>
        State == CaseState.Closed ? Refusals.HoldOver
        : State != CaseState.Decided || Holder != who || Token != token ? Refusals.ClaimLost
        : now >= HeldUntil ? Refusals.HoldOver
        : Move(CaseVerb.Undo, () =>
        {
            var decided = DecidedAt!.Value;
            var since = InHandSince;
            (Verdict, DecidedAt, HeldUntil) = (null, null, null);
            Grant(who, lease, now, new DecisionUndone(Id, who, Token + 1));
            InHandSince = since;
            // From the decision's own moment: the time between it and the undo counts, as if the clock had never stopped.
            Tick(SlaEntryKind.Resume, decided, who.ToString(), "undo", clock);
        });

    /// <summary>Closes the case when the hold has ended; the effects follow from the event, once.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="agrees">Of a second look, whether it came to the same as the first decision; of a request nothing.</param>
    public Refusal? Finalise(DateTimeOffset now, bool? agrees = null) =>
        State == CaseState.Decided && now < HeldUntil ? Refusals.WrongState
        : (agrees is null) != (Original is null) ? Refusals.WrongState
        : Move(CaseVerb.Finalise, () =>
        {
            var outcome = agrees switch { null => Verdict!.Outcome, true => Cases.Outcome.Agreed, false => Cases.Outcome.Differed };
            (Outcome, ClosedAt, HeldUntil, OnTime) = (outcome, now, null, DecidedAt < DueAt);
            Record(new CaseClosed(Id, outcome, Verdict!.Reasons, Holder, DecidedAt!.Value, OnTime.Value));
        });

    /// <summary>Gives the case another calendar or policy, for its whole span (SLA-5). What is decided or closed never changes.</summary>
    /// <param name="by">Whose change of the calendar it follows from.</param>
    /// <param name="why">The reason, for the ledger.</param>
    /// <param name="clock">The clock that it goes by from now on.</param>
    /// <param name="now">The moment.</param>
    public Refusal? Retarget(string by, string why, SlaClock clock, DateTimeOffset now)
    {
        if (State is CaseState.Decided or CaseState.Closed)
            return Refusals.WrongState;
        Tick(SlaEntryKind.Retarget, now, by, why, clock);
        return null;
    }

    /// <summary>Tells each state of the clock that has come and was not told (SLA-4): half used, four fifths used, overdue.</summary>
    /// <returns>The states that were told.</returns>
    public IReadOnlyList<SlaState> Warn(DateTimeOffset now)
    {
        List<SlaState> told = [];
        while (WarnAt <= now && NextWarning is { } level)
        {
            Warned = level;
            told.Add(level);
            Record(new ClockWarned(Id, level, DueAt));
            PlanWarning();
        }

        return told;
    }

    /// <summary>Closes the case because the applicant takes the request back.</summary>
    public Refusal? Withdraw(string by, SlaClock clock, DateTimeOffset now) =>
        Move(CaseVerb.Withdraw, () => Close(Cases.Outcome.Withdrawn, by, clock, now));

    /// <summary>Replaces the outcome of a decided and closed case, or the reasons of its rejection; what the first one gave is taken back where it must be.</summary>
    /// <param name="who">Who corrects.</param>
    /// <param name="verdict">The new verdict; its note says why, for colleagues.</param>
    public Refusal? Correct(ReviewerId who, Verdict verdict) =>
        Outcome is not (Cases.Outcome.Approved or Cases.Outcome.Rejected or Cases.Outcome.Referred) ? Refusals.WrongState
        : verdict.Note is null ? new Refusal("CORRECTION_WHY_MISSING")
        : Outcome == verdict.Outcome && (Outcome != Cases.Outcome.Rejected || Verdict!.Reasons.ToHashSet(StringComparer.Ordinal).SetEquals(verdict.Reasons)) ? new Refusal("CORRECTION_SAME")
        : Move(CaseVerb.Correct, () =>
        {
            Record(new CaseCorrected(Id, who, Outcome.Value, verdict.Outcome, verdict.Reasons));
            Overturned ??= Outcome;
            Former ??= Verdict;
            (Verdict, Outcome) = (verdict, verdict.Outcome);
        });

    /// <summary>Notes <see cref="Took"/> of a case from before it was kept.</summary>
    internal void NoteTook(SlaClock clock) => Took ??= clock.Used(ledger, ledger[^1].At);

    private void Grant(ReviewerId who, TimeSpan lease, DateTimeOffset now, CaseEvent happening)
    {
        (Holder, LeaseUntil, Prefetched, InHandSince) = (who, now + lease, false, now);
        Token++;
        Record(happening);
    }

    private void Free(CaseEvent happening)
    {
        (Holder, LeaseUntil, Prefetched, InHandSince) = (null, null, false, null);
        Record(happening);
    }

    private void Close(Outcome outcome, string by, SlaClock clock, DateTimeOffset now)
    {
        (Outcome, ClosedAt, Holder, LeaseUntil, Prefetched, AnswerBy, OnTime) = (outcome, now, null, null, false, null, Paused || now < DueAt);
        Record(new CaseClosed(Id, outcome, [], null, now, OnTime.Value));
        Tick(SlaEntryKind.Stop, now, by, outcome.ToString(), clock);
    }

    private void Tick(SlaEntryKind kind, DateTimeOffset at, string by, string? why, SlaClock clock)
    {
        ledger.Add(clock.Next(ledger, kind, at, by, why));
        // Paused with time left there are no targets; the due time stays as it stood, for the lists.
        var targets = clock.Targets(ledger);
        if (targets is { } t)
            (HalfAt, PressingAt, DueAt) = (t.HalfAt, t.PressingAt, t.DueAt);
        Paused = targets is null;
        if (Paused || kind is SlaEntryKind.Stop)
            WarnAt = null;
        else
            PlanWarning();
        Took = kind == SlaEntryKind.Stop ? clock.Used(ledger, at) : kind == SlaEntryKind.Retarget ? Took : null;
        Record(new ClockMoved(Id, kind, ledger[^1].Sequence, DueAt));
    }

    private SlaState? NextWarning => Warned switch
    {
        null => SlaState.DueSoon,
        SlaState.DueSoon => SlaState.DuePressing,
        SlaState.DuePressing => SlaState.Overdue,
        _ => null,
    };

    private void PlanWarning() => WarnAt = NextWarning switch
    {
        SlaState.DueSoon => HalfAt,
        SlaState.DuePressing => PressingAt,
        SlaState.Overdue => DueAt,
        _ => null,
    };

    private Refusal? Move(CaseVerb verb, Action change)
    {
        if (CaseRules.Next(State, verb) is not { } next)
            return Refusals.WrongState;
        State = next;
        change();
        return null;
    }
}

/// <summary>Somebody who never gets the case: declared a conflict of interest (回避, WORK-7), or had decided what it looks at again.</summary>
/// <param name="Reviewer">Who.</param>
/// <param name="At">Since when.</param>
public sealed record Recusal(ReviewerId Reviewer, DateTimeOffset At)
{
    /// <summary>True where the person had decided, or proposed to decide, the case that this one looks at again (WORK-6); false where the person declared a conflict.</summary>
    public bool DecidedFirst { get; init; }
}
