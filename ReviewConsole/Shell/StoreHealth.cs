using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Keys;

namespace ReviewConsole.Shell;

/// <summary>Ready to serve: the store answers, its migrations are applied, a field can be encrypted and read back, and the outbox moves.</summary>
internal sealed class StoreHealth(IDbContextFactory<ReviewDb> stores, FieldCipher cipher, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await stores.CreateDbContextAsync(cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return HealthCheckResult.Unhealthy("migrations are not applied");
        if (cipher.Open(cipher.Seal("ready", nameof(StoreHealth)), nameof(StoreHealth)) != "ready")
            return HealthCheckResult.Unhealthy("the keys do not work");
        var late = time.GetUtcNow() - Stuck;
        // A decision that does not take effect is what must not happen; pictures may queue up on a busy day.
        return await db.Outbox.AnyAsync(m => m.Topic == Effects.Finalise && (m.DueAt < late || m.Failures >= 10), cancellationToken)
            ? HealthCheckResult.Unhealthy("the outbox is stuck")
            : HealthCheckResult.Healthy();
    }
}
