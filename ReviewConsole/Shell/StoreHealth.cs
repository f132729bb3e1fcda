using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Keys;

namespace ReviewConsole.Shell;

/// <summary>Ready to serve: the store answers, its migrations are applied, a field can be encrypted and read back, and the outbox moves.</summary>
/// <remarks>A description is a code, whose words stand with the status page under <c>Health_CODE</c>.</remarks>
internal sealed class StoreHealth(IDbContextFactory<ReviewDb> stores, FieldCipher cipher, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await stores.CreateDbContextAsync(cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return HealthCheckResult.Unhealthy("MIGRATIONS_PENDING");
        if (cipher.Open(cipher.Seal("ready", nameof(StoreHealth)), nameof(StoreHealth)) != "ready")
            return HealthCheckResult.Unhealthy("KEYS_FAIL");
        var late = time.GetUtcNow() - Stuck;
        // A decision that does not take effect is what must not happen; pictures may queue up on a busy day.
        return await db.Outbox.AnyAsync(m => m.Topic == Effects.Finalise && (m.DueAt < late || m.Failures >= 10), cancellationToken)
            ? HealthCheckResult.Unhealthy("OUTBOX_STUCK")
            : HealthCheckResult.Healthy();
    }
}
