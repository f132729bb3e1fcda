using Microsoft.AspNetCore.Components;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Features.Desk;

/// <summary>The pictures of a case with their tools. What moves with the pointer is done in the browser (<c>viewer.js</c>); this says what there is.</summary>
public sealed partial class Evidence
{
    private readonly Dictionary<Guid, int> turns = [];
    private Guid first;
    private Guid current;
    private bool lighting;
    private int comparing;

    /// <summary>The current pictures, the one that is judged first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PictureFactsView> Pictures { get; set; } = [];

    /// <summary>What the applicant sent before of the same kinds, to compare with.</summary>
    [Parameter]
    public IReadOnlyList<PictureFactsView> Earlier { get; set; } = [];

    /// <summary>Id of the check whose lines stand out.</summary>
    [Parameter]
    public string? Focus { get; set; }

    // One set of switches for all pictures of the case.
    private IReadOnlyList<Overlay> Offered => [.. Pictures.SelectMany(Overlays.Of).Distinct().Order()];

    private bool Cards => Pictures.Any(p => p.Kind is PictureKind.CardPortraitSide or PictureKind.CardEmblemSide);

    private string? Layout => (Cards ? "cards" : Pictures.Count == 1 && Partner is null ? "one" : null) + (Partner is null ? null : " compare");

    // What the first picture can be compared with, one after the other: the others of the case, then what was sent before in its place.
    private IReadOnlyList<PictureFactsView> Partners => [.. Pictures.Skip(1), .. Earlier.Where(p => p.Kind == Pictures[0].Kind)];

    private PictureFactsView? Partner => comparing == 0 ? null : Partners.ElementAtOrDefault(comparing - 1);

    // What lies aside while two are compared stays loaded, and where it was.
    private IReadOnlyList<PictureFactsView> Shows => Partner is { Superseded: true } earlier ? [.. Pictures, earlier] : Pictures;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var now = Pictures.Count == 0 ? default : Pictures[0].Id;
        if (now == first)
            return;
        (first, current, lighting, comparing) = (now, now, false, 0);
        turns.Clear();
    }

    private static string KeyOf(Overlay overlay) => overlay switch
    {
        Overlay.Lines => "L",
        Overlay.Face => "F",
        Overlay.Background => "G",
        Overlay.Card => "O",
        _ => "K",
    };

    private void Turn() => turns[current] = (turns.GetValueOrDefault(current) + 90) % 360;

    private void Compare() => (comparing, current) = ((comparing + 1) % (Partners.Count + 1), first);
}
