using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;

namespace ReviewConsole.Features.Calendar;

/// <summary>Sets the rule for the due times of a queue's new receipts, from a date on (SLA-2). What was received before keeps its rule.</summary>
public sealed class ChangePolicy(Commit commit, Clocks clocks, Queues queues) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Administer;

    /// <summary>Sets it.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="queue">Id of the queue.</param>
    /// <param name="policy">The rule in writing, as <see cref="SlaPolicy.Version"/> spells it.</param>
    /// <param name="from">The date from which receipts go by it; today means from now.</param>
    /// <param name="cancel">Cancels before it is saved.</param>
    public async Task<Answer<Done>> Handle(Actor actor, string queue, string policy, DateOnly from, CancellationToken cancel = default)
    {
        var answer = await commit.Run<ChangePolicy, Done>(actor, unit => Set(unit, queue, policy, from, cancel), cancel);
        if (answer.Refusal is null)
            await clocks.Read(CancellationToken.None);
        return answer;
    }

    private async Task<Answer<Done>> Set(UnitOfWork unit, string queue, string text, DateOnly from, CancellationToken cancel)
    {
        if (queues.Find(queue) is not { } found)
            return Refusals.NotFound;
        if (!SlaPolicy.TryParse(text, out var policy))
            return new Refusal("POLICY_FORM");
        var effective = ChangeCalendar.EffectiveAt(from, unit.Now);
        if (effective < unit.Now)
            return new Refusal("EFFECTIVE_PAST");
        // What was set to hold later would otherwise come back over this.
        if (clocks.LastPolicyOf(found) is { } last && last.EffectiveAt > effective)
            return new Refusal("POLICY_PENDING", Ui.Times.Exact(last.EffectiveAt));
        if (clocks.PolicyOf(found, effective).Equals(policy))
            return new Refusal("POLICY_SAME");
        unit.Db.QueuePolicies.Add(new() { Sequence = 1 + await unit.Db.QueuePolicies.CountAsync(cancel), Queue = queue, Policy = policy.Version, EffectiveAt = effective, MadeAt = unit.Now, By = unit.Actor.Id });
        unit.Record(new PolicyChanged(queue, policy.Version, effective));
        return default(Done);
    }
}
