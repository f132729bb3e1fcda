using System.Collections.Concurrent;
using System.Collections.Immutable;
using ReviewConsole.Catalog;

namespace ReviewConsole.Features.Calendar;

/// <summary>A draft that was begun and neither applied nor discarded.</summary>
/// <param name="Draft">The days.</param>
/// <param name="From">The date from which they are to hold.</param>
/// <param name="IsProvisional">True where it began from the provisional days of a year.</param>
public sealed record KeptDraft(CalendarDraft Draft, DateOnly From, bool IsProvisional);

/// <summary>
/// The drafts of calendars, one a person and scope: who leaves the page, loads it anew or loses the connection finds them again. They end with the process,
/// since nothing in them is worth a row of the store before it is applied.
/// </summary>
public sealed class KeptDrafts
{
    private readonly ConcurrentDictionary<(string Person, string Scope), KeptDraft> kept = new();

    /// <summary>What a person began of a scope; null where nothing.</summary>
    public KeptDraft? Find(Actor person, string scope) => kept.GetValueOrDefault((person.Id, scope));

    /// <summary>The scopes of which a person began something.</summary>
    public ImmutableArray<string> ScopesOf(Actor person) => [.. kept.Keys.Where(key => key.Person == person.Id).Select(key => key.Scope).Order(StringComparer.Ordinal)];

    /// <summary>Keeps it in place of what was kept before.</summary>
    public void Keep(Actor person, KeptDraft draft) => kept[(person.Id, draft.Draft.Scope)] = draft;

    /// <summary>Forgets what a person began of a scope.</summary>
    public void Drop(Actor person, string scope) => kept.TryRemove((person.Id, scope), out _);
}
