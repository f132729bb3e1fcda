using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Tests.Domain.Cases;

public sealed class ReviewCaseTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 15, 12, 0, TimeSpan.FromHours(8));
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);
    private static readonly SlaClock Clock = new(SlaPolicy.OneBusinessDay, Holidays.Shipped);
    private static readonly ReviewerId[] Reviewers = [.. Enumerable.Range(1, 3).Select(i => new ReviewerId(new Guid(i, 0, 0, new byte[8])))];
    private static readonly Verdict Approval = new(Outcome.Approved, []);
    private static readonly Verdict Rejection = new(Outcome.Rejected, ["PHOTO_BLUR"]);

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
    public void However_reviewers_interleave_a_case_is_decided_at_most_once() =>
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, 2], Gen.Int[0, 200]).Array[1, 40].Sample(steps =>
        {
            var subject = New();
            Model model = new();
            var now = Start;
            foreach (var (verb, who, seconds) in steps)
            {
                now += TimeSpan.FromSeconds(seconds);
                var done = Act(subject, verb, Reviewers[who], model.TokenOf(who), now) is null;
                var could = model.Act(verb, who, now);
                if (done != could)
                    throw new InvalidOperationException($"verb {verb} by {who} at {now}: {(done ? "done" : "refused")}, but the model says otherwise");
                Invariants(subject, model);
                subject.TakeEvents();
            }
        });

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

    private static Refusal? Act(ReviewCase subject, int verb, ReviewerId who, int token, DateTimeOffset now) => verb switch
    {
        0 => subject.FinishChecks(givenUp: false),
        1 or 2 => subject.Claim(who, Lease, now),
        3 => subject.Release(who, token, now),
        4 or 5 => subject.Decide(who, token, Approval, null, Hold, Clock, now),
        6 => subject.Undo(who, token, Lease, Clock, now),
        7 => subject.Finalise(now),
        8 => subject.AskForInformation(who, token, Rejection, TimeSpan.FromMinutes(5), 3, Clock, now),
        9 => subject.Resubmit("client", Clock, now),
        _ => subject.Lapse(Clock, now),
    };

    private static void Invariants(ReviewCase subject, Model model)
    {
        Assert.Equal(model.State, subject.State);
        Assert.Equal(subject.State is CaseState.Claimed or CaseState.Decided, subject.Holder is not null && subject.State != CaseState.Closed);
        Assert.Equal(subject.State == CaseState.Claimed, subject.LeaseUntil is not null);
        Assert.Equal(subject.State == CaseState.Decided, subject.HeldUntil is not null);
        Assert.Equal(subject.State == CaseState.Closed, subject.Outcome is not null);
        Assert.Equal(model.Token, subject.Token);
        Assert.True(subject.Happened.OfType<CaseClosed>().Count() <= 1);
        Assert.Equal(Enumerable.Range(1, subject.Ledger.Count), subject.Ledger.Select(e => e.Sequence));
        Assert.Equal(Clock.Targets(subject.Ledger)?.DueAt ?? subject.DueAt, subject.DueAt);
    }

    // What a bystander would say: who holds the case until when, in plain variables.
    private sealed class Model
    {
        private readonly int[] tokens = new int[3];
        private int holder = -1;
        private int rounds;
        private DateTimeOffset until;

        public CaseState State { get; private set; } = CaseState.Received;

        public int Token { get; private set; }

        public int TokenOf(int who) => tokens[who];

        public bool Act(int verb, int who, DateTimeOffset now) => (verb, State) switch
        {
            (0, CaseState.Received) => To(CaseState.Open),
            (1 or 2, CaseState.Open) => Grant(who, now),
            (1 or 2, CaseState.Claimed) => now >= until && Grant(who, now),
            (3, CaseState.Claimed) => Holds(who, now) && To(CaseState.Open),
            (4 or 5, CaseState.Claimed) => Holds(who, now) && To(CaseState.Decided, now + Hold),
            (6, CaseState.Decided) => holder == who && tokens[who] == Token && now < until && Grant(who, now),
            (7, CaseState.Decided) => now >= until && To(CaseState.Closed),
            (8, CaseState.Claimed) => Holds(who, now) && rounds < 3 && ++rounds > 0 && To(CaseState.Returned, now.AddMinutes(5)),
            (9, CaseState.Returned) => now < until && To(CaseState.Received),
            (10, CaseState.Returned) => now >= until && To(CaseState.Closed),
            _ => false,
        };

        private bool Holds(int who, DateTimeOffset now) => holder == who && tokens[who] == Token && now < until;

        private bool Grant(int who, DateTimeOffset now)
        {
            (holder, State, until) = (who, CaseState.Claimed, now + Lease);
            tokens[who] = ++Token;
            return true;
        }

        private bool To(CaseState next, DateTimeOffset deadline = default)
        {
            (State, until) = (next, deadline);
            return true;
        }
    }
}
