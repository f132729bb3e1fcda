using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Desk;

/// <summary>The panel in which a rejection, a question or a referral is put together, without the hands leaving the keyboard (WORK-4).</summary>
public sealed partial class DecisionPanel(IOptions<ReviewSettings> settings, TimeProvider time)
{
    /// <summary>How many reasons have a number key at a time; <c>0</c> gives the numbers to the next ones.</summary>
    public const int Caps = 9;

    // An Enter that bounces must not send what was ticked with it, unread.
    private static readonly TimeSpan Bounce = TimeSpan.FromMilliseconds(300);
    private ElementReference field;
    private List<RejectReason> shown = [];
    private DraftMode? focusedFor;
    private string typed = "";
    private string? marked;
    private int firstCap;
    private DateTimeOffset quietUntil;

    /// <summary>The case.</summary>
    [Parameter, EditorRequired]
    public CaseView View { get; set; } = null!;

    /// <summary>What is ticked and typed.</summary>
    [Parameter, EditorRequired]
    public Draft Draft { get; set; } = Draft.Empty;

    /// <summary>Called with every change.</summary>
    [Parameter]
    public EventCallback<Draft> DraftChanged { get; set; }

    /// <summary>The words that would be sent.</summary>
    [Parameter]
    public NoticeWords? Preview { get; set; }

    /// <summary>Why the last try was refused.</summary>
    [Parameter]
    public Refusal? Problem { get; set; }

    /// <summary>True while something is under way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Sends.</summary>
    [Parameter]
    public EventCallback OnSend { get; set; }

    /// <summary>Closes; what was ticked is kept.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    private bool CanSend => !Busy && Draft.Reasons.Count > 0;

    private IEnumerable<RejectReason> Offered => Reasons.For(View.ReasonQueue).Where(r => Offers(Draft.Mode, r));

    private string Sought => typed.Trim();

    /// <summary>True where a reason can be given in this way.</summary>
    public static bool Offers(DraftMode mode, RejectReason reason) => mode switch
    {
        DraftMode.Asking => reason.NextStep == NextStep.Retry,
        DraftMode.Referring => reason.NextStep == NextStep.Refer,
        _ => true,
    };

    /// <summary>Takes the hands back to the field in which reasons are found.</summary>
    public ValueTask Focus() => field.FocusAsync();

    /// <inheritdoc/>
    protected override void OnParametersSet() => Seek();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focusedFor == Draft.Mode)
            return;
        focusedFor = Draft.Mode;
        await Focus();
    }

    private string Signed(NoticeWords words) => Notices.Signed(settings.Value.SmsSignature, words.Sms);

    private string Label(string code) => Names.Of(Reasons.Find(code)!);

    // Once a change, not once a row.
    private void Seek() => shown = [.. Reasons.Nearest(Offered, Sought)];

    private string? CodeOf(int place) => place - firstCap is >= 0 and < Caps and var cap ? $"Digit{cap + 1}" : null;

    private void Further() => firstCap = firstCap + Caps < shown.Count ? firstCap + Caps : 0;

    // Bound, so that what comes back never undoes a letter that was typed meanwhile.
    private void Type(string? text)
    {
        (typed, firstCap) = (text ?? "", 0);
        Seek();
        marked = Sought.Length > 0 && shown is [var nearest, ..] ? nearest.Code : null;
    }

    // What an input method takes is not ours; Ctrl+Enter is the page's, like in every field.
    private async Task Press(KeyboardEventArgs key)
    {
        if (key.IsComposing || key.Key == "Process" || key.CtrlKey || key.AltKey || key.MetaKey)
            return;
        if (key.Key is "ArrowDown" or "ArrowUp")
            Move(key.Key == "ArrowDown" ? 1 : -1);
        else if (key is { Key: "Enter", Repeat: false })
            await Enter();
    }

    private void Move(int by)
    {
        if (shown.Count == 0)
            return;
        var at = shown.FindIndex(reason => reason.Code == marked);
        marked = shown[at < 0 ? (by > 0 ? 0 : shown.Count - 1) : Math.Clamp(at + by, 0, shown.Count - 1)].Code;
    }

    private async Task Enter()
    {
        if (marked is { } code)
        {
            quietUntil = time.GetUtcNow() + Bounce;
            (typed, marked, firstCap) = ("", null, 0);
            Seek();
            await Toggle(code);
        }
        else if (Sought.Length == 0 && CanSend && time.GetUtcNow() >= quietUntil)
        {
            await OnSend.InvokeAsync();
        }
    }

    private Task Toggle(string code) =>
        DraftChanged.InvokeAsync(Draft with { Reasons = Draft.Reasons.Contains(code) ? [.. Draft.Reasons.Where(other => other != code)] : [.. Draft.Reasons, code] });
}
