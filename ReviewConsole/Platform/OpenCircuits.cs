using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ReviewConsole.Platform;

/// <summary>How many pages are open in this process, those counted whose browser has just lost its connection.</summary>
public sealed class OpenCircuits : CircuitHandler
{
    private int count;

    /// <summary>The number now.</summary>
    public int Count => Volatile.Read(ref count);

    /// <inheritdoc/>
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref count);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref count);
        return Task.CompletedTask;
    }
}
