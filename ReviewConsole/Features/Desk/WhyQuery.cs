using System.Collections.Immutable;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Desk;

/// <summary>Tells why a case is due when it is, from its ledger and the versions that it is pinned to (SLA-3).</summary>
public sealed class WhyQuery(Reads reads, Clocks clocks) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>The derivation, line by line.</summary>
    public Task<Answer<ImmutableArray<SlaStep>>> Handle(Actor actor, CaseId id, CancellationToken cancel = default) => reads.Run<WhyQuery, ImmutableArray<SlaStep>>(
        actor, async db => (await CasesInReach.Find(db, actor, id, cancel)).Then<ImmutableArray<SlaStep>>(found => clocks.Of(found).Explain(found.Ledger).ToImmutableArray()), cancel);
}
