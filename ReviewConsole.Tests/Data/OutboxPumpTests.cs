using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Data;

public sealed class OutboxPumpTests : IAsyncLifetime
{
    private const int Messages = 200;
    private readonly TestStore store = new() { Setup = app => app.Services.AddSingleton<Reluctant>().AddSingleton<IOutboxWorker>(services => services.GetRequiredService<Reluctant>()) };

    [Fact]
    public async Task What_was_put_off_is_not_tried_again_before_its_time_however_its_work_and_the_looking_for_more_fall()
    {
        await using (var db = await store.Open())
        {
            db.Outbox.AddRange(Enumerable.Range(0, Messages).Select(i => new OutboxMessage(Guid.NewGuid(), Reluctant.Name, $"{i}", store.Time.GetUtcNow())));
            await db.SaveChangesAsync();
        }

        await store.Drain();

        var tries = store.Get<Reluctant>().Tries;
        Assert.Equal(Messages, tries.Count);
        Assert.All(tries, tried => Assert.Equal(1, tried.Value));
        store.Time.Advance(TimeSpan.FromSeconds(1));
        await store.Drain();
        Assert.All(tries, tried => Assert.Equal(2, tried.Value));
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    /// <summary>Puts everything off, and takes a while about it: some of it ends just when more is looked for.</summary>
    private sealed class Reluctant(Commit commit) : IOutboxWorker, IUseCase
    {
        public const string Name = "reluctant";

        public static Permission Needs => Permission.System;

        public ConcurrentDictionary<string, int> Tries { get; } = new(StringComparer.Ordinal);

        public string Topic => Name;

        public int Parallelism => 4;

        public async Task Work(OutboxTicket ticket, CancellationToken cancel)
        {
            Tries.AddOrUpdate(ticket.Key, 1, (_, n) => n + 1);
            await Task.Delay(Random.Shared.Next(15), cancel);
            await commit.Run<Reluctant, bool>(Actor.System("test"), async unit => await ticket.PutOff(unit, "later"), CancellationToken.None);
        }
    }
}
