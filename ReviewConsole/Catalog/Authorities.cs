using System.Collections.Frozen;
using System.Collections.Immutable;
using CsvHelper;

namespace ReviewConsole.Catalog;

/// <summary>An authority that issues licences (发证机关).</summary>
/// <param name="Code">Code: a province's character, and a letter for a city: 粤, 粤A.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="Parent">Code of the authority above it; null for a province.</param>
public sealed record Authority(string Code, string Name, string? Parent);

/// <summary>The tree of issuing authorities, province to city (WORK-7). Every parent is in it and nobody stands above themselves.</summary>
public sealed class Authorities
{
    private readonly FrozenDictionary<string, Authority> byCode;
    private readonly ILookup<string?, Authority> children;

    /// <summary>Makes the tree of its authorities; throws where a code stands twice or a parent is missing or below its child.</summary>
    public Authorities(IEnumerable<Authority> authorities)
    {
        All = [.. authorities];
        byCode = All.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal);
        children = All.ToLookup(a => a.Parent, StringComparer.Ordinal);
        if (All.FirstOrDefault(a => a.Parent is not null && !byCode.ContainsKey(a.Parent)) is { } orphan)
        {
            throw new ArgumentException($"Authority {orphan.Code} has an unknown parent.", nameof(authorities));
        }

        if (children[null].Sum(root => Below(root).Count()) != All.Length)
        {
            throw new ArgumentException("An authority stands above itself.", nameof(authorities));
        }
    }

    /// <summary>The sample that the program carries, from <c>authorities.csv</c>.</summary>
    public static Authorities Standard { get; } = new(FactsCsv.Read("authorities.csv", Row));

    /// <summary>All authorities in the order given.</summary>
    public ImmutableArray<Authority> All { get; }

    /// <summary>The provinces.</summary>
    public IEnumerable<Authority> Roots => children[null];

    /// <summary>Reads another tree, in a table of the same form.</summary>
    public static Authorities Load(TextReader text) => new(FactsCsv.Read(text, Row));

    /// <summary>The authority of a code, or null when the code is unknown.</summary>
    public Authority? Find(string? code) => code is null ? null : byCode.GetValueOrDefault(code);

    /// <summary>Codes of the authority and of all below it; empty when the code is unknown.</summary>
    public IEnumerable<string> SelfAndDescendants(string code) => Find(code) is { } self ? Below(self).Select(a => a.Code) : [];

    /// <summary>The way from the province down to the authority, both included; empty when the code is unknown.</summary>
    public ImmutableArray<Authority> Path(string code)
    {
        var path = new Stack<Authority>();
        for (var at = Find(code); at is not null; at = Find(at.Parent))
        {
            path.Push(at);
        }

        return [.. path];
    }

    private IEnumerable<Authority> Below(Authority self) => children[self.Code].SelectMany(Below).Prepend(self);

    private static Authority Row(CsvReader row) =>
        new(row.Required("code"), row.Required("name"), row.Optional("parent"));
}
