using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Desk;

/// <summary>A case: evidence beside the decision. While it is in hand a heartbeat keeps the claim, and every change of the draft is kept.</summary>
public sealed partial class CasePage : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource leaving = new();
    private Actor actor = Actor.Nobody;
    private CaseView? view;
    private Refusal? refusal;
    private Refusal? problem;
    private Claim? claim;
    private OpenDraft? drafted;
    private OpenCase? open;
    private NoticeWords? preview;
    private Dictionary<PersonalField, string> revealed = [];
    private IReadOnlyList<SlaStep>? why;
    private CaseId? waiting;
    private IReadOnlyList<Guid> ready = [];
    private string? focus;
    private bool busy;
    private bool slow;
    private bool seeking;
    private bool lost;
    private bool decidedElsewhere;
    private bool recusing;
    private Disagreement? dissent;
    private PageHeader? header;
    private DecisionPanel? panel;
    private MudButton? approve;
    private MudButton? reject;
    private MudButton? ask;
    private MudButton? refer;
    private CaseId focused;
    private Guid? addressed;
    private readonly Queue<Guid> underWay = [];
    private CaseId? next;
    private int drafts;
    private int loads;
    private int shown;
    private (bool Lost, int Minutes, string Lookers) ticked;
    private DateTimeOffset quietUntil;
    private DateTimeOffset lastActive;
    private DateTimeOffset nextBeat;
    private ITimer? ticking;
    private IDisposable? listening;

    /// <summary>The case's id, from the address.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private CaseQuery Query { get; set; } = null!;

    [Inject]
    private WhyQuery Why { get; set; } = null!;

    [Inject]
    private NoticePreview Preview { get; set; } = null!;

    [Inject]
    private ClaimNext ClaimNext { get; set; } = null!;

    [Inject]
    private ClaimCase ClaimCase { get; set; } = null!;

    [Inject]
    private ReadyPicturesQuery ReadyPictures { get; set; } = null!;

    [Inject]
    private KeepClaim KeepClaim { get; set; } = null!;

    [Inject]
    private ReleaseCase ReleaseCase { get; set; } = null!;

    [Inject]
    private PutBackCase PutBackCase { get; set; } = null!;

    [Inject]
    private RecuseCase RecuseCase { get; set; } = null!;

    [Inject]
    private PrefetchNext PrefetchNext { get; set; } = null!;

    [Inject]
    private Decide Decide { get; set; } = null!;

    [Inject]
    private AskForInformation AskForInformation { get; set; } = null!;

    [Inject]
    private ChangeDuty ChangeDuty { get; set; } = null!;

    [Inject]
    private OpenCases OpenCases { get; set; } = null!;

    [Inject]
    private SaveDraft SaveDraft { get; set; } = null!;

    [Inject]
    private RevealField RevealField { get; set; } = null!;

    [Inject]
    private ClientConnection Connection { get; set; } = null!;

    [Inject]
    private LastDecision Last { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Reasons Reasons { get; set; } = null!;

    [Inject]
    private RefusalWords Words { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IOptions<ReviewSettings> Settings { get; set; } = null!;

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    // The case that the page shows: after a decision it is ahead of the address, which takes a trip to the browser and back.
    private CaseId Case { get; set; }

    private DateTimeOffset Now => Time.GetUtcNow();

    // Empty until the case is there.
    private Draft Draft => drafted?.Now ?? Draft.Empty;

    private bool InHand => claim is not null && !lost && view?.State == CaseState.Claimed;

    // Who else has the case open: the holder is named already, and of the reader's own tabs only the others.
    private IReadOnlyList<string> Lookers =>
        open is null ? [] : [.. OpenCases.Names(Case, actor.Staff).Where(name => name != view!.HeldBy), .. open.IsTwice ? [T["Looking_OwnTab"].Value] : Array.Empty<string>()];

    private int IdleMinutesLeft => Math.Max(0, (int)Math.Ceiling((Settings.Value.Idle - (Now - lastActive)).TotalMinutes));

    // Who may not see it is not offered it.
    private EventCallback<PersonalField> OnReveal => actor.May(Permission.Reveal) ? EventCallback.Factory.Create<PersonalField>(this, Reveal) : default;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listening?.Dispose();
        open?.Dispose();
        if (ticking is not null)
            await ticking.DisposeAsync();
        await leaving.CancelAsync();
        leaving.Dispose();
        await StoreOnLeaving();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // Before the first reading: nothing that happens meanwhile is missed.
        if (RendererInfo.IsInteractive)
            listening = Feed.Listen(OnChange);
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        // Whenever the layout is drawn anew the page is given its address again: that changes nothing, least of all a draft that is being typed.
        if (addressed == Id)
            return Task.CompletedTask;
        addressed = Id;
        // The page's own steps come back from the browser one after the other: by then it may be further on.
        if (underWay.Contains(Id))
        {
            while (underWay.Dequeue() != Id)
            {
            }

            if (underWay.Count > 0)
                return Task.CompletedTask;
        }

        return loads > 0 && Case == new CaseId(Id) ? Task.CompletedTask : Show(new(Id));
    }

    private Task ShowAgain() => Show(Case);

    private async Task Show(CaseId id)
    {
        if (id != Case)
            await StoreOnLeaving();
        Case = id;
        (claim, lost, recusing, dissent, problem, preview, focus, revealed, drafted, why) = (null, false, false, null, null, null, null, [], null, null);
        (decidedElsewhere, seeking) = (false, false);
        lastActive = Now;
        if (open?.Case != Case)
        {
            open?.Dispose();
            open = null;
        }

        await Load();
        if (id != Case || view?.Id != id)
            return;
        drafted = new(SaveDraft, id, view.Draft, () => open?.TellDraft());
        if (RendererInfo.IsInteractive)
            open ??= OpenCases.Open(Case, actor, OnOther);
        await ShowPreview();
    }

    // What takes no longer than the blink of an eye is not shown as going on: the page goes from one case to the next in one step.
    /// <inheritdoc/>
    protected override bool ShouldRender() => !busy || slow;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            ticking = Time.CreateTimer(_ => _ = InvokeAsync(Tick), null, Second, Second);

        if (view?.Id != Case)
            return;
        await TakeFocus();
        // The case is on the screen before the next one is sought.
        if (!InHand || seeking)
            return;
        seeking = true;
        await KeepNextReady(Case, view.Queue);
    }

    private async Task TakeFocus()
    {
        if (focused == Case)
            return;
        // From one case to the next the page stays, and what had the focus may be gone; an open panel takes it itself.
        var before = focused;
        focused = Case;
        if (before != default && Draft.Mode == DraftMode.Looking && header is not null)
            await header.Focus();
    }

    // Where nothing can be kept ready, 'next' takes what there is then.
    private async Task KeepNextReady(CaseId id, string queue)
    {
        var kept = await PrefetchNext.Handle(actor, queue, leaving.Token);
        var pictures = kept.Refusal is null ? await ReadyPictures.Handle(actor, kept.Value.Case, leaving.Token) : default;
        if (id != Case)
            return;
        waiting = kept.Refusal is null ? kept.Value.Case : null;
        ready = kept.Refusal is null && pictures.Refusal is null ? pictures.Value : [];
        StateHasChanged();
    }

    private async Task Load()
    {
        var (id, started) = (Case, ++loads);
        var reader = await Who.Get();
        var answer = await Query.Handle(reader, id, leaving.Token);
        // What was asked before the page went on to another case, or before a newer answer came, is no longer true.
        if (id != Case || started < shown)
            return;
        (shown, actor, refusal) = (started, reader, answer.Refusal);
        view = refusal is null ? answer.Value : null;
        if (view?.Claim is { } own && view.State == CaseState.Claimed)
            (claim, lost, decidedElsewhere) = (own, false, false);
        else if (view is { State: CaseState.Decided, Claim: not null } && claim is not null && !busy)
            (claim, lost, decidedElsewhere) = (null, false, true);
        else if (claim is not null && (!busy || view?.State == CaseState.Claimed))
            lost = true;
    }

    private void LookAt(string? check) => focus = check;

    private async Task ToggleWhy()
    {
        var answer = why is null ? await Why.Handle(actor, Case, leaving.Token) : default;
        if (answer.Refusal is { } no)
            Snackbar.Add(Words.Of(no), Severity.Warning);
        why = why is null && answer.Refusal is null ? answer.Value : null;
    }

    // Once a second: the heartbeat goes with it, at a third of the lease, and the page is shown anew where a second changed something on it.
    private async Task Tick()
    {
        if (leaving.IsCancellationRequested)
            return;
        // Whoever works in one tab is not idle in the other, whose claim is the same.
        if (open is not null && Connection.IsUp)
            lastActive = open.Show(Now, lastActive);
        // Without a connection nobody is at the desk: the lease then runs out by itself.
        if (InHand && Now >= nextBeat && Connection.IsUp)
        {
            nextBeat = Now + Settings.Value.Lease / 3;
            await (Now - lastActive < Settings.Value.Idle ? Beat() : LetGo());
        }

        var now = (lost, IdleMinutesLeft, view is null ? "" : Names.List(Lookers));
        if (now == ticked)
            return;
        ticked = now;
        StateHasChanged();
    }

    private async Task Beat()
    {
        var kept = await KeepClaim.Handle(actor, claim!);
        if (kept.Refusal is null)
            return;
        lost = true;
        await Load();
    }

    // Nobody at the desk: the claim is let go instead of kept, so that somebody else can have the case.
    private async Task LetGo()
    {
        await ReleaseCase.Handle(actor, claim!);
        lost = true;
        await Load();
    }

    // What may be done with the case depends on the reader's duty, too.
    private bool Concerns(DomainEvent happened) => happened switch
    {
        CaseEvent of => of.Case == Case && of is not ClockMoved and not PersonalDataRevealed,
        CameOnDuty came => came.User == actor.Staff,
        WentOffDuty went => went.User == actor.Staff,
        _ => false,
    };

    private void OnChange(IReadOnlyList<DomainEvent> happened)
    {
        // Pictures fetched ahead are dropped when the next case is no longer kept for this person, or is another now.
        if (happened.OfType<CaseEvent>().Any(e => e.Case == waiting && e is not CasePrefetched and not CaseTakenUp and not ClockMoved))
        {
            _ = InvokeAsync(() =>
            {
                (waiting, ready) = (null, []);
                StateHasChanged();
            });
        }

        if (!happened.Any(Concerns))
            return;
        _ = InvokeAsync(async () =>
        {
            if (leaving.IsCancellationRequested || busy)
                return;
            await Load();
            StateHasChanged();
        });
    }

    private void OnOther(bool draftChanged) => _ = InvokeAsync(async () =>
    {
        if (leaving.IsCancellationRequested)
            return;
        if (draftChanged)
            await TakeDraft();
        StateHasChanged();
    });

    // What another tab kept is shown here, too. Where this one has words of its own, the person says which count.
    private async Task TakeDraft()
    {
        await Load();
        if (view is not null && drafted is not null && drafted.Hear(view.Draft))
            await ShowPreview();
    }

    private async Task TakeOther(Draft theirs)
    {
        drafted!.Take(theirs);
        await ShowPreview();
    }

    private async Task KeepThis()
    {
        drafted!.KeepThis();
        await Store();
    }

    private async Task Open(DraftMode mode)
    {
        var reasons = Draft.Reasons;
        if (reasons.Count == 0 && mode == DraftMode.Rejecting)
            reasons = view!.Suggested;
        await Keep(Draft with { Mode = mode, Reasons = Allowed(mode, reasons) });
    }

    private string[] Allowed(DraftMode mode, IReadOnlyList<string> codes) => [.. codes.Where(code => DecisionPanel.Offers(mode, Reasons.Find(code)!))];

    // The hands are where they were before the panel opened.
    private async Task Cancel()
    {
        var opener = Draft.Mode switch { DraftMode.Asking => ask, DraftMode.Referring => refer, _ => reject };
        var kept = Keep(Draft with { Mode = DraftMode.Looking });
        if (opener is not null)
            await opener.FocusAsync();
        await kept;
    }

    private async Task BackToWork()
    {
        dissent = null;
        if (panel is not null && Draft.Mode != DraftMode.Looking)
            await panel.Focus();
        else if (approve is not null)
            await approve.FocusAsync();
    }

    private async Task Keep(Draft changed)
    {
        var typing = changed.Mode == Draft.Mode && changed.Reasons.SequenceEqual(Draft.Reasons, StringComparer.Ordinal);
        (drafted!.Now, problem, dissent, lastActive) = (changed, null, null, Now);
        _ = StoreSoon(Case, ++drafts, typing);
        if (typing)
            return;
        // What was done is seen before it is previewed: the store works on the thread that asks it.
        await Task.Yield();
        await ShowPreview();
    }

    // Who decides at once needs no draft, and nobody waits for the disk. What is typed is kept when the hands rest, what was ticked in any case.
    private async Task StoreSoon(CaseId id, int mine, bool typing)
    {
        try
        {
            await Task.Delay(typing ? Rest : Blink, Time, leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (leaving.IsCancellationRequested || id != Case || busy || !InHand || (typing && mine != drafts))
                return;
            if (typing)
                await ShowPreview();
            await Store();
            StateHasChanged();
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task Store()
    {
        if (drafted is not { } mine)
            return;
        var no = await mine.Store(actor, leaving.Token);
        if (no is null || mine != drafted)
            return;
        if (no == SaveDraft.ChangedElsewhere)
            await TakeDraft();
        else
            Snackbar.Add(Words.Of(no), Severity.Warning);
    }

    // Who leaves the case before the hands rested loses nothing.
    private Task StoreOnLeaving() => InHand && !busy && drafted is not null ? drafted.StoreLast(actor) : Task.CompletedTask;

    private async Task ShowPreview()
    {
        preview = null;
        if (view is null || view.LooksAgain || Draft.Mode == DraftMode.Looking || Draft.Reasons.Count == 0)
            return;
        var answer = await Preview.Handle(actor, Case, Draft, leaving.Token);
        preview = answer.Refusal is null ? answer.Value : null;
    }

    private Task Approve() => Conclude(Outcome.Approved);

    private Task Send() => Draft.Mode switch
    {
        DraftMode.Asking => Ask(),
        DraftMode.Referring => Conclude(Outcome.Referred),
        _ => Conclude(Outcome.Rejected),
    };

    // What does not follow the machine takes one key more: why (WORK-5).
    private Task Conclude(Outcome outcome)
    {
        if (busy || Now < quietUntil)
            return Task.CompletedTask;
        var against = Disagreement.With(view!.Pictures.Select(p => p.Report), outcome, outcome == Outcome.Approved ? [] : Draft.Reasons, Reasons);
        if (against.Count == 0)
            return Finish(outcome, null);
        (dissent, lastActive) = (new(outcome, against), Now);
        return Task.CompletedTask;
    }

    private Task Ask() => Do(async () =>
    {
        if (await Ask(() => AskForInformation.Handle(actor, claim!, Draft.Reasons, Draft.Text)) is { } no)
            return no;
        drafted!.Now = Draft.Empty;
        await GoOn();
        return null;
    });

    private Task Finish(Outcome outcome, DissentReason? because) => Do(async () =>
    {
        var said = outcome == Outcome.Approved ? Draft.Empty : Draft;
        var decided = await Decide.Handle(actor, claim!, outcome, said.Reasons, said.Text, said.Note, because);
        if (decided.Refusal is { } no)
            return no;
        if (decided.Value.HeldUntil is { } until)
            Last.Keep(claim!, view!.ReceiptNumber, outcome, until);
        else
            Snackbar.Add(T["Proposed"], Severity.Info);
        await GoOn();
        return null;
    });

    private Task PutBack() => Do(async () =>
    {
        if (await Ask(() => PutBackCase.Handle(actor, claim!)) is { } no)
            return no;
        claim = null;
        Navigation.NavigateTo($"/queues/{view!.Queue}");
        return null;
    });

    private Task Recuse() => Do(async () =>
    {
        if (await Ask(() => RecuseCase.Handle(actor, claim!)) is { } no)
            return no;
        await GoOn();
        return null;
    });

    // Who is off duty comes on duty with it, as the button says.
    private Task Reclaim() => Do(async () =>
    {
        if (!actor.OnDuty)
        {
            if (await Ask(() => ChangeDuty.Handle(actor, onDuty: true)) is { } still)
                return still;
            actor = await Who.Get();
        }

        var answer = await ClaimCase.Handle(actor, Case);
        if (answer.Refusal is { } no)
        {
            await Load();
            return no;
        }

        (claim, lost) = (answer.Value, false);
        await Load();
        return null;
    });

    /// <summary>On to the next case; where none is free, back to the list, which says so.</summary>
    private async Task GoOn()
    {
        var queue = view!.Queue;
        claim = null;
        var taken = await ClaimNext.Handle(actor, queue);
        if (taken.Refusal is { } none)
            Snackbar.Add(Words.Of(none), Severity.Info);
        // The second half of a double click must not decide the next case, which nobody has seen yet.
        quietUntil = Now + Quiet;
        if (taken.Refusal is null)
            next = taken.Value.Case;
        else
            Navigation.NavigateTo($"/queues/{queue}");
    }

    private async Task Do(Func<Task<Refusal?>> work)
    {
        if (busy || Now < quietUntil)
            return;
        (busy, lastActive, problem, dissent) = (true, Now, null, null);
        drafts++;
        await using var patience = Time.CreateTimer(_ => _ = InvokeAsync(ShowBusy), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            actor = await Who.Get();
            if (await work() is { } no)
            {
                problem = no;
                Snackbar.Add(Words.Of(no), Severity.Warning);
                lost = lost || no == Refusals.ClaimLost;
                await Store();
                await Load();
            }
        }
        finally
        {
            (busy, slow) = (false, false);
        }

        if (next is not { } following)
            return;
        next = null;
        await Show(following);
        // On the screen at once: only the address takes a trip to the browser and back.
        StateHasChanged();
        underWay.Enqueue(following.Value);
        Navigation.NavigateTo($"/cases/{following}");
    }

    private void ShowBusy()
    {
        slow = busy;
        StateHasChanged();
    }

    private static async Task<Refusal?> Ask(Func<Task<Answer<Done>>> work) => (await work()).Refusal;

    private async Task Reveal(PersonalField field)
    {
        lastActive = Now;
        var answer = await RevealField.Handle(actor, Case, field);
        if (answer.Refusal is { } no)
            Snackbar.Add(Words.Of(no), Severity.Warning);
        else
            revealed = new(revealed) { [field] = answer.Value };
    }

    private string Labels(IReadOnlyList<string> codes) => Names.List(codes.Select(Reasons.Find).OfType<RejectReason>().Select(Names.Of));

    private HeldDecision? OwnHeld => view is { State: CaseState.Decided, Claim: { } own, HeldUntil: { } until, Verdict: { } verdict } ? new(own, view.ReceiptNumber, verdict.Outcome, until) : null;
}
