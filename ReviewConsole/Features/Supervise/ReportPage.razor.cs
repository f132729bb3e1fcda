using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Supervise;

/// <summary>报表: the monthly report on the time limit, to be printed or taken out.</summary>
public sealed partial class ReportPage
{
    private SlaReport? report;
    private Refusal? refusal;
    private DateOnly month;
    private IReadOnlyList<Authority> reach = [];

    /// <summary>The month, for instance <c>2026-11</c>; this one where it is left out.</summary>
    [SupplyParameterFromQuery(Name = "month")]
    public string? Month { get; set; }

    /// <summary>Only this authority and those below it.</summary>
    [SupplyParameterFromQuery(Name = "authority")]
    public string? AuthorityCode { get; set; }

    [Inject]
    private SlaReportQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Queues Queues { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private Dictionary<string, string?> Filters => new(StringComparer.Ordinal) { ["month"] = $"{month:yyyy-MM}", ["authority"] = AuthorityCode };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var actor = await Who.Get();
        reach = [.. Authorities.All.Where(authority => actor.Authorities.Contains(authority.Code))];
        await Load();
    }

    private async Task Load()
    {
        month = Query.MonthOf(Month);
        var answer = await Query.Handle(await Who.Get(), month, null, string.IsNullOrWhiteSpace(AuthorityCode) ? null : AuthorityCode.Trim());
        refusal = answer.Refusal;
        report = refusal is null ? answer.Value : null;
    }

    private async Task Print() => await Script.InvokeVoidAsync("print");

    private void Go(string name, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, string.IsNullOrEmpty(value) ? null : value));

    private string Place(string code) => Authorities.Find(code) is { } authority ? $"{code} {authority.Name}" : code;

    private string NameOf(string id) => Queues.Find(id) is { } queue ? Names.Of(queue) : "";
}
