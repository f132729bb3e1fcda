using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Photos.Checks;

/// <summary>The side is the one that was asked for: the portrait side has a face, the emblem side has none, and an emblem upper left.</summary>
internal sealed class CardSide : CardCheck
{
    public override string Id => "card-side";

    protected override CheckOutcome Judge(Evidence evidence, StraightCard card)
    {
        var portrait = evidence.Kind == PictureKind.CardPortraitSide;
        if (card.HasFace)
        {
            return Answer(portrait ? null : Reasons.CardWithFace, CheckResult.Fail);
        }

        if (card.HasEmblem())
        {
            return Answer(portrait ? Reasons.CardShowsEmblem : null, CheckResult.Fail);
        }

        // Neither face nor emblem: of a card that is blurred or under glare that says nothing about the side.
        var settings = evidence.Settings;
        return card.PrintEdgeMm is not { } edge || edge > settings.MaxCardEdgeMm || card.Burnt * 100 > settings.MaxCardGlarePercent || card.CutMm(evidence.Picture) > settings.CardCornerMm
            ? Unmeasured(Reasons.CardSideUnclear)
            : portrait ? Answer(Reasons.CardWithoutFace, CheckResult.Fail)
            : Answer(Reasons.CardWithoutEmblem, CheckResult.Look);
    }

    private CheckOutcome Answer(string? reason, CheckResult otherwise) => new(Id, reason is null ? CheckResult.Pass : otherwise, null, null, null, null, null, reason);
}
