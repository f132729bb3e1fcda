namespace ReviewConsole.Photos.Checks;

/// <summary>The card was found, and is large enough in the picture as it was sent for its print to be read.</summary>
internal sealed class CardReadable : CardCheck
{
    /// <summary>Print differs in size by about a tenth.</summary>
    private const double Band = 0.1;

    public override string Id => "card-readable";

    protected override CheckOutcome Judge(Evidence evidence, StraightCard card)
    {
        var sent = (double)Math.Max(evidence.Facts.Width, evidence.Facts.Height) / Math.Max(evidence.Picture.Width, evidence.Picture.Height);
        var least = evidence.Settings.MinCardPixels;
        return Within(card.LongSide * sent, "px", least, null, least * Band, Reasons.CardTooSmall, Reasons.CardTooSmall);
    }
}
