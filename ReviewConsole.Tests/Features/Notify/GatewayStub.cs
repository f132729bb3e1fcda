using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ReviewConsole.Tests.Features.Notify;

/// <summary>A gateway on a real loopback port that keeps what it gets and answers as a test says.</summary>
public sealed class GatewayStub : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-gateway";
    private readonly WebApplication app;

    private GatewayStub(WebApplication app) => this.app = app;

    public sealed record Request(string Body, string Delivery, string Timestamp, string Signature);

    public ConcurrentQueue<Request> Requests { get; } = [];

    /// <summary>The status to answer with, for each request by its number from 1.</summary>
    public Func<int, int> Answer { get; set; } = _ => 202;

    /// <summary>How long it waits before it answers.</summary>
    public TimeSpan Delay { get; set; }

    public string Url => app.Urls.Single() + "/notices";

    public static async Task<GatewayStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        GatewayStub stub = new(builder.Build());
        stub.app.MapPost("/notices", stub.Take);
        await stub.app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using StreamReader reader = new(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(new(body, http.Request.Headers["X-Delivery-Id"]!, http.Request.Headers["X-Timestamp"]!, http.Request.Headers["X-Signature"]!));
        var status = Answer(Requests.Count);
        await Task.Delay(Delay, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Response.StatusCode = status;
        if (status is >= 300 and < 400)
            http.Response.Headers.Location = "/notices";
    }
}
