using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Data.Audit;
using ReviewConsole.Data.Pictures;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Licences;
using ReviewConsole.Domain.People;
using ReviewConsole.Domain.Subjects;
using ReviewConsole.Photos;

namespace ReviewConsole.Features.Desk;

/// <summary>Reads what the case page shows.</summary>
public sealed class CaseQuery(
    Reads reads, Queues queues, Reasons reasons, LicenceLetters letters, RegistrationRights rights, ApprovalBar bar, TimeProvider time) : IUseCase
{
    private const int LongestHistory = 200;

    /// <inheritdoc/>
    public static Permission Needs => Permission.SeeCases;

    /// <summary>The case as <paramref name="actor"/> may see it now.</summary>
    public Task<Answer<CaseView>> Handle(Actor actor, CaseId id, CancellationToken cancel = default) => reads.Run<CaseQuery, CaseView>(actor, async db =>
    {
        var found = await CasesInReach.Find(db, actor, id, cancel);
        if (found.Refusal is { } refusal)
            return refusal;
        var (subject, now) = (found.Value, time.GetUtcNow());
        var who = actor.Staff is { } staff ? new ReviewerId(staff) : default;
        var mine = subject.Holder == who && (subject.State == CaseState.Decided || subject.InHand(who, subject.Token, now));
        var applicant = await db.Applicants.SingleAsync(a => a.Id == subject.Applicant, cancel);
        var all = await db.Pictures.Where(p => p.Subject == subject.Subject).ToListAsync(cancel);
        var current = CurrentPictures.Of(all);
        var others = await Data.Duplicates.OtherSenders(db, subject.Applicant, all, cancel);
        var pictures = Pictures(current, others);
        var reveals = mine && queues.Find(subject.HomeQueue)!.ClaimReveals;
        var holder = subject.Holder is { } held && held != who && (subject.State == CaseState.Decided || now < subject.LeaseUntil)
            ? await db.Users.Where(u => u.Id == held.Value).Select(u => u.DisplayName).SingleOrDefaultAsync(cancel)
            : null;
        var free = subject.State == CaseState.Open || (subject.State == CaseState.Claimed && (now >= subject.LeaseUntil || subject.Holder == who));
        var first = subject.Original is { } original ? await db.Cases.SingleAsync(c => c.Id == original, cancel) : null;
        var recused = subject.IsRecused(who) || (actor.OwnDocument is { } own && db.IndexOf(applicant.Document) == own);
        var against = await bar.Against(db, subject, now, cancel);
        return new CaseView(
            id, subject.ReceiptNumber, subject.Queue, subject.HomeQueue, subject.Authority, subject.State, subject.Outcome, subject.Verdict, subject.Asked, subject.AnswerBy,
            subject.ReceivedAt, new(subject.HalfAt, subject.PressingAt, subject.DueAt), subject.Paused, subject.DecidedAt ?? subject.ClosedAt,
            mine ? new Claim(id, subject.Token) : null, holder, mine ? subject.HeldUntil : null,
            free && !recused && !subject.MustBeAnother(who) && actor.Reaches(subject.Queue, subject.Authority) && actor.May(queues.Find(subject.Queue)!.Takes),
            await Facts(db, actor, subject, first, applicant, reveals, cancel),
            await Facts(db, subject, applicant, first?.DecidedAt ?? now, cancel),
            pictures,
            subject.State == CaseState.Closed ? null : against,
            await Issued(db, id, cancel),
            recused,
            await Duplicates(db, actor, subject, cancel),
            Suggest(subject, pictures, against),
            await History(db, id, cancel),
            await db.Drafts.Where(d => d.Case == id && d.Reviewer == who).Select(d => d.Content).SingleOrDefaultAsync(cancel) is { } draft ? Draft.Read(draft) : Draft.Empty)
        {
            ReasonQueue = queues.ReasonsOf(subject.HomeQueue),
            LooksAgain = first is not null,
            Barred = subject.MustBeAnother(who),
            Comparison = subject.State == CaseState.Closed ? await SecondLooksInReach.ComparisonOf(db, actor, subject, cancel) : null,
            Correctable = subject.Outcome is Outcome.Approved or Outcome.Rejected or Outcome.Referred && actor.May(Permission.Correct),
            EarlierPictures = Pictures(CurrentPictures.Of(all.Except(current)), others).ConvertAll(p => p with { Superseded = true }),
        };
    }, cancel);

    // A second look sees what the first person saw: what came later could tell what was decided (WORK-6).
    private async Task<ApplicantFacts> Facts(ReviewDb db, Actor actor, ReviewCase subject, ReviewCase? first, Applicant applicant, bool reveals, CancellationToken cancel)
    {
        var sent = await WhoAsks.Of(db, subject, cancel);
        var (home, before) = (queues.ReasonsOf(subject.HomeQueue), first?.ReceivedAt ?? DateTimeOffset.MaxValue);
        var earlier = await db.Cases.Where(c => c.Applicant == subject.Applicant && c.HomeQueue == home && c.State == CaseState.Closed && c.Id != subject.Id && c.ClosedAt < before)
            .OrderByDescending(c => c.ClosedAt).Take(5).ToListAsync(cancel);
        var hidden = await SecondLooksInReach.HiddenAmong(db, actor, earlier.ConvertAll(c => c.Id), cancel);
        earlier.RemoveAll(c => hidden.Contains(c.Id));
        var level = first is not null && queues.Find(home)!.Subject == typeof(IdPhotoSubmission)
            ? await db.Submissions.Where(s => s.Id == subject.Subject).Select(s => s.Level).SingleAsync(cancel)
            : applicant.Level;
        var citizen = applicant.Document.CitizenId;
        return new(
            reveals ? sent.Name.Value : sent.Name.Masked,
            reveals ? applicant.Document.Number : applicant.Document.Masked,
            applicant.Document.Kind, sent.Phone.Masked, applicant.PhoneSource, level,
            citizen?.Sex, citizen?.AreaCode, reveals,
            earlier.ConvertAll(c => new EarlierCase(c.Id, c.ReceiptNumber, c.Outcome!.Value, c.ClosedAt!.Value, c.Verdict?.Reasons ?? [])));
    }

    private async Task<SubjectFacts> Facts(ReviewDb db, ReviewCase subject, Applicant applicant, DateTimeOffset at, CancellationToken cancel)
    {
        if (queues.Find(subject.HomeQueue)!.Subject == typeof(ELicenceApplication))
        {
            var application = await db.Applications.SingleAsync(a => a.Id == subject.Subject, cancel);
            var (licence, verdict) = await LicenceStanding.Of(db, application.Licence, applicant.Document, applicant.Level, letters, at, cancel);
            return new ELicenceFacts(
                application.Kind, application.PhotoSource, application.OnFileTaken,
                new(licence.Status, licence.Classes, licence.ValidFrom, licence.ValidTo, licence.Authority, licence.ExtensionUntil, licence.SourceTime, verdict),
                letters.Read(licence.Status).Known);
        }

        var submission = await db.Submissions.SingleAsync(s => s.Id == subject.Subject, cancel);
        return new IdPhotoFacts(
            submission.Validity, applicant.Document.CitizenId is { } id ? submission.Validity.Judge(id, Shanghai.DateOf(at)).Warnings : [],
            submission.Score, submission.Attempts, rights.Unlocked(subject.Original is null ? applicant.Level : submission.Level, RegistrationLevel.RealPerson));
    }

    private static Task<IssuedELicence?> Issued(ReviewDb db, CaseId id, CancellationToken cancel) =>
        db.ELicences.Where(e => e.CaseId == id.Value).OrderByDescending(e => e.IssuedAt).Select(e => new IssuedELicence(e.IssuedAt, e.WithdrawnAt, e.WithdrawnWhy)).FirstOrDefaultAsync(cancel);

    // A case out of reach is said to be there, and no more.
    private static async Task<List<DuplicateView>> Duplicates(ReviewDb db, Actor actor, ReviewCase subject, CancellationToken cancel)
    {
        var all = await Data.Duplicates.Of(db, subject, cancel);
        var hidden = await SecondLooksInReach.HiddenAmong(db, actor, all.ConvertAll(found => found.Other.Id), cancel);
        return all.ConvertAll(found =>
            actor.Reaches(found.Other.HomeQueue, found.Other.Authority) || actor.Reaches(found.Other.Queue, found.Other.Authority)
                ? new DuplicateView(found.Kind, found.Other.Id, found.Other.ReceiptNumber, found.Other.Authority, found.Other.State, hidden.Contains(found.Other.Id) ? null : found.Other.Outcome)
                : new DuplicateView(found.Kind, null, "", found.Other.Authority, found.Other.State, null));
    }

    private static List<PictureFactsView> Pictures(IEnumerable<Picture> pictures, Dictionary<string, int> others) =>
        [.. pictures.Select(p => new PictureFactsView(p.Id, p.Kind, p.Width, p.Height, p.Facts.CapturedAt, p.StoredAt, p.Report, others.GetValueOrDefault(p.ContentMark)))];

    private IReadOnlyList<string> Suggest(ReviewCase subject, IEnumerable<PictureFactsView> pictures, Refusal? against)
    {
        HashSet<string> codes = [];
        foreach (var check in pictures.SelectMany(p => p.Report?.Checks ?? []))
        {
            // 'single-face' fails in two ways, which the catalogue tells apart.
            string[] results = check.Result != CheckResult.Fail ? [] : check.Id == "single-face" ? [check.Value > 1 ? "more than one" : "none"] : ["fail"];
            codes.UnionWith(results.SelectMany(result => reasons.SuggestedBy(check.Id, result)).Select(reason => reason.Code));
        }

        if (against is not null)
            codes.Add(against.Code);
        return [.. reasons.For(queues.ReasonsOf(subject.HomeQueue)).Select(reason => reason.Code).Where(codes.Contains)];
    }

    // The moves of the clock say nothing that the events beside them do not.
    private static async Task<List<ChangeLine>> History(ReviewDb db, CaseId id, CancellationToken cancel) =>
        [.. (await StreamHistory.Read(db, CaseEvent.StreamOf(id), LongestHistory, cancel)).Where(line => line.Kind != nameof(ClockMoved)).Reverse()];
}
