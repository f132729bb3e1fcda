using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;

namespace ReviewConsole.Features.Desk;

/// <summary>The draft that one page works on: what is on the page, what of it is in the store, and what another tab of the same person put there instead.</summary>
/// <param name="save">Keeps it in the store.</param>
/// <param name="id">The case.</param>
/// <param name="kept">What is in the store at first.</param>
/// <param name="told">Called whenever the store has what is on the page.</param>
internal sealed class OpenDraft(SaveDraft save, CaseId id, Draft kept, Action told)
{
    private Draft stored = kept;
    private Task<Refusal?> storing = Task.FromResult<Refusal?>(null);

    /// <summary>What is on the page.</summary>
    public Draft Now { get; set; } = kept;

    /// <summary>What another tab stored while this page had words of its own; nothing is stored until the person said which of the two counts.</summary>
    public Draft? Other { get; private set; }

    private bool IsAhead => Now != stored && Other is null;

    /// <summary>Takes note of what is in the store now.</summary>
    /// <returns>True where the page shows it.</returns>
    public bool Hear(Draft there)
    {
        if (there == stored)
            return false;
        if (Now != stored)
        {
            Other = there;
            return false;
        }

        Take(there);
        return true;
    }

    /// <summary>What the other tab stored counts.</summary>
    public void Take(Draft theirs) => (Now, stored, Other) = (theirs, theirs, null);

    /// <summary>What is on this page counts, and may be stored over what the other tab stored.</summary>
    public void KeepThis() => (stored, Other) = (Other ?? stored, null);

    /// <summary>Stores what is on the page; what is changed meanwhile goes with the next. One after the other: each says what the one before it left.</summary>
    /// <returns>Why it was not stored; null also where it is being stored already, which tells whoever began it.</returns>
    public async Task<Refusal?> Store(Actor actor, CancellationToken cancel)
    {
        if (storing.IsCompleted)
            return await (storing = StoreAll(actor, cancel));
        await storing;
        return null;
    }

    /// <summary>The same for somebody who leaves: the last words are in the store when it returns.</summary>
    public async Task StoreLast(Actor actor)
    {
        await ((Task)storing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await StoreAll(actor, CancellationToken.None);
    }

    private async Task<Refusal?> StoreAll(Actor actor, CancellationToken cancel)
    {
        while (IsAhead && !cancel.IsCancellationRequested)
        {
            var mine = Now;
            if ((await save.Handle(actor, id, stored, mine, CancellationToken.None)).Refusal is { } no)
                return no;
            stored = mine;
            told();
        }

        return null;
    }
}
