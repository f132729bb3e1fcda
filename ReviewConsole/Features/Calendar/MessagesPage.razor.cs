using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Domain;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Calendar;

/// <summary>What the person was told: of clocks that run out, and of notes that name the person. Opening it is reading it.</summary>
public sealed partial class MessagesPage
{
    private readonly CancellationTokenSource leaving = new();
    private ImmutableArray<Digest>? digests;
    private ImmutableArray<NoteForMe> notes = [];
    private Refusal? refusal;
    private Renewal? renewal;

    [Inject]
    private MessagesQuery Query { get; set; } = null!;

    [Inject]
    private ReadMessages Read { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        renewal?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            renewal = new(Feed, Time, Query.Follows, () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        // What is new stays marked as long as the page is open.
        List<DateTimeOffset> seen = [.. (digests ?? []).Where(digest => digest.Unread).Select(digest => digest.LastAt), .. notes.Where(note => note.Unread).Select(note => note.At)];
        if (seen.Count > 0)
            await Read.Handle(await Who.Get(), seen.Max(), leaving.Token);
    }

    private async Task Load()
    {
        var actor = await Who.Get();
        var (answer, named) = (await Query.Handle(actor, leaving.Token), await Query.Mentions(actor, leaving.Token));
        refusal = answer.Refusal ?? named.Refusal;
        digests = refusal is null ? answer.Value : null;
        notes = refusal is null ? named.Value : [];
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }
}
