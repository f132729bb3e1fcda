using ReviewConsole.Data.Outbox;

namespace ReviewConsole.Features.Finalise;

/// <summary>What follows when a decision takes effect, when an applicant does not answer, and when an outcome is corrected.</summary>
public static class FinaliseFeature
{
    /// <summary>Adds the workers, the use case and what an approval of each subject gives.</summary>
    public static IServiceCollection AddFinalise(this IServiceCollection services) => services
        .AddSingleton<IApprovalEffect, IssueELicence>()
        .AddSingleton<IApprovalEffect, AuthenticateApplicant>()
        .AddSingleton<ApprovalEffects>()
        .AddSingleton<CorrectCase>().AddSingleton<CorrectionQuery>()
        .AddSingleton<IOutboxWorker, FinaliseCase>()
        .AddSingleton<IOutboxWorker, ReevaluateLicence>()
        .AddSingleton<IOutboxWorker, LapseCase>()
        .AddSingleton<IOutboxWorker, RemindApplicant>();
}
