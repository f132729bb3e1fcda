using ReviewConsole.Domain.Cases;
using static ReviewConsole.Domain.Cases.Outcome;

namespace ReviewConsole.Tests.Support;

/// <summary>What can be tried with a case.</summary>
public enum Step
{
    FinishChecks,
    Claim,
    Release,
    Recuse,
    HandOn,
    Propose,
    Ask,
    Resubmit,
    Lapse,
    Approve,
    Reject,
    Undo,
    Finalise,
    Withdraw,
    CorrectToApproved,
    CorrectToRejected,
    LicenceTurnsBad,
    LicenceTurnsGood,
}

/// <summary>What a bystander would say of one case: who holds it until when, in plain variables and without the product's code.</summary>
public sealed class CaseOracle(TimeSpan lease, TimeSpan hold, TimeSpan answerWithin, int mostRounds)
{
    public const string Home = "home";
    public const string Second = "second";
    private readonly Dictionary<int, int> tokens = [];
    private DateTimeOffset until;
    private int rounds;
    private Outcome verdict;

    public CaseState State { get; set; } = CaseState.Received;

    public int Holder { get; set; } = -1;

    public int Token { get; private set; }

    public string Queue { get; private set; } = Home;

    public int Proposer { get; private set; } = -1;

    public bool Ready { get; set; }

    public bool Against { get; private set; }

    public Outcome? Ended { get; private set; }

    public int Decisions { get; private set; }

    private HashSet<int> Recused { get; } = [];

    /// <summary>The token that the person would use: the last one given, however stale.</summary>
    public int TokenOf(int who) => tokens.GetValueOrDefault(who);

    public bool Live(DateTimeOffset now) => State == CaseState.Claimed && now < until;

    public bool Holds(int who, DateTimeOffset now) => Live(now) && Holder == who && TokenOf(who) == Token;

    public bool FreeFor(int who, DateTimeOffset now) =>
        Proposer != who && !Recused.Contains(who) && (State == CaseState.Open || (State == CaseState.Claimed && !Live(now)));

    /// <summary>Tries a step: whether it must be done. Where it must, the case stands so afterwards.</summary>
    public bool Act(Step step, int who, DateTimeOffset now) => step switch
    {
        Step.FinishChecks => State == CaseState.Received && To(CaseState.Open),
        Step.Claim => FreeFor(who, now) && Grant(who, now),
        Step.Release => Holds(who, now) && Free(),
        Step.Recuse => Holds(who, now) && Free() && Recused.Add(who),
        Step.HandOn => InHand(who, now) && Free(),
        Step.Propose => InHand(who, now) && Proposer < 0 && Seal(who),
        Step.Ask => InHand(who, now) && rounds < mostRounds && ++rounds > 0 && To(CaseState.Returned, now + answerWithin),
        Step.Resubmit => State == CaseState.Returned && now < until && StartAgain(),
        Step.Lapse => State == CaseState.Returned && now >= until && End(Lapsed),
        Step.Approve => InHand(who, now) && !Against && Decide(Approved, now),
        Step.Reject => InHand(who, now) && Decide(Rejected, now),
        Step.Undo => State == CaseState.Decided && Holder == who && TokenOf(who) == Token && now < until && Decisions-- > 0 && Grant(who, now),
        Step.Finalise => State == CaseState.Decided && now >= until && End(verdict),
        Step.Withdraw => State is CaseState.Received or CaseState.Open or CaseState.Claimed or CaseState.Returned && End(Withdrawn),
        Step.CorrectToApproved => Ended == Rejected && !Against && Correct(Approved),
        Step.CorrectToRejected => Ended == Approved && Correct(Rejected),
        Step.LicenceTurnsBad => Turn(true),
        _ => Turn(false),
    };

    /// <summary>Takes a case that was kept ready into the hands.</summary>
    public void TakeUp(DateTimeOffset now) => (Ready, until) = (false, now + lease);

    /// <summary>Keeps the case ready.</summary>
    public void KeepReady(int who, DateTimeOffset now)
    {
        Grant(who, now);
        Ready = true;
    }

    private bool InHand(int who, DateTimeOffset now) => Holds(who, now) && !Ready;

    private bool Grant(int who, DateTimeOffset now)
    {
        (Holder, State, until, Ready) = (who, CaseState.Claimed, now + lease, false);
        tokens[who] = ++Token;
        return true;
    }

    private bool Free()
    {
        (Holder, State, Ready) = (-1, CaseState.Open, false);
        return true;
    }

    private bool Seal(int who)
    {
        (Proposer, Queue) = (who, Second);
        return Free();
    }

    private bool StartAgain()
    {
        (Proposer, Queue) = (-1, Home);
        return To(CaseState.Received);
    }

    private bool Decide(Outcome outcome, DateTimeOffset now)
    {
        Decisions++;
        (verdict, State, until) = (outcome, CaseState.Decided, now + hold);
        return true;
    }

    private bool End(Outcome outcome)
    {
        (Ended, State, Ready) = (outcome, CaseState.Closed, false);
        return true;
    }

    private bool Correct(Outcome outcome)
    {
        Ended = outcome;
        return true;
    }

    private bool Turn(bool bad)
    {
        Against = bad;
        return true;
    }

    private bool To(CaseState next, DateTimeOffset deadline = default)
    {
        (State, until, Holder, Ready) = (next, deadline, -1, false);
        return true;
    }
}
