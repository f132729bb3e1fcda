namespace ReviewConsole.Photos.Checks;

/// <summary>No reflection lies over the card: little of it is burnt out.</summary>
internal sealed class CardGlare : CardCheck
{
    public override string Id => "card-glare";

    protected override CheckOutcome Judge(Evidence evidence, StraightCard card) => Within(
        card.Burnt * 100, "%", null, evidence.Settings.MaxCardGlarePercent, evidence.Settings.CardGlareUncertaintyPercent, Reasons.CardGlare, Reasons.CardGlare);
}
