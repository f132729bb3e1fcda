using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Supervise;

/// <summary>What can be done with the chosen cases.</summary>
public enum ActionKind
{
    /// <summary>收回.</summary>
    TakeBack,

    /// <summary>改派.</summary>
    Give,

    /// <summary>转办.</summary>
    Redirect,

    /// <summary>优先级.</summary>
    Prioritise,
}

/// <summary>The supervisor's list.</summary>
public sealed partial class WorkList : IDisposable
{
    private static readonly (ActionKind Kind, KeyAction Key)[] Actions =
    [
        (ActionKind.TakeBack, KeyAction.TakeBack), (ActionKind.Give, KeyAction.Give), (ActionKind.Redirect, KeyAction.Redirect), (ActionKind.Prioritise, KeyAction.Prioritise),
    ];

    private readonly CancellationTokenSource leaving = new();
    private readonly HashSet<CaseId> chosen = [];
    private WorkPage? page;
    private Refusal? refusal;
    private ActionKind? acting;
    private int asked;
    private int loads;
    private int shown;

    /// <summary>Only this queue.</summary>
    [Parameter]
    public string? Queue { get; set; }

    /// <summary>Only this authority and those below it.</summary>
    [Parameter]
    public string? AuthorityCode { get; set; }

    /// <summary>Which cases.</summary>
    [Parameter]
    public WorkFilter Filter { get; set; }

    /// <summary>Asks for other cases.</summary>
    [Parameter]
    public EventCallback<WorkFilter> FilterChanged { get; set; }

    /// <summary>Cursor of the page before.</summary>
    [Parameter]
    public string? After { get; set; }

    /// <summary>Asks for another page.</summary>
    [Parameter]
    public EventCallback<string?> AfterChanged { get; set; }

    [CascadingParameter]
    private KeyMap Keys { get; set; } = KeyMap.Standard;

    [Inject]
    private WorkListQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private List<CaseId> Chosen => [.. chosen];

    private bool AllChosen => page is { Rows.Count: > 0 } && page.Rows.All(row => chosen.Contains(row.Id));

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <summary>Reads the list anew; what is chosen stays chosen.</summary>
    public async Task Load()
    {
        if (leaving.IsCancellationRequested)
            return;
        var started = ++loads;
        var answer = await Query.Handle(await Who.Get(), new(Queue, AuthorityCode, Filter, After), leaving.Token);
        if (started < shown)
            return;
        (shown, refusal) = (started, answer.Refusal);
        page = refusal is null ? answer.Value : null;
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => Load();

    private bool IsLate(WorkRow row) => Time.GetUtcNow() >= row.Targets.DueAt;

    private string NameOf(string id) => Queues.Find(id) is { } queue ? Names.Of(queue) : id;

    private void Choose(CaseId id)
    {
        if (!chosen.Remove(id))
            chosen.Add(id);
    }

    private void ChooseAll()
    {
        var all = AllChosen;
        foreach (var row in page!.Rows)
        {
            if (all)
                chosen.Remove(row.Id);
            else if (chosen.Count < ActOnCases.MostAtOnce)
                chosen.Add(row.Id);
        }
    }

    private void Act(ActionKind kind) => (acting, asked) = (kind, asked + 1);

    private void Done() => acting = null;

    private async Task Acted()
    {
        chosen.Clear();
        await Load();
    }
}
