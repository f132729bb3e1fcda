namespace ReviewConsole.Domain.Cases;

/// <summary>Why a reviewer did not follow the machine (WORK-5).</summary>
public enum DissentReason
{
    /// <summary>The machine measured wrongly.</summary>
    MeasuredWrongly,

    /// <summary>What it measured is right, and acceptable in practice.</summary>
    Acceptable,

    /// <summary>What is wrong is nothing that the check can see.</summary>
    Unseen,

    /// <summary>A rule or an instruction makes an exception.</summary>
    Exception,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>What a reviewer decided and why. A rejection names at least one reason; an approval names none (WORK-2).</summary>
public sealed record Verdict
{
    /// <summary>Longest free text beside the reasons, and longest internal note, in UTF-16 code units.</summary>
    public const int LongestText = 500;

    /// <summary>Makes a verdict; use <see cref="Make"/> where input may be wrong.</summary>
    /// <exception cref="ArgumentException">The verdict would break the invariant.</exception>
    public Verdict(Outcome outcome, IReadOnlyList<string> reasons, string? text = null, string? note = null, IReadOnlyList<string>? disagreements = null, DissentReason? dissent = null)
    {
        if (Fault(outcome, reasons, text, note) is { } fault)
            throw new ArgumentException(fault.Code, nameof(reasons));
        Outcome = outcome;
        Reasons = [.. reasons];
        Text = Blank(text);
        Note = Blank(note);
        Disagreements = disagreements is null ? [] : [.. disagreements];
        Dissent = Disagreements.Count > 0 ? dissent : null;
    }

    /// <summary>Approved, rejected or referred.</summary>
    public Outcome Outcome { get; }

    /// <summary>Codes of the catalogue of reasons, each once.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>Words to the applicant beside the reasons; null when there are none.</summary>
    public string? Text { get; }

    /// <summary>Words for colleagues; never shown to the applicant.</summary>
    public string? Note { get; }

    /// <summary>Ids of the checks whose result the reviewer did not follow (WORK-5).</summary>
    public IReadOnlyList<string> Disagreements { get; }

    /// <summary>Why they were not followed; null where all were, or in a verdict from before the reason was asked for.</summary>
    public DissentReason? Dissent { get; }

    /// <summary>Makes a verdict or says what is wrong with it. Who does not follow the machine says why (WORK-5).</summary>
    public static Answer<Verdict> Make(
        Outcome outcome, IReadOnlyList<string> reasons, string? text, string? note, IReadOnlyList<string>? disagreements = null, DissentReason? dissent = null) =>
        Fault(outcome, reasons, text, note) is { } fault ? fault
        : disagreements is { Count: > 0 } && dissent is null ? Refusals.DissentMissing
        : new Verdict(outcome, reasons, text, note, disagreements, dissent);

    private static Refusal? Fault(Outcome outcome, IReadOnlyList<string> reasons, string? text, string? note) =>
        outcome is not (Outcome.Approved or Outcome.Rejected or Outcome.Referred) ? new Refusal("VERDICT_OUTCOME")
        : outcome is Outcome.Rejected && reasons.Count == 0 ? Refusals.ReasonMissing
        : outcome is Outcome.Approved && reasons.Count > 0 ? Refusals.ReasonOnApproval
        : reasons.Distinct(StringComparer.Ordinal).Count() != reasons.Count ? new Refusal("REASON_TWICE")
        : text?.Length > LongestText || note?.Length > LongestText ? new Refusal("TEXT_TOO_LONG", LongestText.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The refusals of the desk.</summary>
public static class Refusals
{
    /// <summary>The lease ran out, or somebody else has the case (WORK-1).</summary>
    public static readonly Refusal ClaimLost = new("CLAIM_LOST");

    /// <summary>The case is no longer where the verb could be used.</summary>
    public static readonly Refusal WrongState = new("WRONG_STATE");

    /// <summary>The delivery is not given up any more: somebody else has sent it again.</summary>
    public static readonly Refusal DeliveryMovedOn = new("DELIVERY_MOVED_ON");

    /// <summary>A rejection needs a reason (WORK-2).</summary>
    public static readonly Refusal ReasonMissing = new("REASON_MISSING");

    /// <summary>An approval has no reasons.</summary>
    public static readonly Refusal ReasonOnApproval = new("REASON_ON_APPROVAL");

    /// <summary>A decision that does not follow the machine needs a reason why (WORK-5).</summary>
    public static readonly Refusal DissentMissing = new("DISSENT_MISSING");

    /// <summary>The hold has ended; the decision has taken effect (WORK-3).</summary>
    public static readonly Refusal HoldOver = new("HOLD_OVER");

    /// <summary>Information was asked for as often as the policy allows (WORK-2).</summary>
    public static readonly Refusal NoMoreRounds = new("NO_MORE_ROUNDS");

    /// <summary>Nothing was named that the applicant should send.</summary>
    public static readonly Refusal NothingAsked = new("NOTHING_ASKED");

    /// <summary>The deadline for the applicant has passed.</summary>
    public static readonly Refusal DeadlinePassed = new("DEADLINE_PASSED");

    /// <summary>A second look concerns colleagues only: the applicant is not asked for anything.</summary>
    public static readonly Refusal NobodyToAsk = new("NOBODY_TO_ASK");

    /// <summary>The case is being looked at again, and the person could be the one who does: until then its verdict is hidden (WORK-6).</summary>
    public static readonly Refusal LookedAtAgain = new("LOOKED_AT_AGAIN");

    /// <summary>The second person must be another one (WORK-6).</summary>
    public static readonly Refusal FourEyes = new("FOUR_EYES");

    /// <summary>The person declared a conflict of interest, or it is the person's own case (WORK-7).</summary>
    public static readonly Refusal Recused = new("RECUSED");

    /// <summary>The case stands already as it was to be.</summary>
    public static readonly Refusal NothingToChange = new("NOTHING_TO_CHANGE");

    /// <summary>A sealed verdict waits for its second person; the case stays in that queue (WORK-6).</summary>
    public static readonly Refusal Sealed = new("CASE_SEALED");

    /// <summary>Nothing in reach of the person asking: the same answer for what does not exist and what is not theirs.</summary>
    public static readonly Refusal NotFound = new("NOT_FOUND");

    /// <summary>The person may not do this.</summary>
    public static readonly Refusal NotPermitted = new("NOT_PERMITTED");
}
