using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Calendar;

/// <summary>A case in a digest.</summary>
/// <param name="Id">The case.</param>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="Level">What was told of it last in that window.</param>
/// <param name="Targets">Its due times now.</param>
/// <param name="Paused">True while its clock is paused.</param>
/// <param name="StoppedAt">When its clock stopped; null while it runs.</param>
public sealed record ToldCase(CaseId Id, string ReceiptNumber, SlaState Level, SlaTargets Targets, bool Paused, DateTimeOffset? StoppedAt);

/// <summary>Everything that one person is told in one window: one message, however many cases (SLA-4).</summary>
/// <param name="Window">The Shanghai date of the window.</param>
/// <param name="LastAt">When the last of it was told.</param>
/// <param name="Unread">True where some of it was told after the person last looked.</param>
/// <param name="Counts">Cases by the last state that was told.</param>
/// <param name="Cases">The most urgent of them, at most <see cref="MessagesQuery.MostCases"/>.</param>
public sealed record Digest(DateOnly Window, DateTimeOffset LastAt, bool Unread, ImmutableSortedDictionary<SlaState, int> Counts, ImmutableArray<ToldCase> Cases);

/// <summary>A note that names the person.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Case">The case.</param>
/// <param name="ReceiptNumber">受理号.</param>
/// <param name="By">Name of the colleague who wrote it.</param>
/// <param name="Note">The note; null while it is sealed, or once a correction replaced it.</param>
/// <param name="At">When it was told.</param>
/// <param name="Unread">True where that was after the person last looked.</param>
public sealed record NoteForMe(Guid Id, CaseId Case, string ReceiptNumber, string By, string? Note, DateTimeOffset At, bool Unread);

/// <summary>What a person was told: of clocks that run out, one digest a window, and of notes that name the person, newest first.</summary>
/// <remarks>A digest is not written for each person: it is what was told in the person's reach, read together. So nobody is told twice or forgotten, whatever restarts.</remarks>
public sealed class MessagesQuery(Reads reads, TimeProvider time) : IUseCase, INavAlarm
{
    /// <summary>Most cases that a digest names.</summary>
    public const int MostCases = 20;

    private const int MostTold = 5_000;
    private const int MostMentions = 50;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    /// <inheritdoc/>
    public static Permission Needs => Permission.GetMessages;

    /// <inheritdoc/>
    public string Route => "/messages";

    /// <summary>The digests of the last fourteen days.</summary>
    public Task<Answer<ImmutableArray<Digest>>> Handle(Actor actor, CancellationToken cancel = default) => reads.Run<MessagesQuery, ImmutableArray<Digest>>(actor, async db =>
    {
        var read = await ReadUntil(db, actor, cancel);
        var told = await Told(db, actor, time.GetUtcNow() - Kept).OrderByDescending(w => w.TellAt).Take(MostTold).ToListAsync(cancel);
        // Of a case that was told several times in a window the last counts.
        var windows = told.GroupBy(w => Shanghai.DateOf(w.TellAt)).Select(window => (
            Date: window.Key, LastAt: window.Max(w => w.TellAt), Cases: window.GroupBy(w => w.Case).Select(c => c.MaxBy(w => w.Level)!).OrderByDescending(w => w.Level).ThenBy(w => w.Case).ToList())).ToList();
        var named = windows.SelectMany(window => window.Cases.Take(MostCases)).Select(w => w.Case).Distinct().ToList();
        var cases = await db.Cases.Where(c => named.Contains(c.Id))
            .Select(c => new { c.Id, c.ReceiptNumber, c.HalfAt, c.PressingAt, c.DueAt, c.Paused, StoppedAt = c.DecidedAt ?? c.ClosedAt })
            .ToDictionaryAsync(c => c.Id, cancel);
        return windows.Select(window => new Digest(
            window.Date, window.LastAt, window.LastAt > read,
            window.Cases.CountBy(w => w.Level).ToImmutableSortedDictionary(),
            [.. window.Cases.Take(MostCases).Select(w => (w.Level, Case: cases[w.Case])).Select(w =>
                new ToldCase(w.Case.Id, w.Case.ReceiptNumber, w.Level, new(w.Case.HalfAt, w.Case.PressingAt, w.Case.DueAt), w.Case.Paused, w.Case.StoppedAt))])).ToImmutableArray();
    }, cancel);

