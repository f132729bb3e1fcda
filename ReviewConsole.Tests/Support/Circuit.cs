using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace ReviewConsole.Tests.Support;

/// <summary>A page and its circuit without a browser: it takes the page over as the framework's script does, confirms every batch, answers every call into the browser with nothing, and clicks.</summary>
/// <remarks>Nothing is kept of what is shown but the handlers of the things that are to be clicked, so that a thousand of them weigh little.</remarks>
public sealed partial class Circuit : IAsyncDisposable, IInvocationBinder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly IHubProtocol Protocol = Blazorpack();
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly ConcurrentDictionary<string, Click> handlers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource takenOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient http;
    private readonly string[] clickable;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> awaited = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private List<long>? held;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task receiving = Task.CompletedTask;
    private long interop;
    private int calls;

    private Circuit(HttpClient http, CookieContainer cookies, string[] clickable)
    {
        (this.http, this.clickable) = (http, clickable);
        socket.Options.Cookies = cookies;
    }

    /// <summary>Opens a page and waits until its circuit has taken it over and everything that is to be clicked is there.</summary>
    /// <param name="http">A client that is signed in where the page asks for it.</param>
    /// <param name="cookies">Its cookies.</param>
    /// <param name="path">The page.</param>
    /// <param name="clickable">Values of <c>data-testid</c>.</param>
    public static Task<Circuit> Open(HttpClient http, CookieContainer cookies, string path, params string[] clickable) => Opened(new(http, cookies, clickable), path);

    /// <summary>The same of a browser that has not yet shown anything of it when this returns; see <see cref="Confirm"/>.</summary>
    public static Task<Circuit> OpenSlowly(HttpClient http, CookieContainer cookies, string path) => Opened(new(http, cookies, []) { held = [] }, path);

    private static async Task<Circuit> Opened(Circuit circuit, string path)
    {
        try
        {
            await circuit.TakeOver(path);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Clicks, and waits until the page has changed and everything that follows from the click is done.</summary>
    /// <returns>How long it took until the page changed.</returns>
    public async Task<TimeSpan> Click(string what)
    {
        var (seen, done) = (changed, ended) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        var at = Stopwatch.GetTimestamp();
        var call = Interlocked.Increment(ref calls).ToString(CultureInfo.InvariantCulture);
        await Send("BeginInvokeDotNetFromJS", call, null, "DispatchEventAsync", interop, $$"""[{"eventHandlerId":{{handlers[what].Handler}},"eventName":"click","eventFieldInfo":null},{"type":"click","detail":1,"button":0}]""");
        await seen.Task.WaitAsync(Patience);
        var took = Stopwatch.GetElapsedTime(at);
        await done.Task.WaitAsync(Patience);
        return took;
    }

    /// <summary>Done when words are sent to be shown that were not there when this was called.</summary>
    public Task Shows(string words) => awaited.GetOrAdd(words, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The browser has shown what came so far, and shows everything else at once.</summary>
    public async Task Confirm()
    {
        List<long> shown;
        lock (gate)
            (shown, held) = (held ?? [], null);
        foreach (var number in shown)
            await Send("OnRenderCompleted", number, null);
    }

    /// <summary>Leaves the page as a browser does: it says so, and the connection is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (started.Task.IsCompletedSuccessfully)
        {
            using MultipartFormDataContent goodbye = new() { { new StringContent(await started.Task), "circuitId" } };
            using var answer = await http.PostAsync("_blazor/disconnect", goodbye);
        }

        socket.Abort();
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
        sending.Dispose();
    }

    /// <inheritdoc/>
    public Type GetReturnType(string invocationId) => typeof(string);

    /// <inheritdoc/>
    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
    {
        "JS.RenderBatch" => [typeof(long), typeof(byte[])],
        "JS.BeginInvokeJS" => [typeof(long), typeof(string), typeof(string), typeof(int), typeof(long), typeof(int)],
        "JS.EndInvokeDotNet" => [typeof(string), typeof(bool), typeof(string)],
        "JS.EndUpdateRootComponents" => [typeof(long)],
        "JS.AttachComponent" => [typeof(int), typeof(string)],
        "JS.Error" => [typeof(string)],
        _ => throw new InvalidOperationException($"The server calls '{methodName}', which these pages never needed."),
    };

    /// <inheritdoc/>
    public Type GetStreamItemType(string streamId) => throw new InvalidOperationException("Nothing is streamed.");

    // The server's own protocol, which is all that speaks it in .NET.
    private static IHubProtocol Blazorpack()
    {
        ServiceCollection services = new();
        services.AddLogging().AddServerSideBlazor();
        return services.BuildServiceProvider().GetServices<IHubProtocol>().Single(protocol => protocol.Name == "blazorpack");
    }

    private async Task TakeOver(string path)
    {
        var page = await http.GetStringAsync(path);
        var state = State().Match(page).Groups["state"].Value;
        JsonArray operations = [];
        foreach (var marker in Markers().Matches(page).Select(found => JsonNode.Parse(found.Groups["json"].Value)!).Where(marker => marker["descriptor"] is not null))
        {
            marker["uniqueId"] = operations.Count;
            operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
        }

        await socket.ConnectAsync(new UriBuilder(new Uri(http.BaseAddress!, "_blazor")) { Scheme = "ws" }.Uri, CancellationToken.None);
        ArrayBufferWriter<byte> hello = new();
        HandshakeProtocol.WriteRequestMessage(new HandshakeRequestMessage(Protocol.Name, Protocol.Version), hello);
        await socket.SendAsync(hello.WrittenMemory, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        receiving = Task.Run(Receive);
        await Send(new InvocationMessage("0", "StartCircuit", [http.BaseAddress!.ToString(), new Uri(http.BaseAddress, path).ToString(), "[]", state]));
        await Task.WhenAny(started.Task, receiving).WaitAsync(Patience);
        await Send("UpdateRootComponents", new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(), state);
        try
        {
            await Task.WhenAny(takenOver.Task, receiving).WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            var missing = clickable.Where(name => !handlers.ContainsKey(name) && !page.Contains($"\"{name}\"", StringComparison.Ordinal));
            throw new TimeoutException($"'{Title().Match(page).Groups["title"].Value}' never offered what is to be clicked; served without: {string.Join(", ", missing)}.", late);
        }

        if (receiving.IsCompleted)
            await receiving;
    }

    private async Task Receive()
    {
        var (buffer, filled, greeted) = (new byte[4096], 0, false);
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                filled += part.Count;
                ReadOnlySequence<byte> unread = new(buffer, 0, filled);
                if (!greeted && HandshakeProtocol.TryParseResponseMessage(ref unread, out var answer))
                    greeted = answer.Error is null ? true : throw new InvalidOperationException(answer.Error);
                while (greeted && Protocol.TryParseMessage(ref unread, this, out var message))
                    await Take(message);
                var rest = unread.ToArray();
                if (rest.Length * 2 > buffer.Length)
                    buffer = new byte[buffer.Length * 2];
                rest.CopyTo(buffer, 0);
                filled = rest.Length;
            }

            throw new InvalidOperationException("The server closed the circuit.");
        }
        catch (Exception fault)
        {
            foreach (var waiting in (TaskCompletionSource[])[takenOver, changed, ended])
                waiting.TrySetException(fault);
            // Whoever waits has it; nobody else needs it.
            foreach (var waiting in (TaskCompletionSource[])[takenOver, changed, ended])
                _ = waiting.Task.Exception;
            throw;
        }
    }

    private Task Take(HubMessage message) => message switch
    {
        CompletionMessage { Error: { } error } => throw new InvalidOperationException(error),
        CompletionMessage { Result: string id } => Started(id),
        PingMessage => Send(PingMessage.Instance),
        InvocationMessage { Target: "JS.RenderBatch", Arguments: [long number, byte[] data] } => Show(number, data),
        InvocationMessage { Target: "JS.BeginInvokeJS", Arguments: [long handle, string name, string arguments, ..] } => Call(handle, name, arguments),
        InvocationMessage { Target: "JS.EndInvokeDotNet", Arguments: [_, true, ..] } => Done(),
        InvocationMessage { Target: "JS.EndUpdateRootComponents" or "JS.AttachComponent" } => Task.CompletedTask,
        InvocationMessage { Target: var target, Arguments: var arguments } => throw new InvalidOperationException($"{target} {string.Join(' ', arguments)}"),
        _ => throw new InvalidOperationException(message.ToString()),
    };

    private Task Started(string id)
    {
        started.TrySetResult(id);
        return Task.CompletedTask;
    }

    private Task Done()
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }

    private Task Show(long number, byte[] data)
    {
        RenderBatch batch = new(data);
        foreach (var click in batch.Clicks)
        {
            // A handler alone belongs to the one thing that is known of its component.
            if ((click.Name ?? handlers.Values.SingleOrDefault(known => known.Component == click.Component)?.Name) is { } name && clickable.Contains(name))
                handlers[name] = click with { Name = name };
        }

        foreach (var (words, shown) in awaited)
        {
            if (batch.Says(words))
                shown.TrySetResult();
        }

        if (batch.Changes)
            changed.TrySetResult();
        if (interop > 0 && clickable.All(handlers.ContainsKey))
            takenOver.TrySetResult();
        lock (gate)
        {
            if (held is not null)
            {
                held.Add(number);
                return Task.CompletedTask;
            }
        }

        return Send("OnRenderCompleted", number, null);
    }

    private Task Call(long handle, string name, string arguments)
    {
        if (name == "Blazor._internal.attachWebRendererInterop")
            interop = JsonDocument.Parse(arguments).RootElement[1].GetProperty("__dotNetObject").GetInt64();
        return handle == 0 ? Task.CompletedTask : Send("EndInvokeJSFromDotNet", handle, true, $"[{handle},true,null]");
    }

    private Task Send(string method, params object?[] arguments) => Send(new InvocationMessage(method, arguments));

    private async Task Send(HubMessage message)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(Protocol.GetMessageBytes(message), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^ ]+?)-->", RegexOptions.None, 1000)]
    private static partial Regex State();

    [GeneratedRegex("<title>(?<title>.*?)</title>", RegexOptions.None, 1000)]
    private static partial Regex Title();

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.None, 1000)]
    private static partial Regex Markers();
}
