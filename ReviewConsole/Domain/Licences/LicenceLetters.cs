using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ReviewConsole.Domain.Licences;

/// <summary>The colour in which an e-licence is shown, from best to worst: the worst of its letters counts.</summary>
public enum LicenceColour
{
    /// <summary>In force.</summary>
    Green,

    /// <summary>Shown, but not to be driven on.</summary>
    Red,

    /// <summary>Not shown.</summary>
    Hidden,

    /// <summary>Taken back for good.</summary>
    Withdrawn,
}

/// <summary>What one status letter means.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Name">Its Chinese name.</param>
/// <param name="Allows">Whether a licence with it may apply for an e-licence.</param>
/// <param name="Colour">The colour of an issued e-licence.</param>
public sealed record LicenceLetter(char Letter, string Name, bool Allows, LicenceColour Colour)
{
    /// <summary>It allows only until the licence's extension date, that day included (N, P, T).</summary>
    public bool UntilExtension { get; init; }

    /// <summary>It speaks of the licence's own validity (M, N), so its refusal is <c>LICENCE_EXPIRED</c>.</summary>
    public bool OfValidity { get; init; }

    /// <summary>It says that the licence has 12 points (B).</summary>
    public bool TwelvePoints { get; init; }
}

/// <summary>The letters of one data source. Sources differ in a few (K, R), so the map is data.</summary>
public sealed class LicenceLetters
{
    private readonly FrozenDictionary<char, LicenceLetter> letters;

    /// <summary>Makes a map; every letter stands once.</summary>
    public LicenceLetters(IEnumerable<LicenceLetter> letters) => this.letters = letters.ToFrozenDictionary(l => l.Letter);

    /// <summary>All letters in alphabetical order.</summary>
    public IEnumerable<LicenceLetter> All => letters.Values.OrderBy(l => l.Letter);

    /// <summary>This map with some letters meaning something else, for another data source.</summary>
    public LicenceLetters With(params IEnumerable<LicenceLetter> others) =>
        new(letters.Values.Concat(others).GroupBy(l => l.Letter).Select(same => same.Last()));

    /// <summary>Reads joined letters such as <c>HM</c>.</summary>
    public LicenceStatus Read(string? status)
    {
        var written = (status ?? "").Trim().ToUpperInvariant().Distinct().ToLookup(letters.ContainsKey);
        return new([.. written[true].Select(l => letters[l])], string.Concat(written[false]));
    }
}

/// <summary>A licence's status as its letters tell it.</summary>
/// <param name="Known">The letters that the map knows, in the order written.</param>
/// <param name="Unknown">The others, joined.</param>
public sealed record LicenceStatus(ImmutableArray<LicenceLetter> Known, string Unknown)
{
    /// <summary>A data source sent nothing, or a letter that nobody explained: somebody must look at the source (APP-3).</summary>
    public bool Alarm => Known.IsEmpty || Unknown.Length > 0;

    /// <summary>Whether the licence has 12 points.</summary>
    public bool HasTwelvePoints => Known.Any(l => l.TwelvePoints);
}
