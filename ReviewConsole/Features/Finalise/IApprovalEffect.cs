using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Finalise;

/// <summary>What the approval of one type of subject gives, and how that is taken back.</summary>
public interface IApprovalEffect
{
    /// <summary>The type of subject.</summary>
    Type Subject { get; }

    /// <summary>Gives it. It cannot be refused any more: where there is nothing left to give, the applicant is told so.</summary>
    /// <returns>Id of the notice to send instead of the ordinary one; null for the ordinary one.</returns>
    Task<string?> Give(UnitOfWork unit, ReviewCase subject, CancellationToken cancel);

    /// <summary>What the applicant would be told instead of the ordinary notice, were it given now; null for the ordinary one.</summary>
    Task<string?> Foresee(ReviewDb db, ReviewCase subject, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Takes back what the approval of this case gave, as far as it is still there (WORK-3).</summary>
    Task TakeBack(UnitOfWork unit, ReviewCase subject, CancellationToken cancel);
}

/// <summary>Finds the effect that belongs to a case: that of the subject of the queue that it came in by.</summary>
public sealed class ApprovalEffects(Queues queues, IEnumerable<IApprovalEffect> effects)
{
    private readonly Dictionary<Type, IApprovalEffect> bySubject = effects.ToDictionary(effect => effect.Subject);

    /// <summary>The effect of approving <paramref name="subject"/>; null where an approval only closes the case.</summary>
    public IApprovalEffect? Of(ReviewCase subject) =>
        queues.Find(subject.HomeQueue)?.Subject is { } type ? bySubject.GetValueOrDefault(type) : null;
}
