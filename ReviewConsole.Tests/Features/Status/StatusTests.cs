using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Status;
using ReviewConsole.Platform;
using ReviewConsole.Shell;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Status;

/// <summary>What the status page reads, and the one thing that it does.</summary>
public sealed class StatusTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private Actor administrator = Actor.Nobody;

    [Fact]
    public async Task Work_is_counted_by_topic_with_the_oldest_that_is_due_and_what_fails()
    {
        await Put(Effects.Check, TimeSpan.FromMinutes(-3));
        await Put(Effects.Check, TimeSpan.FromMinutes(-5));
        await Put(Effects.Check, TimeSpan.FromMinutes(1));
        var failing = await Put(Effects.Deliver, TimeSpan.Zero, failures: 2);

        var status = await Status();
        Assert.Equal([new("check", 3, 2, store.Time.GetUtcNow().AddMinutes(-5), 0), new("deliver", 1, 0, null, 1)], status.Topics.AsEnumerable());
        Assert.Equal(new(failing, "deliver", "k", 2, "HTTP 503", store.Time.GetUtcNow().AddSeconds(2)), Assert.Single(status.Failing));
    }

    [Fact]
    public async Task Every_health_check_that_is_registered_is_said_with_the_code_of_what_is_wrong()
    {
        var status = await Status();
        Assert.Equal(["store", "disk"], status.Health.Select(h => h.Name));
        Assert.Equal(new("store", HealthStatus.Healthy, null), status.Health[0]);
        await Put(Effects.Finalise, TimeSpan.FromMinutes(-11));
        Assert.Equal(new("store", HealthStatus.Unhealthy, "OUTBOX_STUCK"), (await Status()).Health[0]);
    }

    [Theory]
    [InlineData(2L << 30, 10L << 30, HealthStatus.Healthy)]
    [InlineData((1L << 30) - 1, 10L << 30, HealthStatus.Degraded)]
    [InlineData(1L << 30, 10L << 30, HealthStatus.Healthy)]
    [InlineData(5L << 30, 101L << 30, HealthStatus.Degraded)]
    public void A_disk_with_little_room_is_degraded_and_not_more(long free, long total, HealthStatus expected) =>
        Assert.Equal(expected, DiskHealth.Judge(new(free, total)).Status);

    [Fact]
    public async Task Sizes_calendar_and_version_are_there()
    {
        await store.Get<PictureStore>().Put(Guid.NewGuid(), new byte[1000], CancellationToken.None);
        // What is still in the log would go into the file at some moment of the test.
        await using (var db = await store.Open())
            await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)");
        var status = await Status();
        Assert.Equal(new FileInfo(Path.Combine(store.Folder, "review.db")).Length, status.Database);
        Assert.Equal(1, status.Pictures.Count);
        Assert.InRange(status.Pictures.Bytes, 1000, 1100);
        Assert.InRange(status.Disk.Free, 1, status.Disk.Total);
        Assert.Equal(store.Get<Clocks>().Current.LoadedYears.Max, status.CalendarUntil);
        Assert.NotEmpty(status.Version);
        // Counting looks at every file: it is done again only after a while.
        await store.Get<PictureStore>().Put(Guid.NewGuid(), new byte[1000], CancellationToken.None);
        Assert.Equal(1, (await Status()).Pictures.Count);
        store.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await Status()).Pictures.Count);
    }

    [Fact]
    public async Task Open_pages_are_counted()
    {
        var circuits = store.Get<OpenCircuits>();
        Assert.Contains(circuits, store.Services.CreateScope().ServiceProvider.GetServices<CircuitHandler>());
        await circuits.OnCircuitOpenedAsync(null!, CancellationToken.None);
        await circuits.OnCircuitOpenedAsync(null!, CancellationToken.None);
        await circuits.OnCircuitClosedAsync(null!, CancellationToken.None);
        Assert.Equal(1, (await Status()).Circuits);
    }

    [Fact]
    public async Task Work_that_was_put_off_is_tried_at_once_and_that_is_recorded()
    {
        var id = await Put(Effects.Deliver, TimeSpan.Zero, failures: 5);
        Assert.Null((await store.Get<TryWorkNow>().Handle(administrator, id)).Refusal);
        await using var db = await store.Open();
        var message = await db.Outbox.SingleAsync();
        Assert.Equal((store.Time.GetUtcNow(), 5), (message.DueAt, message.Failures));
        var row = await db.AuditEntries.SingleAsync(e => e.Kind == nameof(WorkTriedNow));
        Assert.Equal(("system:outbox", administrator.Id), (row.Stream, row.Actor));
        Assert.Equal(Refusals.WrongState, (await store.Get<TryWorkNow>().Handle(administrator, id)).Refusal);
    }

    [Fact]
    public async Task Work_that_never_failed_keeps_its_time_and_what_is_done_is_not_found()
    {
        // A decision that is held must not take effect before its time.
        var held = await Put(Effects.Finalise, TimeSpan.FromSeconds(10));
        Assert.Equal(Refusals.WrongState, (await store.Get<TryWorkNow>().Handle(administrator, held)).Refusal);
        Assert.Equal(Refusals.NotFound, (await store.Get<TryWorkNow>().Handle(administrator, Guid.NewGuid())).Refusal);
    }

    [Fact]
    public async Task Only_an_administrator_sees_it_or_tries_anything()
    {
        foreach (var role in new[] { Roles.Reviewer, Roles.Senior, Roles.Supervisor, Roles.Auditor })
        {
            var other = Actor.StaffMember(Guid.NewGuid(), "x", role, [], []);
            Assert.Equal(Refusals.NotPermitted, (await store.Get<StatusQuery>().Handle(other)).Refusal);
            Assert.Equal(Refusals.NotPermitted, (await store.Get<TryWorkNow>().Handle(other, Guid.NewGuid())).Refusal);
        }
    }

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        administrator = await new Sample(store).Staff(Roles.Administrator);
    }

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<SystemStatus> Status() => (await store.Get<StatusQuery>().Handle(administrator)).Value;

    private async Task<Guid> Put(string topic, TimeSpan due, int failures = 0)
    {
        OutboxMessage message = new(Guid.NewGuid(), topic, "k", store.Time.GetUtcNow() + due);
        for (var i = 0; i < failures; i++)
            message.PutOff("HTTP 503", store.Time.GetUtcNow());
        await using var db = await store.Open();
        db.Outbox.Add(message);
        await db.SaveChangesAsync();
        return message.Id;
    }
}
