using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Features.Desk;

/// <summary>A colleague who can be named in the internal note of a case.</summary>
/// <param name="Id">The colleague.</param>
/// <param name="Handle">What stands behind the <c>@</c>: the name, and the account where two have the same name.</param>
/// <param name="Account">Name of the account.</param>
public sealed record Colleague(Guid Id, string Handle, string Account)
{
    private readonly string initials = Pinyin.Initials(Handle);

    /// <summary>True where somebody who typed this may mean the colleague: a part of the name, the beginning of its pinyin initials, or that of the account.</summary>
    public bool IsMeant(string typed) =>
        Handle.Contains(typed, StringComparison.OrdinalIgnoreCase) || initials.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || Account.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The colleagues who may see a case: who else could make something of a note about it?</summary>
public sealed class ColleaguesQuery(Reads reads, StaffActors staff) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.Review;

    /// <summary>All of them, by name.</summary>
    public Task<Answer<List<Colleague>>> Handle(Actor actor, CaseId id, CancellationToken cancel = default) => reads.Run<ColleaguesQuery, List<Colleague>>(actor, async db =>
    {
        var found = await CasesInReach.Find(db, actor, id, cancel);
        return found.Refusal is { } refusal ? refusal : await Mentions.Colleagues(db, staff, actor, found.Value, cancel);
    }, cancel);
}

/// <summary>Who is named in a note.</summary>
internal static class Mentions
{
    private const char Sign = '@';

    public static bool Any(string? note) => note?.Contains(Sign, StringComparison.Ordinal) == true;

    public static async Task<List<Colleague>> Colleagues(ReviewDb db, StaffActors staff, Actor actor, ReviewCase subject, CancellationToken cancel)
    {
        var everybody = await db.Users.AsNoTracking().Where(u => u.DisabledAt == null && u.Id != actor.Staff).ToListAsync(cancel);
        var able = everybody.FindAll(user => staff.Of(user) is var one && one.May(Permission.SeeCases) && (one.Reaches(subject.Queue, subject.Authority) || one.Reaches(subject.HomeQueue, subject.Authority)));
        var twice = able.CountBy(user => user.DisplayName, StringComparer.Ordinal).Where(name => name.Value > 1).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
        return [.. able.Select(user => new Colleague(user.Id, twice.Contains(user.DisplayName) ? $"{user.DisplayName}({user.UserName})" : user.DisplayName, user.UserName!)).OrderBy(one => one.Handle, StringComparer.Ordinal)];
    }

    /// <summary>Each colleague whose handle stands behind an <c>@</c>, once; of two handles the longer one is meant.</summary>
    public static List<Colleague> In(string? note, IReadOnlyList<Colleague> colleagues)
    {
        List<Colleague> named = [];
        for (var at = note?.IndexOf(Sign, StringComparison.Ordinal) ?? -1; at >= 0; at = note!.IndexOf(Sign, at + 1))
        {
            var after = note![(at + 1)..];
            if (colleagues.Where(one => after.StartsWith(one.Handle, StringComparison.Ordinal)).MaxBy(one => one.Handle.Length) is { } meant && !named.Contains(meant))
                named.Add(meant);
        }

        return named;
    }

    /// <summary>The word behind the last <c>@</c> while it is still being typed; null where none is.</summary>
    public static string? Typed(string note) => note.LastIndexOf(Sign) is >= 0 and var at && note[(at + 1)..] is var word && !word.Any(char.IsWhiteSpace) ? word : null;

    /// <summary>The note with the word that was being typed replaced by the colleague's handle.</summary>
    public static string With(string note, Colleague colleague) => $"{note[..(note.LastIndexOf(Sign) + 1)]}{colleague.Handle} ";

    public static void Note(UnitOfWork unit, CaseId id, List<Colleague> named, DateTimeOffset tellAt)
    {
        foreach (var one in named)
        {
            unit.Db.Mentions.Add(new() { Id = Guid.CreateVersion7(unit.Now), Case = id, User = one.Id, By = unit.Actor.Reviewer, TellAt = tellAt });
            unit.Record(new ColleagueMentioned(id, unit.Actor.Reviewer, one.Id));
        }
    }

    /// <summary>Nobody is told of a note whose decision was undone.</summary>
    public static async Task TakeBack(UnitOfWork unit, CaseId id, CancellationToken cancel) =>
        unit.Db.Mentions.RemoveRange(await unit.Db.Mentions.Where(m => m.Case == id && m.TellAt > unit.Now).ToListAsync(cancel));
}
