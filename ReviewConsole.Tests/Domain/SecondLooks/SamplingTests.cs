using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using CsCheck;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;

namespace ReviewConsole.Tests.Domain.SecondLooks;

/// <summary>Which decisions become second looks (WORK-6).</summary>
public sealed class SamplingTests
{
    private static readonly SamplingRule Rule = new SecondLookSettings { ShareOf = { ["id-photo"] = 0.05, ["PHOTO_RETOUCHED"] = 0.3 } }.Rule;

    private static readonly Gen<SamplingRule> Rules =
        from shares in Gen.Double[0, 1].Array[7]
        select new SamplingRule
        {
            Ordinary = shares[0],
            Of = ImmutableDictionary<string, double>.Empty.Add("q", shares[1]).Add("A", shares[2]),
            AgainstCheck = shares[3],
            Dissent = shares[4],
            NewReviewer = shares[5],
            NewBelow = 200,
            NewForDays = 14,
            AtMost = shares[6],
        };

    private static readonly Gen<(string Queue, Verdict Verdict, bool IsNew)> Decisions =
        from queue in Gen.Int[0, 1].Select(i => i == 0 ? "q" : "p")
        from reasons in Gen.Int[0, 3].Select(i => new string[][] { [], ["A"], ["B"], ["A", "B"] }[i])
        from against in Gen.Bool
        from isNew in Gen.Bool
        select (queue, new Verdict(reasons.Length == 0 ? Outcome.Approved : Outcome.Rejected, reasons, disagreements: against ? ["pose"] : null), isNew);

    [Theory]
    [InlineData("e-licence", "", false, false, 0.03, SampleCause.Ordinary)]
    [InlineData("id-photo", "", false, false, 0.05, SampleCause.Ordinary)]
    [InlineData("e-licence", "PHOTO_RETOUCHED", false, false, 0.3, SampleCause.Reason)]
    [InlineData("e-licence", "PHOTO_BLUR", false, false, 0.03, SampleCause.Ordinary)]
    [InlineData("e-licence", "", true, false, 0.1, SampleCause.NewReviewer)]
    [InlineData("e-licence", "", false, true, 0.2, SampleCause.AgainstCheck)]
    [InlineData("e-licence", "PHOTO_BLUR", false, true, 0.1, SampleCause.Dissent)]
    [InlineData("e-licence", "PHOTO_BLUR", true, true, 0.1, SampleCause.Dissent)]
    [InlineData("e-licence", "PHOTO_RETOUCHED", true, true, 0.3, SampleCause.Reason)]
    public void The_largest_share_that_applies_counts_and_says_why(string queue, string reason, bool isNew, bool against, double share, SampleCause why)
    {
        Verdict verdict = new(reason.Length == 0 ? Outcome.Approved : Outcome.Rejected, reason.Length == 0 ? [] : [reason], disagreements: against ? ["pose"] : null);
        Assert.Equal(new SampleShare(share, why), Rule.For(queue, verdict, isNew));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(199, 300, true)]
    [InlineData(200, 13, true)]
    [InlineData(200, 14, false)]
    public void A_reviewer_is_new_by_the_number_of_decisions_or_by_the_days_since_the_first(int decisions, int days, bool isNew) => Assert.Equal(isNew, Rule.IsNew(decisions, days));

    [Fact]
    public void More_risk_never_makes_a_second_look_less_likely_and_none_is_likelier_than_the_most() => Gen.Select(Rules, Decisions).Sample((rule, at) =>
    {
        var share = rule.For(at.Queue, at.Verdict, at.IsNew).Value;
        if (share < 0 || share > rule.AtMost)
            return false;
        Verdict against = new(at.Verdict.Outcome, at.Verdict.Reasons, disagreements: ["pose"]);
        Verdict more = new(Outcome.Rejected, ["A", "B"], disagreements: at.Verdict.Disagreements);
        return rule.For(at.Queue, at.Verdict, isNew: true).Value >= share && rule.For(at.Queue, against, at.IsNew).Value >= share
            && (at.Verdict.Outcome != Outcome.Rejected || rule.For(at.Queue, more, at.IsNew).Value >= share);
    });

    [Fact]
    public void What_a_smaller_share_takes_a_larger_one_takes_too() => Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((draw, one, other) =>
        !new SampleShare(Math.Min(one, other), default).Takes(draw) || new SampleShare(Math.Max(one, other), default).Takes(draw));

    [Fact]
    public void A_share_of_nothing_takes_none_and_of_all_takes_every_draw() => Gen.Byte.Array[8, 32].Sample(mac =>
    {
        var draw = SamplingRule.Draw(mac);
        return draw is >= 0 and < 1 && draw == SamplingRule.Draw(mac) && !new SampleShare(0, default).Takes(draw) && new SampleShare(1, default).Takes(draw);
    });

    [Fact]
    public void As_many_are_taken_as_the_share_says()
    {
        const int Cases = 20_000;
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var taken = Enumerable.Range(0, Cases).Count(i =>
        {
            var decision = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(decision, i);
            return new SampleShare(0.1, default).Takes(SamplingRule.Draw(HMACSHA256.HashData(key, decision)));
        });
        // Five standard deviations.
        Assert.InRange(taken, Cases / 10 - 212, Cases / 10 + 212);
    }
}
