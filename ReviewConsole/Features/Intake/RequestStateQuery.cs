using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;

namespace ReviewConsole.Features.Intake;

/// <summary>Where a request stands, as the applicant may see it.</summary>
internal enum ApplicantState
{
    /// <summary>Taken in.</summary>
    Received,

    /// <summary>Waits for a reviewer or lies before one. A held decision reads so, too: until the hold ends nothing has happened (WORK-3).</summary>
    InReview,

    /// <summary>The applicant was asked for more.</summary>
    InformationRequested,

    /// <summary>通过.</summary>
    Approved,

    /// <summary>驳回.</summary>
    Rejected,

    /// <summary>移交.</summary>
    Referred,

    /// <summary>The applicant did not answer in time.</summary>
    Lapsed,

    /// <summary>The applicant took it back.</summary>
    Withdrawn,
}

/// <summary>A request as the applicant may see it.</summary>
/// <param name="Id">Id of the request.</param>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="DueAt">Until when it is to be decided; null while the applicant is asked, and after the end.</param>
/// <param name="ClosedAt">When it ended; null before.</param>
/// <param name="Reasons">Why it was rejected, or what is missing; empty elsewhere.</param>
/// <param name="Text">The reviewer's own words beside the reasons; null where there are none.</param>
/// <param name="Deadline">Until when the applicant may answer; null where nothing was asked.</param>
/// <param name="NextStep">What the applicant does after a rejection: the weightiest step of its reasons.</param>
internal sealed record RequestState(
    Guid Id, string ReceiptNumber, ApplicantState State, DateTimeOffset ReceivedAt, DateTimeOffset? DueAt, DateTimeOffset? ClosedAt,
    IReadOnlyList<ReasonForApplicant> Reasons, string? Text, DateTimeOffset? Deadline, NextStep? NextStep);

/// <summary>Tells where a request stands, to the client that handed it in.</summary>
internal sealed class RequestStateQuery(Reads reads, IntakeWords words) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Intake;

    /// <summary>Answers.</summary>
    public Task<Answer<RequestState>> Handle(Actor client, Guid id, CancellationToken cancel) => reads.Run<RequestStateQuery, RequestState>(client, async db =>
        await Own(db, client, id, cancel) is { } found ? Of(found, words, await EarliestReplacement(db, found, cancel)) : Refusals.NotFound, cancel);

    /// <summary>A request that the client itself handed in; what others handed in is not there for it.</summary>
    public static async Task<ReviewCase?> Own(ReviewDb db, Actor client, Guid id, CancellationToken cancel) =>
        await db.Cases.SingleOrDefaultAsync(c => c.Id == new CaseId(id), cancel) is { } found && found.Ledger[0].By == client.Id ? found : null;

    /// <summary>The request in the applicant's words.</summary>
    public static RequestState Of(ReviewCase found, IntakeWords words, DateOnly? replacementFrom = null)
    {
        var state = StateOf(found);
        var told = state switch
        {
            ApplicantState.InformationRequested => found.Asked,
            ApplicantState.Rejected => found.Verdict,
            _ => null,
        };
        ReasonForApplicant[] reasons = told is null ? [] : [.. told.Reasons.Select(code => words.For(code, replacementFrom))];
        return new(
            found.Id.Value,
            found.ReceiptNumber,
            state,
            Shanghai.In(found.ReceivedAt),
            state is ApplicantState.Received or ApplicantState.InReview ? Shanghai.In(found.DueAt) : null,
            found.ClosedAt is { } closed ? Shanghai.In(closed) : null,
            reasons,
            told?.Text,
            state == ApplicantState.InformationRequested && found.AnswerBy is { } by ? Shanghai.In(by) : null,
            state == ApplicantState.Rejected && reasons.Length > 0 ? reasons.Max(r => r.NextStep) : null);
    }

    private static ApplicantState StateOf(ReviewCase found) => found.State switch
    {
        CaseState.Received => ApplicantState.Received,
        CaseState.Open or CaseState.Claimed or CaseState.Decided => ApplicantState.InReview,
        CaseState.Returned => ApplicantState.InformationRequested,
        _ => found.Outcome switch
        {
            Outcome.Approved => ApplicantState.Approved,
            Outcome.Rejected => ApplicantState.Rejected,
            Outcome.Referred => ApplicantState.Referred,
            Outcome.Lapsed => ApplicantState.Lapsed,
            _ => ApplicantState.Withdrawn,
        },
    };

    private static async Task<DateOnly?> EarliestReplacement(ReviewDb db, ReviewCase found, CancellationToken cancel) =>
        found.Verdict?.Reasons.Contains(PhotoReplacement.TooSoon) == true
        && await db.ELicences.SingleOrDefaultAsync(e => e.ApplicantId == found.Applicant && e.WithdrawnAt == null, cancel) is { } held
            ? PhotoReplacement.EarliestDay(held)
            : null;
}
