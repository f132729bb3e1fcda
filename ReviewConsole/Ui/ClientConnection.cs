using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ReviewConsole.Ui;

/// <summary>Whether the person's browser is connected now. A circuit outlives its connection for a while, and what it does meanwhile, nobody sees.</summary>
public sealed class ClientConnection : CircuitHandler
{
    /// <summary>True while the browser is there.</summary>
    public bool IsUp { get; private set; } = true;

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsUp = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsUp = false;
        return Task.CompletedTask;
    }
}