    /// <inheritdoc/>
    public bool Follows(DomainEvent happened) => happened is ClockWarned or ColleagueMentioned;

    /// <summary>The notes of the last fourteen days that name the person, newest first; of cases out of reach by now nothing is said (WORK-7).</summary>
    public Task<Answer<ImmutableArray<NoteForMe>>> Mentions(Actor actor, CancellationToken cancel = default) => reads.Run<MessagesQuery, ImmutableArray<NoteForMe>>(actor, async db =>
    {
        var read = await ReadUntil(db, actor, cancel);
        var told = await Named(db, actor, time.GetUtcNow() - Kept).OrderByDescending(m => m.TellAt).ThenByDescending(m => m.Id).Take(MostMentions)
            .Join(db.Cases, m => m.Case, c => c.Id, (m, c) => new { m.TellAt, m.Id, m.By, m.Case, c.ReceiptNumber, c.Verdict }).ToListAsync(cancel);
        var writers = told.Select(m => m.By.Value).Distinct().ToList();
        var names = await db.Users.Where(u => writers.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        return told.OrderByDescending(m => m.TellAt).ThenByDescending(m => m.Id)
            .Select(m => new NoteForMe(m.Id, m.Case, m.ReceiptNumber, names.GetValueOrDefault(m.By.Value, ""), m.Verdict?.Note, m.TellAt, m.TellAt > read)).ToImmutableArray();
    }, cancel);

    /// <summary>How many digests have something new in them, and how many notes that name the person are new.</summary>
    public async Task<int> Count(Actor actor)
    {
        if (!actor.May(Needs))
            return 0;
        var answer = await reads.Run<MessagesQuery, int>(actor, async db =>
        {
            var read = await ReadUntil(db, actor, CancellationToken.None);
            var told = Told(db, actor, read);
            var moments = await told.OrderByDescending(w => w.TellAt).Select(w => w.TellAt).Take(MostTold).ToListAsync();
            return moments.Select(Shanghai.DateOf).Distinct().Count() + await Named(db, actor, read).CountAsync();
        });
        return answer.Value;
    }

    private async Task<DateTimeOffset> ReadUntil(ReviewDb db, Actor actor, CancellationToken cancel)
    {
        var kept = time.GetUtcNow() - Kept;
        var mark = await db.ReadMarks.Where(m => m.User == actor.Staff).Select(m => (DateTimeOffset?)m.Until).SingleOrDefaultAsync(cancel);
        return mark > kept ? mark.Value : kept;
    }

    private IQueryable<Mention> Named(ReviewDb db, Actor actor, DateTimeOffset after)
    {
        var (queues, places, now) = (actor.Queues.ToArray(), actor.Authorities.ToArray(), time.GetUtcNow());
        return db.Mentions.Where(m => m.User == actor.Staff && m.TellAt > after && m.TellAt <= now
            && db.Cases.Any(c => c.Id == m.Case && places.Contains(c.Authority) && (queues.Contains(c.Queue) || queues.Contains(c.HomeQueue))));
    }

    private IQueryable<ClockWarning> Told(ReviewDb db, Actor actor, DateTimeOffset after)
    {
        var (queues, places, now) = (actor.Queues.ToArray(), actor.Authorities.ToArray(), time.GetUtcNow());
        return db.ClockWarnings.Where(w => w.TellAt > after && w.TellAt <= now && queues.Contains(w.Queue) && places.Contains(w.Authority));
    }
}

/// <summary>Notes that a person has seen what was told.</summary>
public sealed class ReadMessages(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.GetMessages;

    /// <summary>Notes it.</summary>
    /// <param name="actor">The person.</param>
    /// <param name="until">The last of what was seen.</param>
    /// <param name="cancel">Cancels before it is saved.</param>
    public Task<Answer<Done>> Handle(Actor actor, DateTimeOffset until, CancellationToken cancel = default) => commit.Run<ReadMessages, Done>(actor, async unit =>
    {
        var user = actor.Reviewer.Value;
        if (await unit.Db.ReadMarks.SingleOrDefaultAsync(m => m.User == user, cancel) is { } mark)
            mark.Until = mark.Until > until ? mark.Until : until;
        else
            unit.Db.ReadMarks.Add(new() { User = user, Until = until });
        return default(Done);
    }, cancel);
}
