using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;
using Decide = ReviewConsole.Features.Desk.Decide;

namespace ReviewConsole.Tests.Features.Desk;

/// <summary>Sixteen people take from the same queue at once. 200 cases; 2,000 with <c>REVIEWCONSOLE_FULL=1</c>.</summary>
[Trait("Category", "Torture")]
public sealed class RaceTests : IAsyncLifetime
{
    private const int Claimers = 16;
    private static readonly string[] Places = ["粤A", "粤B", "浙A"];
    private readonly TestStore store = new();

    [Fact]
    public async Task No_case_is_given_twice_none_is_lost_and_stale_tokens_decide_nothing()
    {
        Sample sample = new(store);
        List<CaseId> made = [];
        for (var i = 0; i < Sizes.Of(2_000); i++)
            made.Add(await sample.ELicence(Places[i % Places.Length]));
        // Some reach all three authorities, some one.
        var people = await Task.WhenAll(Enumerable.Range(0, Claimers).Select(i => sample.Staff(Roles.Reviewer, $"r{i}", i % 4 == 0 ? ["粤", "浙"] : [Places[i % Places.Length]])));
        ConcurrentBag<(int Who, Claim Claim)> taken = [];

        await Task.WhenAll(people.Select((actor, who) => Task.Run(async () =>
        {
            while ((await store.Get<ClaimNext>().Handle(actor, Queues.ELicence)) is { Refusal: null, Value: var claim })
            {
                taken.Add((who, claim));
                if (taken.Count % 3 == 0)
                    await store.Get<PrefetchNext>().Handle(actor, Queues.ELicence);
                // Somebody else's try with the same claim, and one with the token before, at the same time as the holder's.
                var other = people[(who + 1) % Claimers];
                var tries = await Task.WhenAll(
                    Task.Run(() => store.Get<Decide>().Handle(actor, claim, Outcome.Approved, [], null, null)),
                    Task.Run(() => store.Get<Decide>().Handle(other, claim, Outcome.Approved, [], null, null)),
                    Task.Run(() => store.Get<Decide>().Handle(actor, claim with { Token = claim.Token - 1 }, Outcome.Approved, [], null, null)),
                    Task.Run(() => store.Get<Decide>().Handle(actor, claim, Outcome.Rejected, ["PHOTO_BLUR"], null, null)));
                Assert.Single(tries, answer => answer.Refusal is null);
                Assert.NotNull(tries[1].Refusal);
                Assert.NotNull(tries[2].Refusal);
            }
        })));

        Assert.Equal(made.Order(), taken.Select(t => t.Claim.Case).Order());
        await using var db = await store.Open();
        Assert.All(await db.Cases.AsNoTracking().ToListAsync(), c => Assert.Equal((CaseState.Decided, people[taken.Single(t => t.Claim.Case == c.Id).Who].Reviewer), (c.State, c.Holder!.Value)));
    }

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();
}
