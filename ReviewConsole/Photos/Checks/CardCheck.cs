using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Photos.Checks;

/// <summary>A question about the picture of an identity card. Nothing fails on a card whose outline was not found.</summary>
internal abstract class CardCheck : PictureCheck
{
    public override bool AppliesTo(PictureKind kind) => IsCard(kind);

    public sealed override CheckOutcome Judge(Evidence evidence)
    {
        if (evidence.Card is not { } card)
        {
            return Unmeasured(Reasons.CardNotFound);
        }

        var outcome = Judge(evidence, card);
        return outcome.Result == CheckResult.Fail && !card.Outlined ? outcome with { Result = CheckResult.Look } : outcome;
    }

    /// <summary>Whether a picture of this kind shows a card.</summary>
    public static bool IsCard(PictureKind kind) => kind is PictureKind.CardPortraitSide or PictureKind.CardEmblemSide;

    /// <summary>Answers the question about a card that was found.</summary>
    protected abstract CheckOutcome Judge(Evidence evidence, StraightCard card);
}
