using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.SecondLooks;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>Two verdicts side by side, what is said about them, and how they are settled (WORK-6).</summary>
public sealed partial class SecondLookPage
{
    private readonly CancellationTokenSource leaving = new();
    private Comparison? view;
    private Refusal? refusal;
    private Refusal? problem;
    private string remark = "";
    private string why = "";
    private bool upholding;
    private bool toFocus;
    private bool busy;
    private ElementReference field;
    private Renewal? renewal;

    /// <summary>Id of the second look's case, from the address.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SecondLookQuery Query { get; set; } = null!;

    [Inject]
    private RemarkOnSecondLook Remark { get; set; } = null!;

    [Inject]
    private UpholdDecision UpholdDecision { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    private CaseId Look => new(Id);

    /// <inheritdoc/>
    public void Dispose()
    {
        renewal?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <summary>The colour of a state.</summary>
    internal static string Tone(LookState state) => state switch
    {
        LookState.Agreed => "ok",
        LookState.Differs => "look",
        LookState.Overturned => "bad",
        _ => "",
    };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            renewal = new(Feed, Time, e => e is CaseEvent { Case: var about } && (about == Look || about == view?.Original || (view is null && refusal is null)), () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        (view, problem, remark, why, upholding) = (null, null, "", "", false);
        return Load();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!toFocus)
            return;
        toFocus = false;
        await field.FocusAsync();
    }

    private async Task Load()
    {
        var id = Look;
        var answer = await Query.Handle(await Who.Get(), id, leaving.Token);
        if (id != Look)
            return;
        refusal = answer.Refusal;
        view = refusal is null ? answer.Value : null;
        upholding &= view?.MaySettle == true;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    private void Open() => (upholding, toFocus, problem) = (true, true, null);

    private Task Say() => Do(async actor =>
    {
        var said = await Remark.Handle(actor, Look, remark);
        if (said.Refusal is null)
            remark = "";
        return said.Refusal;
    });

    private Task Uphold() => Do(async actor => (await UpholdDecision.Handle(actor, Look, why)).Refusal);

    private async Task Do(Func<Actor, Task<Refusal?>> act)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            problem = await act(await Who.Get());
            await Load();
        }
        finally
        {
            busy = false;
        }
    }
}
