using System.Collections.Concurrent;
using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Domain.Cases;

public sealed class ReviewCaseTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 15, 12, 0, TimeSpan.FromHours(8));
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);
    private static readonly SlaClock Clock = new(SlaPolicy.OneBusinessDay, Holidays.Shipped);
    private static readonly ReviewerId[] Reviewers = [.. Enumerable.Range(1, 3).Select(i => new ReviewerId(new Guid(i, 0, 0, new byte[8])))];
    private static readonly Verdict Approval = new(Outcome.Approved, [], note: "note");
    private static readonly Verdict Rejection = new(Outcome.Rejected, ["PHOTO_BLUR"], note: "note");

    // The table of the design, written a second time as words.
    private const string Table = """
        Received FinishChecks Open
        Open Claim Claimed
        Claimed Release Open
        Claimed Expire Open
        Claimed HandOn Open
        Claimed Propose Open
        Claimed AskForInformation Returned
        Returned Resubmit Received
        Returned Lapse Closed
        Claimed Decide Decided
        Decided Undo Claimed
        Decided Finalise Closed
        Received Withdraw Closed
        Open Withdraw Closed
        Claimed Withdraw Closed
        Returned Withdraw Closed
        Closed Correct Closed
        Claimed TakeBack Open
        Open Give Claimed
        Claimed Give Claimed
        Open Redirect Open
        Claimed Redirect Open
        Received Prioritise Received
        Open Prioritise Open
        Claimed Prioritise Claimed
        Returned Prioritise Returned
        """;

    [Fact]
    public void The_transition_table_is_the_one_of_the_design()
    {
        var expected = Table.Split('\n').Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        var actual = from state in Enum.GetValues<CaseState>()
                     from verb in Enum.GetValues<CaseVerb>()
                     let next = CaseRules.Next(state, verb)
                     where next is not null
                     select $"{state} {verb} {next}";
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void However_people_interleave_a_case_goes_only_where_the_oracle_says_and_is_decided_at_most_once()
    {
        ConcurrentDictionary<(CaseState From, CaseState To), int> taken = [];
        // Mostly one person, briskly, and seldom what ends the case: drawn evenly, one sequence of ten thousand undid a decision.
        Step[] round = [Step.FinishChecks, Step.Claim, Step.Claim, Step.Ask, Step.Resubmit, Step.Approve, Step.Reject, Step.Undo, Step.Undo];
        Gen.Select(Gen.Frequency((1, Gen.Enum<Step>()), (3, Gen.Int[0, round.Length - 1].Select(i => round[i]))), Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, 2])),
            Gen.Frequency((3, Gen.Int[0, 3]), (1, Gen.Int[0, 200]))).Array[1, 60].Sample(
            steps =>
            {
                var subject = New();
                CaseOracle oracle = new(Lease, Hold, AnswerWithin, mostRounds: 3);
                List<CaseEvent> happened = [];
                var now = Start;
                foreach (var (step, who, seconds) in steps)
                {
                    now += TimeSpan.FromSeconds(seconds);
                    var from = subject.State;
                    var done = Act(subject, step, Reviewers[who], oracle.TokenOf(who), oracle.Against, now) is null;
                    var must = oracle.Act(step, who, now);
                    if (done != must)
                        throw new InvalidOperationException($"{step} by {who} at {now}: {(done ? "done" : "refused")}, but the oracle says otherwise");
                    if (done)
                        taken.AddOrUpdate((from, subject.State), 1, (_, times) => times + 1);
                    happened.AddRange(subject.TakeEvents().Cast<CaseEvent>());
                    Invariants(subject, oracle, happened);
                }
            },
            iter: Sizes.Full ? 100_000 : 10_000);
        // A way that was hardly ever gone says nothing.
        var ways = Table.Split('\n').Select(line => line.Trim().Split(' ')).Select(line => (Enum.Parse<CaseState>(line[0]), Enum.Parse<CaseState>(line[2]))).ToHashSet();
        Assert.DoesNotContain(ways, way => taken.GetValueOrDefault(way) < 100);
    }

    [Fact]
    public void A_stale_token_is_refused_after_the_lease_ran_out_and_somebody_else_claimed()
    {
        var subject = Open();
        Assert.Null(subject.Claim(Reviewers[0], Lease, Start));
        Assert.Equal(Refusals.WrongState, subject.Claim(Reviewers[1], Lease, Start + Lease - TimeSpan.FromTicks(1)));
        Assert.Null(subject.Claim(Reviewers[1], Lease, Start + Lease));
        Assert.Equal(Refusals.ClaimLost, subject.Decide(Reviewers[0], 1, Approval, null, Hold, Clock, Start + Lease));
        Assert.Null(subject.Decide(Reviewers[1], 2, Approval, null, Hold, Clock, Start + Lease));
    }

    [Fact]
    public void What_stands_against_an_approval_refuses_it_but_not_a_rejection()
    {
        var subject = Open();
        subject.Claim(Reviewers[0], Lease, Start);
        Refusal against = new("LICENCE_EXPIRED");
        Assert.Equal(against, subject.Decide(Reviewers[0], 1, Approval, against, Hold, Clock, Start));
        Assert.Null(subject.Decide(Reviewers[0], 1, Rejection, against, Hold, Clock, Start));
    }

    [Fact]
    public void The_pause_moves_the_due_time_and_an_answer_after_the_deadline_is_refused()
    {
        var subject = Open();
        var due = subject.DueAt;
        subject.Claim(Reviewers[0], Lease, Start);
        Assert.Null(subject.AskForInformation(Reviewers[0], 1, Rejection, TimeSpan.FromDays(7), 3, Clock, Start.AddMinutes(1)));
        Assert.Equal(Refusals.DeadlinePassed, subject.Resubmit("client", Clock, Start.AddDays(8)));
        Assert.Null(subject.Resubmit("client", Clock, Start.AddMinutes(61)));
        Assert.Equal(due.AddHours(1), subject.DueAt);
        Assert.Equal((CaseState.Received, 1), (subject.State, subject.Rounds));
    }

    [Fact]
    public void After_the_last_round_no_more_can_be_asked()
    {
        var subject = Open();
        for (var round = 1; round <= 3; round++)
        {
            Assert.Null(subject.Claim(Reviewers[0], Lease, Start));
            Assert.Null(subject.AskForInformation(Reviewers[0], round, Rejection, TimeSpan.FromDays(7), 3, Clock, Start));
            Assert.Null(subject.Resubmit("client", Clock, Start));
            Assert.Null(subject.FinishChecks(givenUp: false));
        }

        subject.Claim(Reviewers[0], Lease, Start);
        Assert.Equal(Refusals.NoMoreRounds, subject.AskForInformation(Reviewers[0], 4, Rejection, TimeSpan.FromDays(7), 3, Clock, Start));
    }

    [Fact]
    public void A_decision_at_the_due_instant_is_late_and_one_tick_before_is_in_time()
    {
        foreach (var (at, inTime) in new[] { (TimeSpan.FromTicks(-1), true), (TimeSpan.Zero, false) })
        {
            var subject = Open();
            var decided = subject.DueAt + at;
            subject.Claim(Reviewers[0], Lease, decided);
            Assert.Null(subject.Decide(Reviewers[0], 1, Approval, null, Hold, Clock, decided));
            subject.TakeEvents();
            Assert.Null(subject.Finalise(decided + Hold));
            Assert.Equal(inTime, Assert.IsType<CaseClosed>(Assert.Single(subject.Happened)).OnTime);
        }
    }

    [Fact]
    public void Verdicts_hold_their_invariant()
    {
        Assert.Equal(Refusals.ReasonMissing, Verdict.Make(Outcome.Rejected, [], null, null).Refusal);
        Assert.Equal(Refusals.ReasonOnApproval, Verdict.Make(Outcome.Approved, ["X"], null, null).Refusal);
        Assert.Equal(Refusals.DissentMissing, Verdict.Make(Outcome.Approved, [], null, null, ["background"]).Refusal);
        Assert.Equal("REASON_TWICE", Verdict.Make(Outcome.Rejected, ["X", "X"], null, null).Refusal!.Code);
        Assert.Equal("VERDICT_OUTCOME", Verdict.Make(Outcome.Lapsed, ["X"], null, null).Refusal!.Code);
        Assert.Equal("TEXT_TOO_LONG", Verdict.Make(Outcome.Rejected, ["X"], new string('字', 501), null).Refusal!.Code);
        Assert.Throws<ArgumentException>(() => new Verdict(Outcome.Rejected, []));
    }

    private static ReviewCase New() => new(CaseId.New(Start), "SQ2026112000481", "e-licence", "粤B", Guid.NewGuid(), Guid.NewGuid(), Clock, "client:x", Start);

    private static ReviewCase Open()
    {
        var subject = New();
        subject.FinishChecks(givenUp: false);
        return subject;
    }

    private static Refusal? Act(ReviewCase subject, Step step, ReviewerId who, int token, bool against, DateTimeOffset now) => step switch
    {
        Step.FinishChecks => subject.FinishChecks(givenUp: false),
        Step.Claim => subject.Claim(who, Lease, now),
        Step.Release => subject.Release(who, token, now),
        Step.Recuse => subject.Recuse(who, token, now),
        Step.HandOn => subject.HandOn(who, token, subject.Queue, "粤A", now),
        Step.Propose => subject.Propose(who, token, Rejection, "second", now),
        Step.Ask => subject.AskForInformation(who, token, Rejection, AnswerWithin, 3, Clock, now),
        Step.Resubmit => subject.Resubmit("client", Clock, now),
        Step.Lapse => subject.Lapse(Clock, now),
        Step.Approve => subject.Decide(who, token, Approval, against ? new Refusal("LICENCE_NOT_VALID") : null, Hold, Clock, now),
        Step.Reject => subject.Decide(who, token, Rejection, null, Hold, Clock, now),
        Step.Undo => subject.Undo(who, token, Lease, Clock, now),
        Step.Finalise => subject.Finalise(now),
        Step.Withdraw => subject.Withdraw("client", Clock, now),
        Step.CorrectToApproved => against ? new Refusal("LICENCE_NOT_VALID") : subject.Correct(who, Approval),
        Step.CorrectToRejected => subject.Correct(who, Rejection),
        _ => Note(subject, step),
    };

    private static Refusal? Note(ReviewCase subject, Step step)
    {
        subject.NoteLicence(step == Step.LicenceTurnsBad ? "LICENCE_NOT_VALID" : null);
        return null;
    }

    private static void Invariants(ReviewCase subject, CaseOracle oracle, List<CaseEvent> happened)
    {
        Assert.Equal((oracle.State, oracle.Token, oracle.Ended), (subject.State, subject.Token, subject.Outcome));
        Assert.Equal(oracle.Queue == CaseOracle.Second, subject.Queue == "second");
        if (subject.State is CaseState.Claimed or CaseState.Decided)
            Assert.Equal(Reviewers[oracle.Holder], subject.Holder);
        else if (subject.State != CaseState.Closed)
            Assert.Null(subject.Holder);
        Assert.Equal(subject.State == CaseState.Claimed, subject.LeaseUntil is not null);
        Assert.Equal(subject.State == CaseState.Decided, subject.HeldUntil is not null);
        Assert.Equal(subject.State == CaseState.Closed, subject.OnTime is not null);
        Assert.True(happened.OfType<CaseClosed>().Count() <= 1);
        Assert.InRange(happened.OfType<CaseDecided>().Count() - happened.OfType<DecisionUndone>().Count(), 0, 1);
        Assert.Equal(oracle.Decisions, happened.OfType<CaseDecided>().Count() - happened.OfType<DecisionUndone>().Count());
        Assert.Equal(Enumerable.Range(1, subject.Ledger.Count), subject.Ledger.Select(e => e.Sequence));
        Assert.Equal(Clock.Targets(subject.Ledger)?.DueAt ?? subject.DueAt, subject.DueAt);
    }
}
