using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Calendar;

/// <summary>The rules of the queues' clocks.</summary>
public sealed partial class PolicyPanel
{
    private string? chosen;
    private SlaPolicyKind kind;
    private int days = 1;
    private string? spans;
    private DateOnly from;
    private Refusal? problem;
    private string? told;
    private bool busy;

    /// <summary>The rules, queue by queue.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PolicyRow> Rows { get; set; } = [];

    /// <summary>True for who may set another rule.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>Today's Shanghai date.</summary>
    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    /// <summary>A rule was set.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private ChangePolicy Change { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    private PolicyRow? Chosen => Rows.FirstOrDefault(row => row.Queue.Id == chosen);

    private string Written => kind switch
    {
        SlaPolicyKind.EndOfNextBusinessDay => SlaPolicy.EndOfNextBusinessDay.Version,
        SlaPolicyKind.OfficeHours => string.Create(CultureInfo.InvariantCulture, $"office-hours/{days}/{string.Concat((spans ?? "").Where(letter => !char.IsWhiteSpace(letter))).Replace('，', ',')}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"business-days/{days}"),
    };

    private void Choose(PolicyRow row)
    {
        (chosen, kind, days, from, problem, told) = (row.Queue.Id, row.Policy.Kind, row.Policy.Days, Today, null, null);
        spans = kind == SlaPolicyKind.OfficeHours ? row.Policy.Version.Split('/')[^1] : null;
    }

    private async Task Save()
    {
        if (busy || chosen is null)
            return;
        busy = true;
        try
        {
            problem = (await Change.Handle(await Who.Get(), chosen, Written, from)).Refusal;
            if (problem is not null)
                return;
            (chosen, told) = (null, T["Policy_Saved"]);
            await OnChanged.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
