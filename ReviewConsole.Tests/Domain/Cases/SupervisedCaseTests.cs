using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Tests.Domain.Cases;

/// <summary>What a supervisor does with a case, and what a case keeps for the numbers.</summary>
public sealed class SupervisedCaseTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 15, 12, 0, TimeSpan.FromHours(8));
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(30);
    private static readonly SlaClock Clock = new(SlaPolicy.OneBusinessDay, Holidays.Shipped);
    private static readonly ReviewerId One = new(Guid.NewGuid());
    private static readonly ReviewerId Other = new(Guid.NewGuid());

    [Fact]
    public void What_is_taken_back_is_free_and_the_old_token_stale()
    {
        var subject = Claimed();
        var token = subject.Token;
        Assert.Null(subject.TakeBack(Start));
        Assert.Equal((CaseState.Open, null), (subject.State, subject.Holder));
        Assert.Equal(new ClaimTakenBack(subject.Id, One), subject.Happened[^1]);
        Assert.Equal(Refusals.ClaimLost, subject.Release(One, token, Start));
        Assert.Equal(Refusals.WrongState, subject.TakeBack(Start));
    }

    [Fact]
    public void Nothing_is_taken_back_whose_lease_ran_out() => Assert.Equal(Refusals.WrongState, Claimed().TakeBack(Start + Lease));

    [Fact]
    public void What_is_given_is_kept_ready_for_one_and_then_free_for_all()
    {
        var subject = Claimed();
        Assert.Null(subject.Give(Other, Keep, Start));
        Assert.Equal([nameof(ClaimTakenBack), nameof(CaseGiven)], subject.Happened.TakeLast(2).Select(e => e.GetType().Name));
        Assert.False(subject.InHand(Other, subject.Token, Start));
        Assert.Equal(Refusals.NothingToChange, subject.Give(Other, Keep, Start));
        Assert.Equal(Refusals.WrongState, subject.Claim(One, Lease, Start));
        Assert.Null(subject.TakeUp(Other, subject.Token, Lease, Start.AddMinutes(29)));
        Assert.True(subject.InHand(Other, subject.Token, Start.AddMinutes(30)));

        var unwanted = Opened();
        Assert.Null(unwanted.Give(Other, Keep, Start));
        Assert.Null(unwanted.Claim(One, Lease, Start + Keep));
    }

    [Fact]
    public void Nobody_is_given_what_they_may_not_decide()
    {
        var declined = Claimed();
        Assert.Null(declined.Recuse(One, declined.Token, Start));
        Assert.Equal(Refusals.Recused, declined.Give(One, Keep, Start));
        var proposed = Claimed();
        Assert.Null(proposed.Propose(One, proposed.Token, new(Outcome.Referred, ["X"]), Queues.Second, Start));
        Assert.Equal(Refusals.FourEyes, proposed.Give(One, Keep, Start));
    }

    [Fact]
    public void What_is_handed_on_is_open_there_on_the_same_clock()
    {
        var subject = Claimed();
        var due = subject.DueAt;
        Assert.Equal(Refusals.NothingToChange, subject.Redirect(Queues.ELicence, "粤B", Start));
        Assert.Null(subject.Redirect(Queues.ELicence, "粤A", Start));
        Assert.Equal((CaseState.Open, "粤A", "粤B", due), (subject.State, subject.Authority, subject.HomeAuthority, subject.DueAt));
        Assert.Single(subject.Ledger);
    }

    [Fact]
    public void A_sealed_verdict_stays_in_its_queue_but_may_change_the_authority()
    {
        var subject = Claimed();
        Assert.Null(subject.Propose(One, subject.Token, new(Outcome.Referred, ["X"]), Queues.Second, Start));
        Assert.Equal(Refusals.Sealed, subject.Redirect(Queues.ELicence, "粤B", Start));
        Assert.Null(subject.Redirect(Queues.Second, "粤A", Start));
    }

    [Fact]
    public void A_priority_changes_with_a_reason_and_leaves_the_clock_alone()
    {
        var subject = Opened();
        Assert.Equal(Refusals.NothingToChange, subject.Prioritise(CasePriority.Ordinary, PriorityReason.BackToOrder));
        Assert.Null(subject.Prioritise(CasePriority.Raised, PriorityReason.Complaint));
        Assert.Equal(new CasePrioritised(subject.Id, CasePriority.Raised, PriorityReason.Complaint), subject.Happened[^1]);
        Assert.Equal(-1, subject.Priority);
        Assert.Single(subject.Ledger);
        Assert.Null(subject.Claim(One, Lease, Start));
        Assert.Null(subject.Decide(One, subject.Token, new(Outcome.Approved, []), null, TimeSpan.Zero, Clock, Start));
        Assert.Equal(Refusals.WrongState, subject.Prioritise(CasePriority.Lowered, PriorityReason.WaitsForOthers));
    }

    [Fact]
    public void A_decision_keeps_the_business_time_it_took_and_since_when_it_was_in_hand()
    {
        var subject = Opened();
        // Friday 15:12 to Monday 10:12: the weekend does not count.
        var monday = Start.AddDays(2).AddHours(19);
        Assert.Null(subject.Claim(One, Lease, monday));
        Assert.Null(subject.Decide(One, subject.Token, new(Outcome.Approved, []), null, TimeSpan.FromSeconds(10), Clock, monday.AddSeconds(40)));
        Assert.Equal(TimeSpan.FromHours(19) + TimeSpan.FromSeconds(40), subject.Took);
        Assert.Equal(monday, subject.InHandSince);
        Assert.Null(subject.Undo(One, subject.Token, Lease, Clock, monday.AddSeconds(45)));
        Assert.Equal((null, monday), (subject.Took, subject.InHandSince));
    }

    [Fact]
    public void A_correction_keeps_what_was_decided_first()
    {
        var subject = Claimed();
        Assert.Null(subject.Decide(One, subject.Token, new(Outcome.Approved, []), null, TimeSpan.Zero, Clock, Start));
        Assert.Null(subject.Finalise(Start));
        Assert.Null(subject.Correct(Other, new(Outcome.Rejected, ["X"], note: "why")));
        Assert.Null(subject.Correct(Other, new(Outcome.Approved, [], note: "why")));
        Assert.Equal((Outcome.Approved, Outcome.Approved), (subject.Overturned, subject.Former!.Outcome));
        Assert.Null(subject.Former.Note);
    }

    private static ReviewCase Opened()
    {
        ReviewCase subject = new(CaseId.New(Start), "SQ1", Queues.ELicence, "粤B", Guid.NewGuid(), Guid.NewGuid(), Clock, "client:test", Start);
        Assert.Null(subject.FinishChecks(false));
        return subject;
    }

    private static ReviewCase Claimed()
    {
        var subject = Opened();
        Assert.Null(subject.Claim(One, Lease, Start));
        return subject;
    }
}
