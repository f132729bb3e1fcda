using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Shell;

/// <summary>The banners of the person signed in; looked at anew once a minute and when something happens that they follow.</summary>
public sealed partial class BannerBar(CurrentActor current, IEnumerable<IBanner> banners, ChangeFeed feed, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);
    private readonly List<Banner> shown = [];
    private Renewal? renewal;

    /// <inheritdoc/>
    public void Dispose() => renewal?.Dispose();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            renewal = new(feed, time, e => banners.Any(banner => banner.Follows(e)), () => InvokeAsync(Renew), Calm, Minute);
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => Read();

    private async Task Renew()
    {
        await Read();
        StateHasChanged();
    }

    private async Task Read()
    {
        var actor = await current.Get();
        List<Banner> found = [];
        foreach (var banner in banners)
        {
            if (await banner.For(actor) is { } one)
                found.Add(one);
        }

        shown.Clear();
        shown.AddRange(found);
    }
}
