using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ReviewConsole.Catalog;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>What a million open cases cost: nothing that a thousand would not.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class QueueRatios(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rounds = 150;
    private readonly ManyCases many = new(Sizes.Of(1_000_000));
    private readonly ManyCases few = new(1_000);

    [Fact]
    public async Task Claiming_the_next_case_costs_little_more_than_a_bare_commit_and_no_more_among_many()
    {
        using BareCommit bare = new(many.Store.Folder);
        List<double> floor = [], small = [], large = [];
        for (var round = -20; round < Rounds; round++)
        {
            // In turn, so that whatever else the machine does falls on all alike.
            var (b, s, l) = (await Bench.Time(() => Task.Run(bare.Once)), await Claim(few), await Claim(many));
            if (round < 0)
                continue;
            floor.Add(b);
            small.Add(s);
            large.Add(l);
        }

        var (bareMs, fewMs, manyMs) = (Bench.Percentile(floor, .5), Bench.Percentile(small, .5), Bench.Percentile(large, .5));
        Bench.Row(output, "bare one-row commit, p50", bareMs, "ms");
        Bench.Row(output, $"claim-next at {few.Count:N0} open cases, p50", fewMs, "ms");
        Bench.Row(output, $"claim-next at {many.Count:N0} open cases, p50", manyMs, "ms");
        Bench.Row(output, "claim-next among many : bare commit", manyMs / bareMs, "x", 3);
        Bench.Row(output, "claim-next among many : among few", manyMs / fewMs, "x", 1.2);
        Bench.Keeps(manyMs / bareMs, 3);
        Bench.Keeps(manyMs / fewMs, 1.2);
    }

    [Fact]
    public async Task A_page_of_a_list_costs_the_same_at_any_depth()
    {
        var (query, reader) = (many.Store.Get<QueueQuery>(), ManyCases.Reviewer());
        double[] depths = [0, .1, .5, .9, 1];
        List<ListRequest> requests = [new(Queues.ELicence)];
        foreach (var depth in depths.Skip(1))
        {
            var (dueAt, id) = await many.At(depth);
            requests.Add(new(Queues.ELicence, After: Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{dueAt.UtcTicks}:{id.Value}")))));
        }

        var times = requests.ConvertAll(_ => new List<double>());
        for (var round = -10; round < Rounds; round++)
        {
            for (var i = 0; i < requests.Count; i++)
            {
                var request = requests[i];
                var took = await Bench.Time(async () => Assert.Equal(QueueQuery.PageSize, (await query.Page(reader, request)).Value.Rows.Count));
                if (round >= 0)
                    times[i].Add(took);
            }
        }

        var first = Bench.Percentile(times[0], .5);
        Bench.Row(output, $"first page of {QueueQuery.PageSize} of {many.Count:N0}, p50", first, "ms");
        for (var i = 1; i < depths.Length; i++)
        {
            var ratio = Bench.Percentile(times[i], .5) / first;
            Bench.Row(output, $"page at {depths[i]:P0} of the list : first page", ratio, "x", 1.2);
            Bench.Keeps(ratio, 1.2);
        }
    }

    [Fact]
    public async Task The_first_rows_of_many_cost_what_those_of_few_do()
    {
        var supervisor = Actor.StaffMember(Guid.NewGuid(), "s", Roles.Supervisor, ManyCases.Places, [.. Queues.Standard.All.Select(q => q.Id)]);
        (string What, Func<ManyCases, Task<int>> Rows)[] lists =
        [
            ("queue", async cases => (await cases.Store.Get<QueueQuery>().Page(ManyCases.Reviewer(), new(Queues.ELicence))).Value.Rows.Count),
            ("supervisor's list", async cases => (await cases.Store.Get<WorkListQuery>().Handle(supervisor, new(Filter: WorkFilter.Open))).Value.Rows.Count),
        ];
        foreach (var (what, rows) in lists)
        {
            List<double> small = [], large = [];
            for (var round = -10; round < Rounds; round++)
            {
                var (s, l) = (await Bench.Time(async () => Assert.Equal(QueueQuery.PageSize, await rows(few))), await Bench.Time(async () => Assert.Equal(QueueQuery.PageSize, await rows(many))));
                if (round < 0)
                    continue;
                small.Add(s);
                large.Add(l);
            }

            var (fewMs, manyMs) = (Bench.Percentile(small, .5), Bench.Percentile(large, .5));
            Bench.Row(output, $"first {QueueQuery.PageSize} rows of a {what} of {many.Count:N0}, p50", manyMs, "ms");
            Bench.Row(output, $"the same : of {few.Count:N0}", manyMs / fewMs, "x", 1.2);
            Bench.Keeps(manyMs / fewMs, 1.2);
        }
    }

    public async Task InitializeAsync()
    {
        await few.InitializeAsync();
        await many.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await few.DisposeAsync();
        await many.DisposeAsync();
    }

    // Everybody takes one: a second 'next' of the same person would only give the first again.
    private static async Task<double> Claim(ManyCases cases)
    {
        var (claim, reviewer) = (cases.Store.Get<ClaimNext>(), ManyCases.Reviewer());
        return await Bench.Time(async () => Assert.Null((await claim.Handle(reviewer, Queues.ELicence)).Refusal));
    }
}
