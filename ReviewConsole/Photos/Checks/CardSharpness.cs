namespace ReviewConsole.Photos.Checks;

/// <summary>The card's print is in focus and was not moved: its edges are narrow, in millimetres of the card.</summary>
internal sealed class CardSharpness : CardCheck
{
    public override string Id => "card-sharpness";

    protected override CheckOutcome Judge(Evidence evidence, StraightCard card) => card.PrintEdgeMm is { } edge
        ? Within(edge, "mm", null, evidence.Settings.MaxCardEdgeMm, evidence.Settings.CardEdgeUncertaintyMm, Reasons.CardBlurred, Reasons.CardBlurred)
        : Unmeasured(Reasons.CardNoPrint);
}
