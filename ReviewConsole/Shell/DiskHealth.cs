using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReviewConsole.Data;

namespace ReviewConsole.Shell;

/// <summary>Room is left for the store: at least 1 GB and at least 5 % of its disk. With less it still serves, so it is degraded, not unhealthy.</summary>
internal sealed class DiskHealth(StoreFiles files) : IHealthCheck
{
    private const long Least = 1L << 30;
    private const double LeastShare = 0.05;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(files.Disk));

    internal static HealthCheckResult Judge(DiskSpace disk) =>
        disk.Free < Least || disk.Free < LeastShare * disk.Total ? HealthCheckResult.Degraded("DISK_LOW") : HealthCheckResult.Healthy();
}
