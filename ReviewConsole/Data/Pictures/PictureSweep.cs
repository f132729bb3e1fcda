using Microsoft.EntityFrameworkCore;

namespace ReviewConsole.Data.Pictures;

/// <summary>Once a day removes picture files that no row names: what a crash left between a file and its commit is a person's picture, too (REC-3).</summary>
public sealed class PictureSweep(PictureStore store, IDbContextFactory<ReviewDb> stores, TimeProvider time, ILogger<PictureSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer daily = new(Every, time);
        do
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
            {
                log.LogWarning("Picture files could not be swept: {Fault}", fault.GetType().Name);
            }
        }
        while (await daily.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Sweep(CancellationToken cancel)
    {
        // A day's grace: the file of an intake under way has no row yet.
        await using var db = await stores.CreateDbContextAsync(cancel);
        var known = await db.Pictures.AsNoTracking().Select(p => p.Id).ToHashSetAsync(cancel);
        var removed = store.Sweep(known, time.GetUtcNow() - Every);
        if (removed > 0)
            log.LogInformation("{Count} picture files without a row were removed", removed);
    }
}
