using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Supervise;

/// <summary>我的今日: what a reviewer has, what waits, and the own numbers.</summary>
public sealed partial class MyDayPage : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private MyDay? day;
    private Refusal? refusal;
    private Renewal? renewal;

    [Inject]
    private MyDayQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

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
            renewal = new(Feed, Time, e => e is CaseEvent, () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Load();

    private async Task Load()
    {
        var answer = await Query.Handle(await Who.Get(), leaving.Token);
        refusal = answer.Refusal;
        day = refusal is null ? answer.Value : null;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    private string NameOf(string id) => Queues.Find(id) is { } queue ? Names.Of(queue) : id;
}
