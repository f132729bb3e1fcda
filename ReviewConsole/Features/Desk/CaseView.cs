using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Desk;

/// <summary>Everything that the case page shows of a case, at one moment.</summary>
/// <param name="Id">The case.</param>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="Queue">The queue that it waits in.</param>
/// <param name="HomeQueue">The queue that it came in by: its reasons.</param>
/// <param name="Authority">Code of the issuing authority.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Verdict">What was decided; not shown while it is another person's sealed proposal.</param>
/// <param name="Asked">What the applicant was asked for.</param>
/// <param name="AnswerBy">Until when the applicant may answer.</param>
/// <param name="ReceivedAt">Receipt.</param>
/// <param name="Targets">Due times.</param>
/// <param name="Paused">True while the clock is paused with time left.</param>
/// <param name="StoppedAt">When the clock stopped: at the decision, or when the case was closed without one.</param>
/// <param name="Claim">The reader's own claim; null for everybody else.</param>
/// <param name="HeldBy">Who else holds it.</param>
/// <param name="HeldUntil">End of the hold of the reader's own decision.</param>
/// <param name="Claimable">True where the reader could claim it now.</param>
/// <param name="Applicant">Who asks; masked, but for what a claim of the ID-photo queue reveals.</param>
/// <param name="Subject">What is reviewed.</param>
/// <param name="Pictures">The current pictures.</param>
/// <param name="Against">What stands against an approval now.</param>
/// <param name="Issued">The e-licence that the approval of this case issued last; null where there is none.</param>
/// <param name="Recused">True where the reader declared a conflict of interest, or the case is the reader's own (WORK-7).</param>
/// <param name="Duplicates">Other requests with the same picture, document or phone (WORK-8).</param>
/// <param name="Suggested">Reasons that the checks and the rules suggest, in the order of the catalogue.</param>
/// <param name="History">What happened, oldest first.</param>
/// <param name="Draft">The reader's draft.</param>
public sealed record CaseView(
    CaseId Id, string ReceiptNumber, string Queue, string HomeQueue, string Authority, CaseState State, Outcome? Outcome, Verdict? Verdict, Verdict? Asked, DateTimeOffset? AnswerBy,
    DateTimeOffset ReceivedAt, SlaTargets Targets, bool Paused, DateTimeOffset? StoppedAt, Claim? Claim, string? HeldBy, DateTimeOffset? HeldUntil, bool Claimable, ApplicantFacts Applicant, SubjectFacts Subject,
    IReadOnlyList<PictureFactsView> Pictures, Refusal? Against, IssuedELicence? Issued, bool Recused, IReadOnlyList<DuplicateView> Duplicates, IReadOnlyList<string> Suggested, IReadOnlyList<ChangeLine> History, Draft Draft)
{
    /// <summary>The queue whose reasons hold.</summary>
    public string ReasonQueue { get; init; } = HomeQueue;

    /// <summary>True for a second look (WORK-6): nobody outside is asked or told anything.</summary>
    public bool LooksAgain { get; init; }

    /// <summary>True where it must be another person than the reader: who proposed, or decided what is looked at again.</summary>
    public bool Barred { get; init; }

    /// <summary>The second look whose comparison the reader may open from here; null where there is none.</summary>
    public CaseId? Comparison { get; init; }

    /// <summary>True where the reader may correct the decision.</summary>
    public bool Correctable { get; init; }

    /// <summary>What the applicant sent in the round before, where it was replaced since: to compare with.</summary>
    public IReadOnlyList<PictureFactsView> EarlierPictures { get; init; } = [];
}

