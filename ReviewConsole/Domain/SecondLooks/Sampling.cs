using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Domain.SecondLooks;

/// <summary>Why a decided case became a second look. What comes later weighs more.</summary>
public enum SampleCause
{
    /// <summary>The share of every queue.</summary>
    Ordinary,

    /// <summary>A reason that is looked at more often.</summary>
    Reason,

    /// <summary>The reviewer is new.</summary>
    NewReviewer,

    /// <summary>Rejected or referred for what the machine had found in order (WORK-5).</summary>
    Dissent,

    /// <summary>Approved in spite of a failed check (WORK-5).</summary>
    AgainstCheck,
}

/// <summary>How likely a decision is to be looked at again.</summary>
/// <param name="Value">0 for never to 1 for always.</param>
/// <param name="Cause">What made it as likely.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SampleShare(double Value, SampleCause Cause)
{
    /// <summary>True where a draw takes the decision. What a small share takes, a larger one takes, too.</summary>
    /// <param name="draw">0 to below 1, the same whenever the same decision is drawn.</param>
    public bool Takes(double draw) => draw < Value;
}

/// <summary>Which share of the decided cases becomes second looks (WORK-6): the largest of all that apply, so that more risk never makes a second look less likely.</summary>
public sealed record SamplingRule
{
    /// <summary>Share of ordinary decisions; 0 to 1.</summary>
    public required double Ordinary { get; init; }

    /// <summary>Shares by id of a queue, instead of <see cref="Ordinary"/>, and by code of a reason; 0 to 1.</summary>
    public required ImmutableDictionary<string, double> Of { get; init; }

    /// <summary>Share of approvals in spite of a failed check; 0 to 1.</summary>
    public required double AgainstCheck { get; init; }

    /// <summary>Share of other decisions that did not follow the machine; 0 to 1.</summary>
    public required double Dissent { get; init; }

    /// <summary>Share of the decisions of new reviewers; 0 to 1.</summary>
    public required double NewReviewer { get; init; }

    /// <summary>Below how many decisions a reviewer is new; 0 or more.</summary>
    public required int NewBelow { get; init; }

    /// <summary>For how many days after the first decision a reviewer is new; 0 or more.</summary>
    public required int NewForDays { get; init; }

    /// <summary>No share is larger than this; 0 turns sampling off.</summary>
    public required double AtMost { get; init; }

    /// <summary>The share for a decision.</summary>
    /// <param name="queue">The queue that the case came in by.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="isNew">Whether who decided is new.</param>
    public SampleShare For(string queue, Verdict verdict, bool isNew)
    {
        SampleShare share = new(Of.GetValueOrDefault(queue, Ordinary), SampleCause.Ordinary);
        foreach (var code in verdict.Reasons)
            Raise(Of.GetValueOrDefault(code), SampleCause.Reason);
        if (isNew)
            Raise(NewReviewer, SampleCause.NewReviewer);
        if (verdict.Disagreements.Count > 0)
        {
            Raise(Dissent, SampleCause.Dissent);
            if (verdict.Outcome == Outcome.Approved)
                Raise(AgainstCheck, SampleCause.AgainstCheck);
        }

        return share with { Value = Math.Min(share.Value, AtMost) };

        void Raise(double value, SampleCause cause) => share = value >= share.Value && value > 0 ? new(value, cause) : share;
    }

    /// <summary>True where somebody with so many decisions since then is new.</summary>
    /// <param name="decisions">Decisions that took effect.</param>
    /// <param name="days">Days since the first of them.</param>
    public bool IsNew(int decisions, int days) => decisions < NewBelow || days < NewForDays;

    /// <summary>Turns a keyed hash of a decision into a draw, 0 to below 1. Without the key nobody can tell what it will be, and nobody can choose it.</summary>
    /// <param name="mac">At least 8 bytes.</param>
    public static double Draw(ReadOnlySpan<byte> mac) => (BinaryPrimitives.ReadUInt64BigEndian(mac) >> 11) * (1.0 / (1UL << 53));
}
