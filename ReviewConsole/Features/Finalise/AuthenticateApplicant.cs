using Microsoft.EntityFrameworkCore;
using ReviewConsole.Data;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;

namespace ReviewConsole.Features.Finalise;

/// <summary>An approved ID-photo submission completes real-person authentication (实人认证, REG-2).</summary>
public sealed class AuthenticateApplicant : IApprovalEffect
{
    /// <inheritdoc/>
    public Type Subject => typeof(IdPhotoSubmission);

    /// <inheritdoc/>
    public async Task<string?> Give(UnitOfWork unit, ReviewCase subject, CancellationToken cancel)
    {
        (await Applicant(unit, subject, cancel)).Authenticate();
        return null;
    }

    /// <inheritdoc/>
    public Task<string?> Foresee(ReviewDb db, ReviewCase subject, DateTimeOffset now, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public async Task TakeBack(UnitOfWork unit, ReviewCase subject, CancellationToken cancel) => (await Applicant(unit, subject, cancel)).Demote();

    private static Task<Applicant> Applicant(UnitOfWork unit, ReviewCase subject, CancellationToken cancel) =>
        unit.Db.Applicants.SingleAsync(a => a.Id == subject.Applicant, cancel);
}