/// <summary>The applicant as the page shows one.</summary>
/// <param name="Name">Masked, or in clear where <paramref name="Revealed"/>.</param>
/// <param name="Document">Masked, or in clear where <paramref name="Revealed"/>.</param>
/// <param name="DocumentKind">Kind of the identity document.</param>
/// <param name="Phone">Masked.</param>
/// <param name="PhoneSource">How the number was confirmed.</param>
/// <param name="Level">Registration level now; of a second look at an authentication, as it was then.</param>
/// <param name="Sex">From the digits of the document's number that its masked form shows; null where the number says nothing.</param>
/// <param name="AreaCode">Likewise.</param>
/// <param name="Revealed">True where the claim shows the compared fields in clear (REC-2).</param>
/// <param name="Earlier">Earlier cases of the same kind, newest first; of a second look, those that the first person saw.</param>
public sealed record ApplicantFacts(
    string Name, string Document, IdentityDocumentKind DocumentKind, string Phone, PhoneSource PhoneSource, RegistrationLevel Level, Sex? Sex, string? AreaCode, bool Revealed,
    IReadOnlyList<EarlierCase> Earlier);

/// <summary>An e-licence as it stands now.</summary>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="WithdrawnAt">Since when it is no longer in force; null while it is.</param>
/// <param name="WithdrawnWhy">Code of the reason.</param>
public sealed record IssuedELicence(DateTimeOffset IssuedAt, DateTimeOffset? WithdrawnAt, string? WithdrawnWhy);

/// <summary>Another request with something in common.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">Its case; null where that is out of the reader's reach.</param>
/// <param name="ReceiptNumber">受理号; empty where out of reach.</param>
/// <param name="Authority">Its issuing authority.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record DuplicateView(DuplicateKind Kind, CaseId? Id, string ReceiptNumber, string Authority, CaseState State, Outcome? Outcome);

/// <summary>An earlier case of the same applicant and kind.</summary>
public sealed record EarlierCase(CaseId Id, string ReceiptNumber, Outcome Outcome, DateTimeOffset ClosedAt, IReadOnlyList<string> Reasons);

/// <summary>What is reviewed; each subject type has its own facts and its own panel.</summary>
public abstract record SubjectFacts;

/// <summary>Facts of an e-licence application.</summary>
/// <param name="Kind">First issue or new photo.</param>
/// <param name="PhotoSource">Where the portrait comes from.</param>
/// <param name="OnFileTaken">Date of the photo on file.</param>
/// <param name="Standing">The licence that counts, and what follows from it.</param>
/// <param name="Letters">The status letters with their names.</param>
public sealed record ELicenceFacts(ApplicationKind Kind, PhotoSource PhotoSource, DateOnly? OnFileTaken, ELicenceStanding Standing, IReadOnlyList<LicenceLetter> Letters) : SubjectFacts;

/// <summary>The licence without its number.</summary>
public sealed record ELicenceStanding(string Status, string Classes, DateOnly ValidFrom, DateOnly? ValidTo, string Authority, DateOnly? ExtensionUntil, DateTimeOffset SourceTime, EligibilityVerdict Verdict);

/// <summary>Facts of an ID-photo submission.</summary>
/// <param name="Validity">The card's validity as entered.</param>
/// <param name="Warnings">What does not fit, for the reviewer to judge (ID-2).</param>
/// <param name="Score">Score of the last failed face comparison, 0 to 1.</param>
/// <param name="Attempts">Failed attempts.</param>
/// <param name="Unlocks">What an approval unlocks (REG-3).</param>
public sealed record IdPhotoFacts(CardValidity Validity, IReadOnlyList<string> Warnings, double Score, int Attempts, IReadOnlyList<AccountRight> Unlocks) : SubjectFacts;

/// <summary>A picture on the page.</summary>
/// <param name="Id">Its id, in the picture's address.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="CapturedAt">When the camera says that it was taken.</param>
/// <param name="StoredAt">When it came in.</param>
/// <param name="Report">What was measured; null where it was given up or is under way.</param>
/// <param name="SharedWith">How many other applicants sent the same file (WORK-8).</param>
public sealed record PictureFactsView(Guid Id, PictureKind Kind, int Width, int Height, DateTimeOffset? CapturedAt, DateTimeOffset StoredAt, PhotoReport? Report, int SharedWith)
{
    /// <summary>True where a later round brought another in its place.</summary>
    public bool Superseded { get; init; }
}
