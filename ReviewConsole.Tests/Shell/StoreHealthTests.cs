using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Rollups;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Shell;

/// <summary>What the shell reads from the store: whether it is ready, and the counts beside the queues.</summary>
public sealed class StoreHealthTests : IAsyncLifetime
{
    private readonly TestStore store = new();

    [Fact]
    public async Task A_stuck_outbox_makes_the_node_not_ready()
    {
        Assert.Equal(HealthStatus.Healthy, (await Check()).Status);
        await using (var db = await store.Open())
        {
            db.Outbox.Add(new OutboxMessage(Guid.NewGuid(), "finalise", "x", store.Time.GetUtcNow()));
            await db.SaveChangesAsync();
        }

        store.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HealthStatus.Healthy, (await Check()).Status);
        store.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(HealthStatus.Unhealthy, (await Check()).Status);

        Task<HealthReport> Check() => store.Get<HealthCheckService>().CheckHealthAsync();
    }

    [Fact]
    public async Task Waiting_cases_are_counted_by_queue_within_reach_and_permission()
    {
        await using (var db = await store.Open())
        {
            var hour = RollupShares.Hour(store.Time.GetUtcNow());
            db.Rollups.AddRange(
                Row(Metric.Waiting, "e-licence", "粤A", hour, 3),
                Row(Metric.Waiting, "e-licence", "粤B", hour.AddHours(-2), 4),
                Row(Metric.Waiting, "e-licence", "京", hour, 50),
                Row(Metric.Arrived, "e-licence", "粤A", hour, 50),
                Row(Metric.Waiting, "id-photo", "粤A", hour, 50));
            await db.SaveChangesAsync();
        }

        var reviewer = await store.Services.AddStaffMember("wang", Roles.Reviewer, ["粤"], ["e-licence", "second"]);
        var counts = (await store.Get<WaitingCounts>().Handle(reviewer)).Value;
        Assert.Equal([new("e-licence", 7)], counts.ToList());
        Assert.Equal(Refusals.NotPermitted, (await store.Get<WaitingCounts>().Handle(await store.Services.AddStaffMember("boss", Roles.Administrator))).Refusal);
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private static Rollup Row(Metric metric, string queue, string authority, DateTimeOffset slot, int count) =>
        new() { Metric = metric, Key = "", Queue = queue, Authority = authority, Slot = slot, Count = count };
}
