namespace ReviewConsole.Features.Desk;

/// <summary>What can be drawn over a picture.</summary>
public enum Overlay
{
    /// <summary>The four lines with the head's length and width in mm.</summary>
    Lines,

    /// <summary>The box around the face.</summary>
    Face,

    /// <summary>Where the background is not as it should be.</summary>
    Background,

    /// <summary>The outline of the identity card.</summary>
    Card,

    /// <summary>A scale in mm along the edges; what is dragged over the picture is measured.</summary>
    Ruler,
}

/// <summary>Which overlays this person wants to see: the same on every picture, and still so on the next case.</summary>
public sealed class Overlays
{
    // What lies beside the evidence is shown at first; what lies over it is asked for.
    private readonly HashSet<Overlay> shown = [Overlay.Lines, Overlay.Card];

    /// <summary>Whether an overlay is shown.</summary>
    public bool Shows(Overlay overlay) => shown.Contains(overlay);

    /// <summary>Shows what was hidden, and hides what was shown.</summary>
    public void Switch(Overlay overlay)
    {
        if (!shown.Remove(overlay))
            shown.Add(overlay);
    }

    /// <summary>The overlays for which a picture has something to draw, in the order of their switches.</summary>
    public static IReadOnlyList<Overlay> Of(PictureFactsView picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Report is not { } report ? []
            : [.. Enum.GetValues<Overlay>().Where(overlay => overlay switch
            {
                Overlay.Lines => report.Lines is not null,
                Overlay.Face => report.Face is not null,
                Overlay.Background => report.Background is { } map && Convert.FromBase64String(map.Cells).Any(bits => bits != 0),
                Overlay.Card => report.Card is not null,
                _ => MmScale.Of(report) is not null,
            })];
    }
}
