using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ReviewConsole.Features.Intake;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Intake;

/// <summary>Bodies that are too long, never end, break off or trickle, written to the wire by hand.</summary>
/// <remarks>Not beside other tests: it measures the memory of the process.</remarks>
[Collection(Alone)]
public sealed class BrokenBodyTests(ConsoleHost host) : IClassFixture<ConsoleHost>, IAsyncLifetime
{
    internal const string Alone = "alone";
    private const string Path = "/api/v1/e-licence-applications";
    private string key = "";
    private string before = "";

    [Theory]
    [InlineData("100000000", " 413 ")]
    [InlineData("25165825", " 413 ")]
    [InlineData("9223372036854775807", " 413 ")]
    [InlineData("9223372036854775808", " 400 ")]
    [InlineData("-1", " 400 ")]
    public async Task A_length_that_is_too_large_is_refused_before_anything_is_read(string length, string status)
    {
        using TcpClient connection = await Connect();
        await Write(connection, Head($"Content-Length: {length}"));
        var answer = await Read(connection.GetStream());
        Assert.Contains(status, answer.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_body_is_refused_at_the_limit_and_takes_no_memory_with_it()
    {
        await Endless();
        var held = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 8; i++)
            await Endless();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - held;
        Assert.True(grown < 3L * RequestBody.MostBytes, $"{grown} bytes more are held after 8 bodies without an end");

        async Task Endless()
        {
            using TcpClient connection = await Connect();
            await Write(connection, Head("Transfer-Encoding: chunked"));
            var chunk = Encoding.ASCII.GetBytes($"{1 << 20:x}\r\n{new string(' ', 1 << 20)}\r\n");
            var sent = 0L;
            try
            {
                for (; sent < 200L << 20 && connection.Available == 0; sent += chunk.Length)
                    await connection.GetStream().WriteAsync(chunk);
                Assert.Contains(" 413 ", (await Read(connection.GetStream())).Split('\n')[0], StringComparison.Ordinal);
            }
            catch (IOException)
            {
                // The server closed while the rest was on its way.
            }

            Assert.InRange(sent, RequestBody.MostBytes / 2, RequestBody.MostBytes * 3L);
        }
    }

    [Theory]
    [InlineData("Content-Length: 1000", "{\"applicant\":")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{\"app")]
    [InlineData("Transfer-Encoding: chunked", "ZZ\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "ffffffffffffffff\r\n{}")]
    public async Task A_body_that_breaks_off_leaves_nothing_behind(string length, string body)
    {
        using (TcpClient connection = await Connect())
        {
            var stream = connection.GetStream();
            await Write(connection, Head(length) + body);
            connection.Client.Shutdown(SocketShutdown.Send);
            var answer = await Read(stream);
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        }
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up()
    {
        var limits = host.Get<IOptions<KestrelServerOptions>>().Value.Limits;
        var usual = limits.MinRequestBodyDataRate;
        // The usual patience is five seconds at 240 bytes a second.
        Assert.True(usual is { BytesPerSecond: >= 100 } && usual.GracePeriod <= TimeSpan.FromSeconds(10));
        limits.MinRequestBodyDataRate = new(10_000, TimeSpan.FromSeconds(1.1));
        try
        {
            using TcpClient connection = await Connect();
            await Write(connection, Head("Content-Length: 1000000"));
            var answer = "";
            for (var i = 0; i < 100 && connection.Available == 0; i++)
            {
                await Write(connection, " ");
                await Task.Delay(100);
            }

            answer = await Read(connection.GetStream());
            Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
            Assert.Contains("BODY_TOO_SLOW", answer, StringComparison.Ordinal);
        }
        finally
        {
            limits.MinRequestBodyDataRate = usual;
        }
    }

    [Fact]
    public async Task A_page_takes_no_more_than_a_form_needs()
    {
        using HttpClient client = host.Browse();
        using ByteArrayContent form = new(new byte[2_000_000]);
        form.Headers.ContentType = new("application/x-www-form-urlencoded");
        try
        {
            using var answer = await client.PostAsync("/sign-in", form);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
        catch (HttpRequestException)
        {
            // Closed while the rest was on its way.
        }
    }

    public async Task InitializeAsync()
    {
        key = await host.Services.NewKey();
        before = await StoreCount.Of(host.Services);
    }

    public async Task DisposeAsync()
    {
        using HttpClient client = host.Browse();
        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready"));
        Assert.Equal(before, await StoreCount.Of(host.Services));
    }

    private static async Task Write(TcpClient connection, string text) => await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> Read(NetworkStream stream)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
        StringBuilder read = new();
        var buffer = new byte[4096];
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer, patience.Token)) > 0;)
                read.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // Reset: what was read until then counts.
        }

        return read.ToString();
    }

    private async Task<TcpClient> Connect()
    {
        TcpClient connection = new();
        await connection.ConnectAsync(host.Address.Host, host.Address.Port);
        return connection;
    }

    private string Head(string length) => string.Create(
        CultureInfo.InvariantCulture, $"POST {Path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\n{length}\r\n\r\n");
}

/// <summary>Tests that measure the whole process run by themselves.</summary>
[CollectionDefinition(BrokenBodyTests.Alone, DisableParallelization = true)]
public sealed class AloneCollection;
