using System.Collections.Frozen;

namespace ReviewConsole.Domain.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Taken in; the machine checks are under way.</summary>
    Received,

    /// <summary>Waiting in its queue.</summary>
    Open,

    /// <summary>In a reviewer's hands, for as long as the lease runs.</summary>
    Claimed,

    /// <summary>Waiting for the applicant, clock paused.</summary>
    Returned,

    /// <summary>Decided; nothing has taken effect until the hold ends.</summary>
    Decided,

    /// <summary>Done.</summary>
    Closed,
}

/// <summary>What can be done with a case.</summary>
public enum CaseVerb
{
    /// <summary>The checks are done, or were given up.</summary>
    FinishChecks,

    /// <summary>A reviewer takes it.</summary>
    Claim,

    /// <summary>The holder puts it back.</summary>
    Release,

    /// <summary>The lease ran out.</summary>
    Expire,

    /// <summary>The holder passes it to another queue or authority.</summary>
    HandOn,

    /// <summary>The verdict is sealed for a second person (WORK-6).</summary>
    Propose,

    /// <summary>The holder asks the applicant for more (WORK-2).</summary>
    AskForInformation,

    /// <summary>The applicant answers.</summary>
    Resubmit,

    /// <summary>The applicant did not answer in time.</summary>
    Lapse,

    /// <summary>The holder decides.</summary>
    Decide,

    /// <summary>The holder takes the decision back within the hold (WORK-3).</summary>
    Undo,

    /// <summary>The hold has ended; the decision takes effect.</summary>
    Finalise,

    /// <summary>The applicant takes the request back.</summary>
    Withdraw,

    /// <summary>A senior or supervisor replaces the outcome of a closed case (WORK-3).</summary>
    Correct,

    /// <summary>A supervisor takes the case out of somebody's hands.</summary>
    TakeBack,

    /// <summary>A supervisor keeps the case ready for somebody (改派).</summary>
    Give,

    /// <summary>A supervisor passes the case to another queue or authority.</summary>
    Redirect,

    /// <summary>A supervisor raises or lowers the priority.</summary>
    Prioritise,
}

/// <summary>How a case ended.</summary>
public enum Outcome
{
    /// <summary>通过.</summary>
    Approved,

    /// <summary>驳回, with reasons.</summary>
    Rejected,

    /// <summary>移交: to the case unit, with a neutral text to the applicant.</summary>
    Referred,

    /// <summary>The applicant did not answer in time.</summary>
    Lapsed,

    /// <summary>The applicant took it back; a second look ended because the first decision was corrected meanwhile.</summary>
    Withdrawn,

    /// <summary>一致: a second look came to the same as the first decision (WORK-6).</summary>
    Agreed,

    /// <summary>不一致: a second look came to something else.</summary>
    Differed,
}

/// <summary>The one transition table: what is not in it cannot happen.</summary>
public static class CaseRules
{
    private static readonly FrozenDictionary<(CaseState From, CaseVerb Verb), CaseState> Table =
        new Dictionary<(CaseState, CaseVerb), CaseState>
        {
            [(CaseState.Received, CaseVerb.FinishChecks)] = CaseState.Open,
            [(CaseState.Open, CaseVerb.Claim)] = CaseState.Claimed,
            [(CaseState.Claimed, CaseVerb.Release)] = CaseState.Open,
            [(CaseState.Claimed, CaseVerb.Expire)] = CaseState.Open,
            [(CaseState.Claimed, CaseVerb.HandOn)] = CaseState.Open,
            [(CaseState.Claimed, CaseVerb.Propose)] = CaseState.Open,
            [(CaseState.Claimed, CaseVerb.AskForInformation)] = CaseState.Returned,
            [(CaseState.Claimed, CaseVerb.Decide)] = CaseState.Decided,
            [(CaseState.Returned, CaseVerb.Resubmit)] = CaseState.Received,
            [(CaseState.Returned, CaseVerb.Lapse)] = CaseState.Closed,
            [(CaseState.Decided, CaseVerb.Undo)] = CaseState.Claimed,
            [(CaseState.Decided, CaseVerb.Finalise)] = CaseState.Closed,
            [(CaseState.Received, CaseVerb.Withdraw)] = CaseState.Closed,
            [(CaseState.Open, CaseVerb.Withdraw)] = CaseState.Closed,
            [(CaseState.Claimed, CaseVerb.Withdraw)] = CaseState.Closed,
            [(CaseState.Returned, CaseVerb.Withdraw)] = CaseState.Closed,
            [(CaseState.Closed, CaseVerb.Correct)] = CaseState.Closed,
            [(CaseState.Claimed, CaseVerb.TakeBack)] = CaseState.Open,
            [(CaseState.Open, CaseVerb.Give)] = CaseState.Claimed,
            [(CaseState.Claimed, CaseVerb.Give)] = CaseState.Claimed,
            [(CaseState.Open, CaseVerb.Redirect)] = CaseState.Open,
            [(CaseState.Claimed, CaseVerb.Redirect)] = CaseState.Open,
            [(CaseState.Received, CaseVerb.Prioritise)] = CaseState.Received,
            [(CaseState.Open, CaseVerb.Prioritise)] = CaseState.Open,
            [(CaseState.Claimed, CaseVerb.Prioritise)] = CaseState.Claimed,
            [(CaseState.Returned, CaseVerb.Prioritise)] = CaseState.Returned,
        }.ToFrozenDictionary();

    /// <summary>States in which somebody at the desk still owes an answer; the queue's count is theirs.</summary>
    /// <remarks>A held decision counts as waiting: until the hold ends, nothing has happened (WORK-3).</remarks>
    public static bool Awaits(CaseState state) => state is CaseState.Received or CaseState.Open or CaseState.Claimed or CaseState.Decided;

    /// <summary>Where <paramref name="verb"/> leads from <paramref name="from"/>, or null where it is not possible.</summary>
    public static CaseState? Next(CaseState from, CaseVerb verb) => Table.TryGetValue((from, verb), out var to) ? to : null;
}
