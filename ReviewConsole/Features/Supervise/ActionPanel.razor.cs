using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Supervise;

/// <summary>One act on some cases. What was previewed is what is confirmed: another choice asks for another preview.</summary>
public sealed partial class ActionPanel
{
    private IReadOnlyList<PersonNow> people = [];
    private IReadOnlyList<QueueType> queues = [];
    private IReadOnlyList<Authority> reach = [];
    private string person = "";
    private string queue = "";
    private string authority = "";
    private CasePriority priority = CasePriority.Raised;
    private string why = "";
    private IReadOnlyList<CaseResult>? preview;
    private IReadOnlyList<CaseResult>? done;
    private Refusal? fault;
    private bool busy;

    /// <summary>What is done.</summary>
    [Parameter, EditorRequired]
    public ActionKind Kind { get; set; }

    /// <summary>The chosen cases when the panel was opened.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<CaseId> Cases { get; set; } = [];

    /// <summary>The panel is not wanted any more.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>Something was done.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private ActOnCases Act { get; set; } = null!;

    [Inject]
    private PeopleQuery People { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    private CaseAction? Action => Kind switch
    {
        ActionKind.TakeBack => new CaseAction.TakeBack(),
        ActionKind.Give => Guid.TryParse(person, out var to) ? new CaseAction.Give(to) : null,
        ActionKind.Redirect => queue.Length + authority.Length > 0 ? new CaseAction.Redirect(queue.Length > 0 ? queue : null, authority.Length > 0 ? authority : null) : null,
        _ => Enum.TryParse<PriorityReason>(why, out var reason) ? new CaseAction.Prioritise(priority, reason) : null,
    };

    private List<CaseId> cases = [];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        cases = [.. Cases.Take(ActOnCases.MostAtOnce)];
        var actor = await Who.Get();
        queues = [.. Queues.All.Where(q => actor.Queues.Contains(q.Id))];
        reach = [.. Authorities.All.Where(a => actor.Authorities.Contains(a.Code))];
        if (Kind == ActionKind.Give)
            people = await People.Handle(actor, new()) is { Refusal: null } answer ? answer.Value.Now : [];
        if (Kind == ActionKind.TakeBack)
            await Preview();
    }

    private void Changed() => (preview, fault) = (null, null);

    private Task Preview() => Once(async (actor, action) => preview = Take(await Act.Preview(actor, cases, action)));

    private Task Confirm() => Once(async (actor, action) =>
    {
        done = Take(await Act.Handle(actor, cases, action));
        await OnDone.InvokeAsync();
    });

    private IReadOnlyList<CaseResult>? Take(Answer<IReadOnlyList<CaseResult>> answer)
    {
        fault = answer.Refusal;
        return fault is null ? answer.Value : null;
    }

    private async Task Once(Func<Actor, CaseAction, Task> work)
    {
        if (busy || Action is not { } action)
            return;
        busy = true;
        try
        {
            await work(await Who.Get(), action);
        }
        finally
        {
            busy = false;
        }
    }
}
