using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Tests.Domain.SecondLooks;

public sealed class SecondLookTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 15, 12, 0, TimeSpan.FromHours(8));
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly SlaClock Clock = new(SlaPolicy.OneBusinessDay, Holidays.Shipped);
    private static readonly Verdict Approval = new(Outcome.Approved, []);
    private static readonly Verdict Rejection = new(Outcome.Rejected, ["PHOTO_BLUR"], note: "模糊");

    // Proposed, decided, looked again, and two who took no part.
    private static readonly ReviewerId[] People = [.. Enumerable.Range(0, 5).Select(_ => new ReviewerId(Guid.NewGuid()))];

    private enum Step
    {
        Agree,
        Differ,
        Say,
        Uphold,
        Correct,
    }

    [Theory]
    [InlineData("Approved", "Approved", true)]
    [InlineData("Rejected A", "Rejected A B", true)]
    [InlineData("Rejected A", "Rejected B", false)]
    [InlineData("Approved", "Rejected A", false)]
    [InlineData("Referred A", "Referred B", true)]
    [InlineData("Referred A", "Rejected A", false)]
    public void Verdicts_agree_by_outcome_and_rejections_by_a_reason(string first, string second, bool agree)
    {
        Assert.Equal(agree, SecondLook.Agree(Parse(first), Parse(second)));
        Assert.Equal(agree, SecondLook.Agree(Parse(second), Parse(first)));

        static Verdict Parse(string words) => words.Split(' ') is [var outcome, .. var reasons] ? new(Enum.Parse<Outcome>(outcome), reasons) : throw new InvalidOperationException(words);
    }

    [Fact]
    public void Who_decided_or_proposed_never_gets_the_second_look_however_it_comes() => Gen.Int[0, 4].Sample(who =>
    {
        var again = Again(Decided());
        var barred = who < 2;
        var claimed = again.Claim(People[who], Lease, Start);
        var given = Again(Decided()).Give(People[who], Lease, Start);
        return claimed == (barred ? Refusals.FourEyes : null) && given == claimed && again.MustBeAnother(People[who]) == barred && !again.IsRecused(People[who]);
    });

    [Fact]
    public void Who_declared_a_conflict_with_the_first_case_does_not_look_at_it_again()
    {
        var first = Decided(recused: People[3]);
        Assert.Equal(Refusals.Recused, Again(first).Claim(People[3], Lease, Start));
        Assert.Null(Again(first).Claim(People[4], Lease, Start));
    }

    [Fact]
    public void A_second_look_waits_at_once_on_a_clock_of_its_own_and_the_first_case_stays_as_it_is()
    {
        var first = Decided();
        first.TakeEvents();
        var again = Again(first);
        Assert.Equal((CaseState.Open, first.Id, first.Subject, first.Applicant), (again.State, again.Original!.Value, again.Subject, again.Applicant));
        Assert.Equal(SlaEntryKind.Start, Assert.Single(again.Ledger).Kind);
        Assert.Equal((CaseState.Closed, Outcome.Approved), (first.State, first.Outcome!.Value));
        Assert.Empty(first.Happened);
        // Nothing that tells the first verdict.
        Assert.Equal(["SecondLookOpened", "ClockMoved"], again.Happened.Select(e => e.GetType().Name));
        Assert.Equal((null, null, null), (again.Verdict, again.Proposal, again.Proposer));
    }

    [Fact]
    public void Nobody_outside_is_asked_and_it_ends_only_with_a_comparison()
    {
        var again = Again(Decided());
        Assert.Null(again.Claim(People[2], Lease, Start));
        Assert.Equal(Refusals.NobodyToAsk, again.AskForInformation(People[2], again.Token, Rejection, TimeSpan.FromDays(7), 3, Clock, Start));
        Assert.Null(again.Decide(People[2], again.Token, Rejection, null, TimeSpan.Zero, Clock, Start));
        Assert.Equal(Refusals.WrongState, again.Finalise(Start));
        Assert.Null(again.Finalise(Start, agrees: false));
        Assert.Equal(Outcome.Differed, again.Outcome);
        Assert.Equal(Refusals.WrongState, again.Correct(People[3], Approval));
        // And a request never with one.
        var request = Decided(finalise: false);
        Assert.Equal(Refusals.WrongState, request.Finalise(Start, agrees: true));
    }

    [Fact]
    public void However_people_act_a_second_look_is_settled_once_by_neither_of_the_two_and_what_was_said_stays()
    {
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 4], Gen.Bool).Array[1, 25].Sample(steps =>
        {
            SecondLook look = new(CaseId.New(Start), Decided(), SampleCause.Ordinary, Start);
            List<string> said = [];
            foreach (var (step, who, supervises) in steps)
            {
                var (before, person, ofThem) = (look.State, People[who], look.IsOf(People[who]));
                var refusal = step switch
                {
                    Step.Agree => look.Compare(Approval, Approval, person),
                    Step.Differ => look.Compare(Approval, Rejection, person),
                    Step.Say => look.Say(Guid.NewGuid(), person, supervises, $"{said.Count}", Start),
                    Step.Uphold => look.Uphold(person, "why", Start),
                    _ => look.Corrected(person, Start),
                };
                var expected = step switch
                {
                    Step.Agree or Step.Differ when before == LookState.Open && who >= 2 => step == Step.Agree ? LookState.Agreed : LookState.Differs,
                    Step.Uphold when before == LookState.Differs && !ofThem => LookState.Upheld,
                    Step.Correct when before == LookState.Differs && !ofThem => LookState.Overturned,
                    Step.Correct when before == LookState.Open => LookState.Void,
                    _ => before,
                };
                if (step == Step.Say && refusal is null)
                    said.Add($"{said.Count}");
                if (step == Step.Say && refusal is null != (before == LookState.Differs && (ofThem || supervises)))
                    throw new InvalidOperationException($"{step} by {who} in {before}: {refusal?.Code}");
                if (look.State != expected || !look.Remarks.Select(r => r.Text).SequenceEqual(said) || (look.SettledBy is { } by && before == LookState.Differs && look.IsOf(by)))
                    throw new InvalidOperationException($"{step} by {who}: {before} to {look.State}, not {expected}");
                // What is told of it names nobody's words.
                if (look.TakeEvents().Any(e => $"{e}".Contains("why", StringComparison.Ordinal)))
                    throw new InvalidOperationException("an event holds words");
            }
        });
    }

    [Fact]
    public void Words_are_asked_for_and_not_too_many()
    {
        SecondLook look = new(CaseId.New(Start), Decided(), SampleCause.Ordinary, Start);
        Assert.Null(look.Compare(Approval, Rejection, People[2]));
        Assert.Equal("REMARK_MISSING", look.Say(Guid.NewGuid(), People[2], false, "  ", Start)?.Code);
        Assert.Equal("TEXT_TOO_LONG", look.Say(Guid.NewGuid(), People[2], false, new('x', SecondLook.LongestText + 1), Start)?.Code);
        Assert.Equal("UPHOLD_WHY_MISSING", look.Uphold(People[3], null, Start)?.Code);
        Assert.Equal(Refusals.FourEyes, look.Uphold(People[0], "why", Start));
    }

    private static ReviewCase Decided(bool finalise = true, ReviewerId? recused = null)
    {
        ReviewCase subject = new(CaseId.New(Start), "SQ1", Queues.ELicence, "粤B", Guid.NewGuid(), Guid.NewGuid(), Clock, "client:test", Start);
        Assert.Null(subject.FinishChecks(givenUp: false));
        if (recused is { } declared)
        {
            Assert.Null(subject.Claim(declared, Lease, Start));
            Assert.Null(subject.Recuse(declared, subject.Token, Start));
        }

        Assert.Null(subject.Claim(People[0], Lease, Start));
        Assert.Null(subject.Propose(People[0], subject.Token, Approval, Queues.Second, Start));
        Assert.Null(subject.Claim(People[1], Lease, Start));
        Assert.Null(subject.Decide(People[1], subject.Token, Approval, null, TimeSpan.Zero, Clock, Start));
        if (finalise)
            Assert.Null(subject.Finalise(Start));
        return subject;
    }

    private static ReviewCase Again(ReviewCase first) => ReviewCase.LookAgain(CaseId.New(Start), "CC1", Queues.ELicenceLook, first, Clock, "system:sample", Start);
}
