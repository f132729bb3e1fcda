using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Platform;

namespace ReviewConsole.Features.Desk;

/// <summary>The case pages that are open in this process: who is looking at what, and what the pages of one person tell each other.</summary>
/// <remarks>In memory only. A page that has not shown itself for <see cref="Patience"/>, because its connection is gone, is not counted. Whoever asks for a case's names must be somebody who may see the case.</remarks>
public sealed class OpenCases(TimeProvider time)
{
    /// <summary>How long a page without a connection still counts.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<CaseId, List<OpenCase>> pages = [];
    private Action<CaseId>[] listeners = [];

    /// <summary>Opens a page; it is open until it is disposed.</summary>
    /// <param name="id">The case.</param>
    /// <param name="who">Who looks.</param>
    /// <param name="heard">Called, on whatever thread, when somebody comes or goes; true where another page of the same person changed the draft.</param>
    public OpenCase Open(CaseId id, Actor who, Action<bool> heard)
    {
        OpenCase page = new(this, id, who.Staff, who.Name, Listener.AtHome(heard)) { SeenAt = time.GetUtcNow() };
        lock (gate)
        {
            if (!pages.TryGetValue(id, out var open))
                pages[id] = open = [];
            open.Add(page);
        }

        Tell(page);
        return page;
    }

    /// <summary>Names of the people who look at a case, each once, but for one person.</summary>
    public IReadOnlyList<string> Names(CaseId id, Guid? but) =>
        [.. Of(id).Where(page => page.Staff != but).DistinctBy(page => page.Staff).Select(page => page.Name).Order(StringComparer.Ordinal)];

    /// <summary>Hears, on whatever thread, at which cases somebody came or went; until the result is disposed.</summary>
    public IDisposable Listen(Action<CaseId> heard)
    {
        var listener = Listener.AtHome(heard);
        lock (gate)
            listeners = [.. listeners, listener];
        return new Listening(this, listener);
    }

    internal IReadOnlyList<OpenCase> Of(CaseId id)
    {
        var since = time.GetUtcNow() - Patience;
        lock (gate)
            return pages.TryGetValue(id, out var open) ? [.. open.Where(page => page.SeenAt > since)] : [];
    }

    internal void Close(OpenCase page)
    {
        lock (gate)
        {
            if (!pages.TryGetValue(page.Case, out var open) || !open.Remove(page))
                return;
            if (open.Count == 0)
                pages.Remove(page.Case);
        }

        Tell(page);
    }

    private void Tell(OpenCase page)
    {
        foreach (var other in Of(page.Case))
        {
            if (other != page)
                other.Heard(false);
        }

        foreach (var listener in Volatile.Read(ref listeners))
            listener(page.Case);
    }

    private sealed class Listening(OpenCases cases, Action<CaseId> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (cases.gate)
                cases.listeners = [.. cases.listeners.Where(other => other != listener)];
        }
    }
}

/// <summary>One open page of a case.</summary>
public sealed class OpenCase : IDisposable
{
    private readonly OpenCases cases;

    internal OpenCase(OpenCases cases, CaseId id, Guid? staff, string name, Action<bool> heard) =>
        (this.cases, Case, Staff, Name, Heard) = (cases, id, staff, name, heard);

    /// <summary>The case.</summary>
    public CaseId Case { get; }

    /// <summary>True where the same person has the case open in another tab, too.</summary>
    public bool IsTwice => Own.Any();

    internal Guid? Staff { get; }

    internal string Name { get; }

    internal Action<bool> Heard { get; }

    internal DateTimeOffset SeenAt { get; set; }

    private DateTimeOffset ActiveAt { get; set; }

    private IEnumerable<OpenCase> Own => cases.Of(Case).Where(page => page != this && page.Staff == Staff);

    /// <summary>The page is still there.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="activeAt">When the person last did something in it.</param>
    /// <returns>When the person last did something on the case, in whichever tab.</returns>
    public DateTimeOffset Show(DateTimeOffset now, DateTimeOffset activeAt)
    {
        (SeenAt, ActiveAt) = (now, activeAt);
        return Own.Select(page => page.ActiveAt).Append(activeAt).Max();
    }

    /// <summary>Tells the person's other tabs that the draft was changed here.</summary>
    public void TellDraft()
    {
        foreach (var page in Own)
            page.Heard(true);
    }

    /// <inheritdoc/>
    public void Dispose() => cases.Close(this);
}
