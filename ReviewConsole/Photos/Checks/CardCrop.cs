namespace ReviewConsole.Photos.Checks;

/// <summary>The whole card is in the picture with its four corners, and seen from above: width ÷ height is 85.6 : 54 (ISO/IEC 7810 ID-1). A tilt alone never fails.</summary>
internal sealed class CardCrop : CardCheck
{
    public override string Id => "card-crop";

    protected override CheckOutcome Judge(Evidence evidence, StraightCard card)
    {
        if (!card.Outlined)
        {
            return Unmeasured(Reasons.CardFillsPicture);
        }

        var settings = evidence.Settings;
        var tolerance = settings.CardAspectTolerancePercent / 100;
        double min = CardFinder.Aspect * (1 - tolerance), max = CardFinder.Aspect * (1 + tolerance), beyond = card.CutMm(evidence.Picture) - settings.CardCornerMm;
        if (beyond > -settings.CardCornerUncertaintyMm)
        {
            var result = beyond > settings.CardCornerUncertaintyMm ? CheckResult.Fail : CheckResult.Look;
            return new CheckOutcome(Id, result, null, null, min, max, null, Reasons.CardCornerCut);
        }

        var aspect = Within(card.Aspect, null, min, max, 0, Reasons.CardTilted, Reasons.CardTilted);
        return aspect.Result == CheckResult.Fail ? aspect with { Result = CheckResult.Look } : aspect;
    }
}
