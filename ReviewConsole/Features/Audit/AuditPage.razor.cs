using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Audit;
using ReviewConsole.Domain;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Audit;

/// <summary>The audit log. What the list shows stands in the URL.</summary>
public sealed partial class AuditPage(AuditQuery query, CurrentActor who, NavigationManager navigation) : IDisposable
{
    private static readonly ImmutableArray<string> KindNames =
        [.. typeof(DomainEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DomainEvent)) && !type.IsAbstract).Select(type => type.Name)];

    private static readonly AuditActor Product = new(AuditQuery.System, new(DoerKind.System, ""));

    private readonly CancellationTokenSource leaving = new();
    private ImmutableArray<AuditActor> actors = [];
    private AuditActor? chosen;
    private AuditList? list;
    private Refusal? refusal;
    private bool maySeeCases;

    /// <summary>Only what this actor did: an id as the log keeps it, or <c>system</c>.</summary>
    [SupplyParameterFromQuery(Name = "who")]
    public string? Who { get; set; }

    /// <summary>Only events of this name.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    /// <summary>Only what is about this 受理号 or stream.</summary>
    [SupplyParameterFromQuery(Name = "about")]
    public string? About { get; set; }

    /// <summary>First day, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>Last day, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary>Only rows older than this one.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    private bool Filtered => Who is not null || Kind is not null || About is not null || From is not null || To is not null;

    private IEnumerable<(string Kind, string Words)> Kinds => KindNames.Select(kind => (kind, Words.Kind(kind))).OrderBy(kind => kind.Item2, StringComparer.CurrentCulture);

    private IEnumerable<AuditActor> Everybody => actors.Prepend(Product);

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var answer = await query.Actors(await who.Get(), leaving.Token);
        if (answer.Refusal is null)
            actors = answer.Value;
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        chosen = Blank(Who) is not { } id ? null : Everybody.FirstOrDefault(actor => actor.Id == id) ?? new(id, new(DoerKind.Staff, id));
        await Load();
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task Load()
    {
        var actor = await who.Get();
        maySeeCases = actor.May(Permission.SeeCases);
        var answer = await query.Handle(actor, new(Blank(Who), Blank(Kind), Blank(About), Times.Day(From), Times.Day(To), long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null), leaving.Token);
        refusal = answer.Refusal;
        list = refusal is null ? answer.Value : null;
    }

    private string Name(AuditActor? actor) => actor is null ? "" : Words.Who(actor.Who);

    private Task<IEnumerable<AuditActor>> FindActors(string? text, CancellationToken cancel) =>
        Task.FromResult(Blank(text) is { } asked ? Everybody.Where(actor => Name(actor).Contains(asked, StringComparison.CurrentCultureIgnoreCase)) : Everybody);

    private void ChooseWho(AuditActor? actor) => Go(new(actor?.Id, Kind, About, From, To));

    private void Go(Address address) => navigation.NavigateTo(AddressOf(address));

    private string AddressOf(Address address) => navigation.GetUriWithQueryParameters("/audit", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["who"] = Blank(address.Who),
        ["kind"] = Blank(address.Kind),
        ["about"] = Blank(address.About),
        ["from"] = Blank(address.From),
        ["to"] = Blank(address.To),
        ["before"] = address.Before,
    });

    private sealed record Address(string? Who = null, string? Kind = null, string? About = null, string? From = null, string? To = null, long? Before = null);
}
