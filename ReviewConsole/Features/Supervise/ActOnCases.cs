using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Supervise;

/// <summary>What a supervisor does with cases. The clock is none of it: it is paused by the rules alone (SLA-3).</summary>
public abstract record CaseAction
{
    private CaseAction()
    {
    }

    /// <summary>收回: takes them out of the hands that they are in.</summary>
    public sealed record TakeBack : CaseAction;

    /// <summary>改派: keeps one ready for somebody. A person has at most one kept ready (WORK-1), so of several only the first is given.</summary>
    /// <param name="To">The person.</param>
    public sealed record Give(Guid To) : CaseAction;

    /// <summary>转办: passes them to another queue or authority in reach.</summary>
    /// <param name="Queue">The queue; null to leave each in its own.</param>
    /// <param name="Authority">Code of the authority; null to leave each with its own.</param>
    public sealed record Redirect(string? Queue, string? Authority) : CaseAction;

    /// <summary>Raises or lowers their priority.</summary>
    /// <param name="Priority">The priority.</param>
    /// <param name="Why">Why.</param>
    public sealed record Prioritise(CasePriority Priority, PriorityReason Why) : CaseAction;
}

/// <summary>What became of a case.</summary>
/// <param name="Id">The case.</param>
/// <param name="ReceiptNumber">受理号; null where it is not in reach.</param>
/// <param name="Refusal">Why nothing was done; null where it was.</param>
public sealed record CaseResult(CaseId Id, string? ReceiptNumber, Refusal? Refusal);

/// <summary>Acts on cases in bulk, each in a commit of its own: what is refused for one does not keep the others from it.</summary>
internal sealed class ActOnCases(Commit commit, Reads reads, Queues queues, Authorities authorities, StaffActors staff, IOptions<SuperviseSettings> settings, TimeProvider time) : IUseCase
{
    /// <summary>Most cases at once.</summary>
    public const int MostAtOnce = 100;

    /// <inheritdoc/>
    public static Permission Needs => Permission.Supervise;

    /// <summary>Acts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="MostAtOnce"/>.</exception>
    public async Task<Answer<IReadOnlyList<CaseResult>>> Handle(Actor actor, IReadOnlyCollection<CaseId> cases, CaseAction action, CancellationToken cancel = default)
    {
        Bound(cases);
        if (!actor.May(Needs))
            return Refusals.NotPermitted;
        List<CaseResult> results = [];
        foreach (var id in cases)
        {
            ReviewCase? subject = null;
            var answer = await commit.Run<ActOnCases, Done>(actor, async unit =>
            {
                var found = await CasesInReach.Find(unit.Db, actor, id, cancel);
                if (found.Refusal is { } notFound)
                    return notFound;
                subject = found.Value;
                return await Apply(unit.Db, actor, subject, action, [], unit.Now, cancel) is { } refusal ? refusal : default(Done);
            }, cancel);
            results.Add(new(id, subject?.ReceiptNumber, answer.Refusal));
        }

        return results;
    }

    /// <summary>What would become of them now: the same verbs, on copies that are thrown away.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="MostAtOnce"/>.</exception>
    public Task<Answer<IReadOnlyList<CaseResult>>> Preview(Actor actor, IReadOnlyCollection<CaseId> cases, CaseAction action, CancellationToken cancel = default)
    {
        Bound(cases);
        return reads.Run<ActOnCases, IReadOnlyList<CaseResult>>(actor, async db =>
        {
            List<CaseResult> results = [];
            HashSet<Guid> given = [];
            foreach (var id in cases)
            {
                var found = await CasesInReach.Find(db, actor, id, cancel);
                results.Add(found.Refusal is { } notFound ? new(id, null, notFound) : new(id, found.Value.ReceiptNumber, await Apply(db, actor, found.Value, action, given, time.GetUtcNow(), cancel)));
            }

            return results;
        }, cancel);
    }

    private static void Bound(IReadOnlyCollection<CaseId> cases) => ArgumentOutOfRangeException.ThrowIfGreaterThan(cases.Count, MostAtOnce, nameof(cases));

    private async Task<Refusal?> Apply(ReviewDb db, Actor actor, ReviewCase subject, CaseAction action, HashSet<Guid> given, DateTimeOffset now, CancellationToken cancel) => action switch
    {
        CaseAction.TakeBack => subject.TakeBack(now),
        CaseAction.Give give => await Give(db, subject, give.To, given, now, cancel),
        CaseAction.Redirect to => Redirect(actor, subject, to.Queue ?? subject.Queue, to.Authority ?? subject.Authority, now),
        CaseAction.Prioritise set => subject.Prioritise(set.Priority, set.Why),
        _ => throw new InvalidOperationException($"no such action: {action.GetType().Name}"),
    };

    /// <summary>Only who may and can take the case up: on duty, within reach, not their own, and with nothing kept ready.</summary>
    private async Task<Refusal?> Give(ReviewDb db, ReviewCase subject, Guid to, HashSet<Guid> given, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == to && u.DisabledAt == null, cancel) is not { } user)
            return new Refusal("PERSON_UNKNOWN");
        var person = staff.Of(user);
        if (queues.Find(subject.Queue) is not { } queue || !person.May(queue.Takes) || !person.Reaches(subject.Queue, subject.Authority))
            return new Refusal("PERSON_OUT_OF_REACH", user.DisplayName);
        if (!person.OnDuty)
            return new Refusal("PERSON_OFF_DUTY", user.DisplayName);
        if (await CasesInReach.IsOwn(db, person, subject, cancel))
            return Refusals.Recused;
        var who = person.Reviewer;
        if (given.Contains(to) || await db.Cases.AnyAsync(c => c.Holder == who && c.State == CaseState.Claimed && c.Prefetched && c.LeaseUntil > now && c.Id != subject.Id, cancel))
            return new Refusal("PERSON_HAS_ONE_READY", user.DisplayName);
        var refused = subject.Give(who, TimeSpan.FromMinutes(settings.Value.KeepMinutes), now);
        if (refused is null)
            given.Add(to);
        return refused;
    }

    private Refusal? Redirect(Actor actor, ReviewCase subject, string queue, string authority, DateTimeOffset now) =>
        queues.Find(queue) is not { } to || authorities.Find(authority) is null || !actor.Reaches(queue, authority) ? Refusals.NotFound
        : (to.Subject is { } type && type != queues.Find(subject.HomeQueue)?.Subject) || to.LooksAt != queues.Find(subject.HomeQueue)?.LooksAt ? new Refusal("QUEUE_OTHER_SUBJECT")
        : subject.Redirect(queue, authority, now);
}
