using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Supervise;

/// <summary>What a supervisor looks at: some of the queues and authorities in reach.</summary>
/// <param name="Queues">Ids of queues, in their order.</param>
/// <param name="Authorities">Codes of authorities.</param>
internal sealed record Scope(string[] Queues, string[] Authorities)
{
    /// <summary>Everything in reach, or the part that filters name; what is not in reach is not found (WORK-7).</summary>
    public static Answer<Scope> Of(Actor actor, Queues queues, Authorities tree, string? queue, string? authority)
    {
        Scope scope = new(
            [.. queues.All.Select(q => q.Id).Where(id => actor.Queues.Contains(id) && (queue is null || queue == id))],
            [.. (authority is null ? actor.Authorities : tree.SelfAndDescendants(authority).Where(actor.Authorities.Contains)).Order(StringComparer.Ordinal)]);
        return (queue is not null && scope.Queues.Length == 0) || (authority is not null && scope.Authorities.Length == 0) ? Refusals.NotFound : scope;
    }

    public bool Holds(string queue, string authority) => Queues.Contains(queue) && Authorities.Contains(authority);
}
