using ReviewConsole.Data.Outbox;
using ReviewConsole.Features.Checking;
using ReviewConsole.Tests.Features.Intake;
using ReviewConsole.Tests.Support;
using Xunit.Abstractions;

namespace ReviewConsole.Tests.Ratios;

/// <summary>How many requests a second come in, each with a portrait of 440 × 640 that is decoded, made safe, encrypted and stored; measured by nobody.</summary>
[Trait("Category", "Ratios")]
[Collection(Bench.Name)]
public sealed class IntakeRatios(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Senders = 8;
    private readonly IntakeApi api = new()
    {
        Change = services =>
        {
            foreach (var check in services.Where(s => s.ServiceType == typeof(IOutboxWorker) && s.ImplementationType == typeof(CheckPictures)).ToList())
                services.Remove(check);
        },
    };

    [Fact]
    public async Task Requests_come_in_at_the_pace_of_a_busy_day()
    {
        var requests = Sizes.Of(6_000);
        await Send(Bodies(Math.Min(requests, 500)));
        var bodies = Bodies(requests);
        var took = await Bench.Time(() => Send(bodies));
        var rate = 1000 * requests / took;
        Bench.Row(output, $"intake of a portrait over HTTP, {Senders} senders", rate, "/s", 100);
        Bench.Keeps(100 / rate, 1);
    }

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    // Written before the clock runs: what is measured is taking them in.
    private List<string> Bodies(int count) => [.. Enumerable.Range(0, count).Select(_ => api.ELicence().ToJsonString())];

    private Task Send(List<string> bodies) => Parallel.ForEachAsync(
        bodies, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (body, _) => Assert.Equal(201, (await api.Post("e-licence-applications", body)).Status));
}
