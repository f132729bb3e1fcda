using System.Collections.Frozen;
using System.Collections.Immutable;
using CsvHelper;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Catalog;

/// <summary>What the applicant does after a rejection (WORK-2).</summary>
public enum NextStep
{
    /// <summary>Submit again, with a better picture or entry.</summary>
    Retry,

    /// <summary>Settle something elsewhere first, then submit again.</summary>
    AfterChange,

    /// <summary>Come to the counter.</summary>
    Refer,
}

/// <summary>A reason to reject.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="QueueId">The queue in which it may be given.</param>
/// <param name="Group">Heading under which reviewers find it.</param>
/// <param name="NextStep">The applicant's next step.</param>
/// <param name="SecondPerson">Whether a second person must agree.</param>
/// <param name="LabelZh">The reviewers' words, Chinese.</param>
/// <param name="LabelEn">The reviewers' words, English.</param>
/// <param name="ApplicantZh">What the applicant is told, Chinese; <c>{date}</c> stands for a day.</param>
/// <param name="ApplicantEn">What the applicant is told, English.</param>
/// <param name="Initials">First letter of the pinyin of each Chinese character of <paramref name="LabelZh"/>, in lower case: what to find it by without an input method.</param>
/// <param name="Check">Id of the machine check that suggests it; null when none does.</param>
/// <param name="When">The result of that check which suggests it; null when none does.</param>
/// <param name="Rule">Id of the rule that suggests it, for instance <c>eligibility</c>; null when none does.</param>
public sealed record RejectReason(
    string Code,
    string QueueId,
    string Group,
    NextStep NextStep,
    bool SecondPerson,
    string LabelZh,
    string LabelEn,
    string ApplicantZh,
    string ApplicantEn,
    string Initials,
    string? Check,
    string? When,
    string? Rule)
{
    // Two letters in any order of leaving out are in nearly every label.
    private const int ShortestSkip = 3;

    /// <summary>How near the reason is to what somebody typed to find it: 0 the nearest; null where it is not meant.</summary>
    /// <param name="typed">Initials, some of them left out too, Chinese or English words of the label, or the code; upper and lower case are the same.</param>
    public int? Nearness(string typed)
    {
        // An input method that is still composing puts marks between the syllables.
        var sought = typed.Replace("'", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return sought.Length == 0 ? 0
            : Initials.StartsWith(sought, StringComparison.Ordinal) ? 0
            : LabelZh.Contains(sought, StringComparison.Ordinal) ? 1
            : Initials.Contains(sought, StringComparison.Ordinal) ? 2
            : LabelEn.Replace(" ", "", StringComparison.Ordinal).Contains(sought, StringComparison.OrdinalIgnoreCase) ? 3
            : Code.Contains(sought, StringComparison.OrdinalIgnoreCase) ? 4
            : sought.Length >= ShortestSkip && Skips(sought) ? 5
            : null;
    }

    private bool Skips(string sought)
    {
        var at = 0;
        foreach (var letter in Initials)
            at += at < sought.Length && letter == sought[at] ? 1 : 0;
        return at == sought.Length;
    }
}

/// <summary>The reasons there are; every code stands once.</summary>
public sealed class Reasons
{
    private readonly FrozenDictionary<string, RejectReason> byCode;
    private readonly ILookup<string, RejectReason> byQueue;

    /// <summary>Makes the list.</summary>
    public Reasons(IEnumerable<RejectReason> reasons)
    {
        All = [.. reasons];
        byCode = All.ToFrozenDictionary(r => r.Code, StringComparer.Ordinal);
        byQueue = All.ToLookup(r => r.QueueId, StringComparer.Ordinal);
    }

    /// <summary>The reasons of <c>reject-reasons.csv</c>.</summary>
    public static Reasons Standard { get; } = new(FactsCsv.Read("reject-reasons.csv", Row));

    /// <summary>All reasons in the order given.</summary>
    public ImmutableArray<RejectReason> All { get; }

    /// <summary>Reads other reasons, in a table of the same form.</summary>
    public static Reasons Load(TextReader text) => new(FactsCsv.Read(text, Row));

    /// <summary>The reasons of a queue in the order given.</summary>
    public IEnumerable<RejectReason> For(string queueId) => byQueue[queueId];

    /// <summary>The reason of a code, or null.</summary>
    public RejectReason? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>Those of some reasons that somebody may mean who typed this, the nearest first; those that are equally near stay in their order.</summary>
    public static IEnumerable<RejectReason> Nearest(IEnumerable<RejectReason> reasons, string typed) =>
        reasons.Select(reason => (Reason: reason, Near: reason.Nearness(typed))).Where(found => found.Near is not null).OrderBy(found => found.Near).Select(found => found.Reason);

    /// <summary>What is wrong with the reasons of a verdict on a case of a queue: one that the queue does not have, or none to refer for (WORK-2).</summary>
    public Refusal? Fault(string queueId, Outcome outcome, IReadOnlyList<string> codes) =>
        codes.FirstOrDefault(code => Find(code)?.QueueId != queueId) is { } unknown ? new Refusal("REASON_UNKNOWN", unknown)
        : outcome == Outcome.Referred && !codes.Any(code => Find(code)!.NextStep == NextStep.Refer) ? new Refusal("REFER_REASON_MISSING")
        : null;

    /// <summary>The reasons that a machine check's result suggests, for instance <c>single-face</c> with <c>none</c>.</summary>
    public IEnumerable<RejectReason> SuggestedBy(string checkId, string result) => All.Where(r => r.Check == checkId && r.When == result);

    /// <summary>The reasons that a rule of the domain suggests, for instance <c>eligibility</c>.</summary>
    public IEnumerable<RejectReason> SuggestedByRule(string rule) => All.Where(r => r.Rule == rule);

    private static RejectReason Row(CsvReader row) => new(
        row.Required("code"),
        row.Required("queue"),
        row.Required("group"),
        row.Word("next_step", ("retry", NextStep.Retry), ("after-change", NextStep.AfterChange), ("refer", NextStep.Refer)),
        row.Word("second_person", ("yes", true), ("no", false)),
        row.Required("label_zh"),
        row.Required("label_en"),
        row.Required("applicant_zh"),
        row.Required("applicant_en"),
        row.Required("initials"),
        row.Optional("check"),
        row.Optional("when"),
        row.Optional("rule"));
}
