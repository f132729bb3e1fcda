using System.Text.Json.Nodes;
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
        var requests = Sizes.Of(4_000);
        await Send(100);
        var took = await Bench.Time(() => Send(requests));
        var rate = 1000 * requests / took;
        Bench.Row(output, $"intake of a portrait over HTTP, {Senders} senders", rate, "/s", 100);
        // The aim is a hundred on a machine that does nothing else; the senders are in this process, too.
        Assert.InRange(rate, 15, double.MaxValue);
    }

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    private Task Send(int count)
    {
        List<JsonObject> bodies = [.. Enumerable.Range(0, count).Select(_ => api.ELicence())];
        return Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (body, _) => Assert.Equal(201, (await api.SendELicence(body)).Status));
    }
}
