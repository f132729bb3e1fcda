namespace ReviewConsole.Photos;

/// <summary>
/// The numbers by which the head is measured, all in one place: shares of the face's width (mesh side to mesh side) or height (hairline to chin), so that they hold at any size.
/// </summary>
/// <remarks>
/// Where they come from: <em>fitted</em> on the labelled portraits, which is worth on other people what leaving one person out tells; <em>the prototype</em>, which was tried on two sets of
/// people; <em>anatomy</em>, a generous bound from how heads are built; <em>optics</em>, from how edges and shades look in a photograph. Docs/photo-accuracy.md has the errors with one person
/// left out, and what a fifth more or less of each does.
/// </remarks>
internal sealed record HeadRules
{
    /// <summary>The numbers in use.</summary>
    public static HeadRules Standard { get; } = new();

    /// <summary>A mouth wider than this share of the face begins to smile; a fully smiling one is <see cref="Ramp"/> wider. Anatomy: at rest mouths measure 0.33-0.40.</summary>
    public double SmileFrom { get; init; } = 0.42;

    /// <summary>A chin darker than this share of the cheeks begins to be bearded; a full beard is twice <see cref="Ramp"/> darker. Optics: the shade under a lip takes up to a fifth.</summary>
    public double BeardFrom { get; init; } = 0.8;

    /// <summary>How gently smile and beard come in, so that no picture stands at a jump: a quarter of what a mouth widens by. Anatomy.</summary>
    public double Ramp { get; init; } = 0.1;

    /// <summary>
    /// A full smile and a full beard each pull the mesh's chin up by this share of the face's height; both at once pull no further. Fitted; that they do, by up to half a millimetre, is known
    /// from more people than the labelled ones.
    /// </summary>
    public double ChinShift { get; init; } = 0.02;

    /// <summary>A row belongs to the hair's body when this share of the face's width is hair: spikes and strands are narrower. Fitted.</summary>
    public double Body { get; init; } = 0.25;

    /// <summary>
    /// How far the crown lies above the row that is <see cref="Body"/> wide, as a share of the way from there down to the row twice as wide. Fitted; for a head whose top is a parabola it
    /// is a third, and the thin hair on top is more.
    /// </summary>
    public double Dome { get; init; } = 0.4;

    /// <summary>A first row with this share of hair is cut off by the edge. From the prototype.</summary>
    public double CutShare { get; init; } = 0.12;

    /// <summary>The colour may see hair above the mask's by this share of the face's height; further up is something else. From the prototype.</summary>
    public double Agreement { get; init; } = 0.06;

    /// <summary>Colour that sees hair only this much below the mask's, as a share of the face's height, has missed pale hair on a pale background. Anatomy: thinner than any hairline.</summary>
    public double Paler { get; init; } = 0.02;

    /// <summary>Ears reach from this share of the face's height above the eye. Anatomy: an ear is a third of the face high, brow to nose base.</summary>
    public double EarAbove { get; init; } = 0.09;

    /// <summary>… to this share below. Anatomy.</summary>
    public double EarBelow { get; init; } = 0.2;

    /// <summary>Which of the rows counts, from the innermost (0) to the outermost (1): an ear's outermost part is short, and the outermost row alone may be a stray pixel. Fitted.</summary>
    public double EarRank { get; init; } = 0.95;

    /// <summary>Skin this near to the outline, as a share of the face's width, is the outline's: the rest is blur. Optics.</summary>
    public double Rim { get; init; } = 0.03;

    /// <summary>No ear sticks out further beyond the mesh's side, as a share of the face's width. From the prototype.</summary>
    public double Furthest { get; init; } = 0.22;

    /// <summary>Skin that reaches no further beyond the mesh's side, as a share of the face's width, is cheek and not ear. Anatomy.</summary>
    public double Cheek { get; init; } = 0.06;

    /// <summary>The share of the rows that must show skin before it is an ear. Anatomy: less is an earring or a gap between strands.</summary>
    public double LeastRows { get; init; } = 0.15;

    /// <summary>Hair this near to the skin's colour (CIE Lab) cannot be told from it, on a bald head for instance: then everything is skin. Optics: twice what one skin differs in itself.</summary>
    public double LeastDifference { get; init; } = 14;

    /// <summary>How much lightness counts against hue: an ear lies in the shade more often than not. Optics.</summary>
    public double LightWeight { get; init; } = 0.6;

    /// <summary>Skin in the shade has this share of the light, in sRGB values. Optics.</summary>
    public double Shade { get; init; } = 0.7;

    /// <summary>A background whose 99th percentile lies no further than this from its mean (CIE Lab) can be told from the head by colour. Optics.</summary>
    public double Uniform { get; init; } = 12;

    /// <summary>Colours nearer to the background than this (CIE Lab) are background whatever the head's colour. From the prototype.</summary>
    public double LeastContrast { get; init; } = 9;

    /// <summary>The share of the contrast inside at which an edge lies: halfway, where blur leaves it. Optics.</summary>
    public double EdgeShare { get; init; } = 0.5;
}
