namespace ReviewConsole.Photos.Checks;

/// <summary>Resource codes of why a check did not pass; the words stand under <c>Why_CODE</c>.</summary>
internal static class Reasons
{
    public const string NotReadable = "NOT_READABLE";
    public const string NoFace = "NO_FACE";
    public const string ManyFaces = "MANY_FACES";
    public const string NotUpright = "NOT_UPRIGHT";
    public const string AspectWrong = "ASPECT_WRONG";
    public const string TooFewPixels = "TOO_FEW_PIXELS";
    public const string HeadTooShort = "HEAD_TOO_SHORT";
    public const string HeadTooLong = "HEAD_TOO_LONG";
    public const string HeadTooNarrow = "HEAD_TOO_NARROW";
    public const string HeadTooWide = "HEAD_TOO_WIDE";
    public const string CrownCut = "CROWN_CUT";
    public const string ChinCut = "CHIN_CUT";
    public const string SideCut = "SIDE_CUT";
    public const string HairCoversEars = "HAIR_COVERS_EARS";
    public const string HairCoversOneEar = "HAIR_COVERS_ONE_EAR";
    public const string Overexposed = "OVEREXPOSED";
    public const string Underexposed = "UNDEREXPOSED";
    public const string UnevenLight = "UNEVEN_LIGHT";
    public const string HeadTurned = "HEAD_TURNED";
    public const string HeadTilted = "HEAD_TILTED";
    public const string HeadOffCentre = "HEAD_OFF_CENTRE";
    public const string HeadTooHigh = "HEAD_TOO_HIGH";
    public const string HeadTooLow = "HEAD_TOO_LOW";
    public const string NoBackground = "NO_BACKGROUND";
    public const string BackgroundDark = "BACKGROUND_DARK";
    public const string BackgroundColoured = "BACKGROUND_COLOURED";
    public const string BackgroundUneven = "BACKGROUND_UNEVEN";
    public const string NotColour = "NOT_COLOUR";
    public const string Toned = "TONED";
    public const string Blurred = "BLURRED";
    public const string OverCompressed = "OVER_COMPRESSED";
    public const string EyesClosed = "EYES_CLOSED";
    public const string DarkLenses = "DARK_LENSES";
    public const string MouthOpen = "MOUTH_OPEN";
    public const string CardNotFound = "CARD_NOT_FOUND";
    public const string CardFillsPicture = "CARD_FILLS_PICTURE";
    public const string CardTooSmall = "CARD_TOO_SMALL";
    public const string CardCornerCut = "CARD_CORNER_CUT";
    public const string CardTilted = "CARD_TILTED";
    public const string CardGlare = "CARD_GLARE";
    public const string CardBlurred = "CARD_BLURRED";
    public const string CardNoPrint = "CARD_NO_PRINT";
    public const string CardWithoutFace = "CARD_WITHOUT_FACE";
    public const string CardWithFace = "CARD_WITH_FACE";
    public const string CardShowsEmblem = "CARD_SHOWS_EMBLEM";
    public const string CardWithoutEmblem = "CARD_WITHOUT_EMBLEM";
    public const string CardSideUnclear = "CARD_SIDE_UNCLEAR";
}
