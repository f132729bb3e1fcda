using Microsoft.AspNetCore.Components;

namespace ReviewConsole.Ui;

/// <summary>
/// A part of a page that is drawn anew only when it is given something else, or when something is done in it: whoever types beside it does not pay for it.
/// </summary>
/// <remarks>What it is given must not change inside: records, and lists that are replaced. Callbacks are the same where they are the same method of the same page; a lambda is another one each time.</remarks>
public abstract class Still : ComponentBase
{
    private IReadOnlyDictionary<string, object?>? given;

    /// <inheritdoc/>
    public override Task SetParametersAsync(ParameterView parameters)
    {
        var now = parameters.ToDictionary();
        if (now.Count == given?.Count && now.All(parameter => given.TryGetValue(parameter.Key, out var before) && Equals(parameter.Value, before)))
            return Task.CompletedTask;
        given = now!;
        return base.SetParametersAsync(parameters);
    }
}
