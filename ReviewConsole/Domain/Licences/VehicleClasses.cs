using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ReviewConsole.Domain.Licences;

/// <summary>A class of vehicles that a licence allows to drive (准驾车型).</summary>
/// <param name="Code">Code, for instance <c>C1</c>.</param>
/// <param name="Name">Chinese name.</param>
public sealed record VehicleClass(string Code, string Name);

/// <summary>The classes there are, and the reading of a joined list such as <c>A1D</c>.</summary>
public sealed class VehicleClasses
{
    private readonly FrozenDictionary<string, VehicleClass> byCode;

    /// <summary>Makes the list; every code stands once.</summary>
    public VehicleClasses(IEnumerable<VehicleClass> classes)
    {
        All = [.. classes];
        byCode = All.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
    }

    /// <summary>All classes in the order given.</summary>
    public ImmutableArray<VehicleClass> All { get; }

    /// <summary>The class of a code, or null.</summary>
    public VehicleClass? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>Reads a joined list, each class once. Refuses with <c>LICENCE_CLASSES</c> when it is empty or holds anything else.</summary>
    public bool TryParse(string? text, out ImmutableArray<VehicleClass> classes, [NotNullWhen(false)] out Refusal? refusal)
    {
        var found = ImmutableArray.CreateBuilder<VehicleClass>();
        var rest = (text ?? "").Trim().ToUpperInvariant().AsSpan();
        while (!rest.IsEmpty)
        {
            // A digit always belongs to the letter before it, so the longer code is tried first.
            var length = rest.Length > 1 && char.IsAsciiDigit(rest[1]) ? 2 : 1;
            if (Find(rest[..length].ToString()) is not { } next || found.Contains(next))
            {
                found.Clear();
                break;
            }

            found.Add(next);
            rest = rest[length..];
        }

        classes = found.ToImmutable();
        refusal = classes.IsEmpty ? new("LICENCE_CLASSES") : null;
        return refusal is null;
    }
}
