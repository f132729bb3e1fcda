using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Finalise;

/// <summary>Corrects the decision of a closed case (更正, WORK-3): what stands, the new verdict, what the applicant will be told, and why.</summary>
public sealed partial class CorrectionPage
{
    private const int Caps = 9;
    private readonly CancellationTokenSource leaving = new();
    private Correction? view;
    private Refusal? refusal;
    private Refusal? problem;
    private Refusal? against;
    private NoticeWords? words;
    private Outcome? outcome;
    private List<string> codes = [];
    private string typed = "";
    private string text = "";
    private string why = "";
    private bool busy;
    private int looks;

    /// <summary>The case's id, from the address.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private CorrectionQuery Query { get; set; } = null!;

    [Inject]
    private CorrectCase CorrectCase { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IOptions<ReviewSettings> Settings { get; set; } = null!;

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    private CaseId Case => new(Id);

    private string Back => view?.Look is { } look ? $"/second-looks/{look}" : $"/cases/{Id}";

    // An approval cannot be corrected to an approval; a rejection can, to one for other reasons.
    private IEnumerable<(Outcome Outcome, KeyAction Key)> Choices => new[] { (Outcome.Approved, KeyAction.Approve), (Outcome.Rejected, KeyAction.Reject), (Outcome.Referred, KeyAction.Refer) }
        .Where(choice => choice.Item1 != view!.Outcome || choice.Item1 == Outcome.Rejected);

    private IEnumerable<(RejectReason Reason, string? Digit)> Offered => Reasons.Nearest(Reasons.For(view!.Queue).Where(reason => outcome != Outcome.Referred || reason.NextStep == NextStep.Refer), typed.Trim())
        .Select((reason, at) => (reason, at < Caps ? $"Digit{at + 1}" : null));

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        (view, problem, against, words, outcome, codes, typed, text, why) = (null, null, null, null, null, [], "", "", "");
        await Load();
        if (view is null)
            return;
        // What the second person said is where a settlement begins; otherwise a rejection's own reasons are.
        if (view.Second is { } second)
            (outcome, codes) = (second.Outcome, [.. second.Reasons]);
        else if (view.Outcome == Outcome.Rejected)
            codes = [.. view.Verdict.Reasons];
        await Look();
    }

    private async Task Load()
    {
        var id = Case;
        var answer = await Query.Handle(await Who.Get(), id, leaving.Token);
        if (id != Case)
            return;
        refusal = answer.Refusal;
        view = refusal is null ? answer.Value : null;
    }

    private Task Choose(Outcome chosen)
    {
        (outcome, typed) = (chosen, "");
        codes.RemoveAll(code => chosen == Outcome.Referred && Reasons.Find(code)?.NextStep != NextStep.Refer);
        return Look();
    }

    private Task Toggle(string code)
    {
        if (!codes.Remove(code))
            codes.Add(code);
        return Look();
    }

    private IReadOnlyList<string> Said => outcome == Outcome.Approved ? [] : codes;

    private async Task Look()
    {
        var mine = ++looks;
        Answer<NoticeWords>? seen = null;
        if (outcome is { } chosen && (chosen == Outcome.Approved || codes.Count > 0))
            seen = await CorrectCase.Preview(await Who.Get(), Case, chosen, Said, text, leaving.Token);
        // What was typed meanwhile counts.
        if (mine == looks)
            (words, against, problem) = (seen is { Refusal: null } told ? told.Value : null, seen?.Refusal, null);
    }

    private string? EffectOf(Outcome chosen) =>
        chosen == Outcome.Approved ? $"Gives_{view!.Subject}" : view!.Outcome == Outcome.Approved ? $"TakesBack_{view.Subject}" : null;

    private async Task Send()
    {
        if (busy || outcome is not { } chosen)
            return;
        busy = true;
        try
        {
            var made = Verdict.Make(chosen, Said, text, why);
            problem = made.Refusal ?? (await CorrectCase.Handle(await Who.Get(), Case, made.Value)).Refusal;
            if (problem is not null)
                return;
            Snackbar.Add(T["Sent", view!.ReceiptNumber], Severity.Success);
            Navigation.NavigateTo(Back);
        }
        finally
        {
            busy = false;
        }
    }
}
