using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Views;

/// <summary>A saved view.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">The person's name for it.</param>
/// <param name="Address">Where it leads.</param>
public sealed record ViewEntry(Guid Id, string Name, string Address);

/// <summary>A person's saved views, the oldest first.</summary>
public sealed class SavedViewsQuery(Reads reads) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>All of them.</summary>
    public Task<Answer<IReadOnlyList<ViewEntry>>> Handle(Actor actor, CancellationToken cancel = default) => reads.Run<SavedViewsQuery, IReadOnlyList<ViewEntry>>(actor, async db =>
        await db.SavedViews.Where(v => v.User == actor.Staff).OrderBy(v => v.SavedAt).ThenBy(v => v.Id).Select(v => new ViewEntry(v.Id, v.Name, v.Address)).ToListAsync(cancel), cancel);
}

/// <summary>Saves a list as it is filtered.</summary>
public sealed class SaveView(Commit commit) : IUseCase
{
    /// <summary>Most views of a person.</summary>
    public const int Most = 20;

    /// <summary>Longest name, in UTF-16 code units.</summary>
    public const int LongestName = 20;

    private const int LongestAddress = 400;

    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>Saves it. Refused: <c>VIEW_NAME</c>, <c>VIEW_NAME_TAKEN</c>, <c>VIEW_MOST</c>, <c>VIEW_ADDRESS</c>.</summary>
    public Task<Answer<Done>> Handle(Actor actor, string name, string address, CancellationToken cancel = default) => commit.Run<SaveView, Done>(actor, async unit =>
    {
        if (ViewAddress.Of(address) is not { Length: <= LongestAddress } kept)
            return new Refusal("VIEW_ADDRESS");
        var mine = await OwnViews.Of(unit, cancel);
        if (mine.Count >= Most)
            return new Refusal("VIEW_MOST", Most.ToString(CultureInfo.InvariantCulture));
        if (OwnViews.Fault(mine, null, name) is { } fault)
            return fault;
        unit.Db.SavedViews.Add(new() { Id = Guid.CreateVersion7(unit.Now), User = actor.Reviewer.Value, Name = name.Trim(), Address = kept, SavedAt = unit.Now });
        return default(Done);
    }, cancel);
}

/// <summary>Gives a view another name.</summary>
public sealed class RenameView(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>Renames it. Refused: <c>VIEW_NAME</c>, <c>VIEW_NAME_TAKEN</c>, and what is not the person's own is not found.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid id, string name, CancellationToken cancel = default) => commit.Run<RenameView, Done>(actor, async unit =>
    {
        var mine = await OwnViews.Of(unit, cancel);
        if (mine.Find(v => v.Id == id) is not { } view)
            return Refusals.NotFound;
        if (OwnViews.Fault(mine, view, name) is { } fault)
            return fault;
        view.Name = name.Trim();
        return default(Done);
    }, cancel);
}

/// <summary>Removes a view.</summary>
public sealed class DeleteView(Commit commit) : IUseCase
{
    /// <inheritdoc/>
    public static Permission Needs => Permission.OwnAccount;

    /// <summary>Removes it; what is not the person's own is not found.</summary>
    public Task<Answer<Done>> Handle(Actor actor, Guid id, CancellationToken cancel = default) => commit.Run<DeleteView, Done>(actor, async unit =>
    {
        if ((await OwnViews.Of(unit, cancel)).Find(v => v.Id == id) is not { } view)
            return Refusals.NotFound;
        unit.Db.SavedViews.Remove(view);
        return default(Done);
    }, cancel);
}

internal static class OwnViews
{
    public static Task<List<SavedView>> Of(UnitOfWork unit, CancellationToken cancel) => unit.Db.SavedViews.Where(v => v.User == unit.Actor.Staff).ToListAsync(cancel);

    public static Refusal? Fault(List<SavedView> mine, SavedView? but, string name) =>
        name.Trim() is not { Length: > 0 and <= SaveView.LongestName } ? new Refusal("VIEW_NAME", SaveView.LongestName.ToString(CultureInfo.InvariantCulture))
        : mine.Exists(v => v != but && string.Equals(v.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) ? new Refusal("VIEW_NAME_TAKEN")
        : null;
}
