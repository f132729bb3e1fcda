using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Platform;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Calendar;

/// <summary>
/// The calendars by year, the rules of the clocks and who changed them. Administrators change days in a draft that is kept for them, see what it would do to
/// the open cases, and apply it.
/// </summary>
public sealed partial class CalendarPage : IDisposable
{
    private const string ScopeName = "scope";
    private const int FirstYear = 2000;
    private const int LastYear = 2100;
    private static readonly string[] Tabs = ["year", "policies", "history"];
    private readonly CancellationTokenSource leaving = new();
    private CalendarView? view;
    private Refusal? refusal;
    private Refusal? problem;
    private BusinessCalendar shownCalendar = Holidays.Shipped;
    private CalendarDraft? draft;
    private HashSet<DateOnly> changed = [];
    private CalendarPreview? preview;
    private IReadOnlyList<FileProblem> problems = [];
    private string? fileName;
    private bool isProvisional;
    private DateOnly? picked;
    private Naming naming = Naming.Off;
    private string? name;
    private DateOnly effective;
    private int? draftYear;
    private Actor person = Actor.Nobody;
    private string? told;
    private bool mayChange;
    private bool busy;
    private Renewal? renewal;

    // What somebody may say of a day.
    private enum Naming
    {
        Off,
        Work,
        Plain,
    }

    /// <summary>Code of the authority whose own days are shown; empty for the national calendar.</summary>
    [SupplyParameterFromQuery(Name = ScopeName)]
    public string? ScopeCode { get; set; }

    /// <summary>The year.</summary>
    [SupplyParameterFromQuery(Name = "year")]
    public string? Year { get; set; }

    /// <summary><c>year</c>, <c>policies</c> or <c>history</c>.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [Inject]
    private CalendarQuery Query { get; set; } = null!;

    [Inject]
    private PreviewChange Previews { get; set; } = null!;

    [Inject]
    private ChangeCalendar Change { get; set; } = null!;

    [Inject]
    private StopRetarget Stopping { get; set; } = null!;

    [Inject]
    private ResumeRetarget Resuming { get; set; } = null!;

    [Inject]
    private KeptDrafts Drafts { get; set; } = null!;

    [Inject]
    private CurrentActor Who { get; set; } = null!;

    [Inject]
    private Authorities Authorities { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    private DateOnly Today => Shanghai.DateOf(Now);

    private string Scope => string.IsNullOrEmpty(ScopeCode) ? Holidays.National : ScopeCode;

    private string Shown => Tabs.FirstOrDefault(tab => tab == Tab) ?? Tabs[0];

    private int ShownYear => int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= FirstYear and <= LastYear ? year : draftYear ?? Today.Year;

    private bool Dirty => draft is not null && view is not null && (changed.Count > 0 || !draft.Years.SetEquals(view.Draft.Years));

    private IEnumerable<string> OtherDrafts => Drafts.ScopesOf(person).Where(scope => scope != Scope);

    private HashSet<DateOnly> Local => draft is null or { IsNational: true } ? [] : [.. draft.Days.Keys];

    private bool MayLoadDraft => Scope == Holidays.National && ShownYear == 2027 && draft?.Years.Contains(2027) == false;

    private List<(string Name, string Off, string Work)> Named =>
    [
        .. shownCalendar.Days.Where(day => day.Date.Year == ShownYear).GroupBy(day => day.Name)
            .Select(named => (named.Key, Ranges(named.Where(day => !day.Worked)), Ranges(named.Where(day => day.Worked)))),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        renewal?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            renewal = new(Feed, Time, e => e is CalendarEvent, () => InvokeAsync(Renew));
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (view is null || view.Draft.Scope != Scope)
        {
            (view, draft, picked, told, effective, isProvisional, draftYear, problems) = (null, null, null, null, Today, false, null, []);
            await Load();
        }
    }

    private static string Ranges(IEnumerable<NamedDay> days)
    {
        List<(DateOnly From, DateOnly To)> ranges = [];
        foreach (var day in days)
        {
            if (ranges.Count > 0 && ranges[^1].To.AddDays(1) == day.Date)
                ranges[^1] = (ranges[^1].From, day.Date);
            else
                ranges.Add((day.Date, day.Date));
        }

        return string.Join(", ", ranges.Select(range => range.From == range.To ? Short(range.From) : $"{Short(range.From)} – {Short(range.To)}"));

        static string Short(DateOnly day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);
    }

    private async Task Load()
    {
        person = await Who.Get();
        var answer = await Query.Handle(person, Scope, leaving.Token);
        var begun = Dirty ? draft : null;
        (refusal, mayChange) = (answer.Refusal, person.May(Permission.Administer));
        view = refusal is null ? answer.Value : null;
        if (view is null)
            return;
        draft = begun ?? Restore() ?? view.Draft;
        Show();
        if (!Dirty)
            Keep(view.Draft);
        else if (draft.Base != view.Draft.Base)
            (preview, problem) = (null, new Refusal("CALENDAR_OVERTAKEN"));
        if (begun is null && Dirty)
            draftYear = changed.Select(day => day.Year).Concat(draft.Years.Except(view.Draft.Years)).Min();
    }

    // What the person began before and left.
    private CalendarDraft? Restore()
    {
        if (!mayChange || Drafts.Find(person, Scope) is not { } kept)
            return null;
        (effective, isProvisional) = (kept.From > Today ? kept.From : Today, kept.IsProvisional);
        return kept.Draft;
    }

    private async Task Renew()
    {
        await Load();
        StateHasChanged();
    }

    private void Keep(CalendarDraft next)
    {
        (draft, preview, problem) = (next, null, null);
        Show();
        if (Dirty)
            Drafts.Keep(person, new(next, effective, isProvisional));
        else
            Drafts.Drop(person, next.Scope);
    }

    private void Show()
    {
        if (draft is null || view is null)
            return;
        shownCalendar = draft == view.Draft ? view.Calendar : Query.Show(draft);
        changed = CalendarLayers.Changed(view.Draft.Layer(Now), draft.Layer(Now)).ToHashSet();
    }

    private void Pick(DateOnly? date)
    {
        picked = date;
        if (date is not { } at || draft is null)
            return;
        var day = shownCalendar.Day(at);
        (naming, name) = draft.Days.TryGetValue(at, out var own) ? (own.Worked ? Naming.Work : Naming.Off, own.Name)
            : (day.IsBusinessDay ? Naming.Off : Naming.Work, day.Name ?? name);
        if (at.Year != ShownYear)
            Go("year", $"{at.Year}");
    }

    private void Pick(DateOnly date) => Pick((DateOnly?)date);

    private void NameDay()
    {
        if (picked is not { } date || draft is null || (naming != Naming.Plain && string.IsNullOrWhiteSpace(name)))
            return;
        told = null;
        Keep(naming == Naming.Plain ? draft.Clear(date) : draft.Name(new(date, naming == Naming.Work, name!.Trim())));
    }

    private async Task Upload(InputFileChangeEventArgs chosen)
    {
        (fileName, problems, told, isProvisional) = (chosen.File.Name, [], null, false);
        if (chosen.File.Size > CalendarFile.Largest)
        {
            problems = [new(1, "SIZE", "")];
            return;
        }

        using MemoryStream bytes = new();
        await using (var file = chosen.File.OpenReadStream(CalendarFile.Largest, leaving.Token))
            await file.CopyToAsync(bytes, leaving.Token);
        var read = CalendarFile.Read(bytes.ToArray(), draft!.IsNational);
        problems = read.Problems;
        if (problems.Count == 0)
            Take(read.Days);
    }

    private void LoadProvisional()
    {
        (problems, isProvisional) = ([], true);
        Take(Holidays.Provisional2027);
    }

    // What was loaded is shown, whatever year it is of.
    private void Take(IReadOnlyCollection<NamedDay> days)
    {
        Keep(draft!.Load(days));
        var years = days.GroupBy(day => day.Date.Year).MaxBy(year => year.Count())!.Key;
        if (days.All(day => day.Date.Year != ShownYear))
            Go("year", $"{years}");
    }

    private void Effective(string? date)
    {
        effective = Times.Day(date) ?? Today;
        Keep(draft!);
    }

    private void Discard()
    {
        (problems, isProvisional) = ([], false);
        Keep(view!.Draft);
    }

    private Task Preview() => Do(async actor =>
    {
        var answer = await Previews.Handle(actor, draft!, effective, leaving.Token);
        problem = answer.Refusal;
        preview = problem is null ? answer.Value : null;
    });

    private Task Apply() => Do(async actor =>
    {
        var answer = await Change.Handle(actor, draft!, effective, preview!.Touched, leaving.Token);
        problem = answer.Refusal;
        if (problem is not null)
            return;
        Drafts.Drop(actor, Scope);
        (draft, told, isProvisional) = (null, T["Applied"], false);
        await Load();
    });

    private Task Stop(Guid revision) => Do(async actor =>
    {
        var answer = await Stopping.Handle(actor, revision, leaving.Token);
        await Load();
        problem = answer.Refusal;
    });

    private Task Resume(Guid revision) => Do(async actor =>
    {
        var answer = await Resuming.Handle(actor, revision, leaving.Token);
        await Load();
        problem = answer.Refusal;
    });

    private async Task Do(Func<Actor, Task> act)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            await act(await Who.Get());
        }
        finally
        {
            busy = false;
        }
    }

    private string Due(DateTimeOffset? due) => due is { } at ? Times.Short(at) : T["Preview_Paused"];

    private string ScopeWords(string scope) => scope == Holidays.National ? T["Scope_National"] : $"{scope} {Authorities.Find(scope)?.Name}";

    private string AddressOf(string parameter, string? value) => Navigation.GetUriWithQueryParameter(parameter, string.IsNullOrEmpty(value) ? null : value);

    private void Go(string parameter, string? value) => Navigation.NavigateTo(AddressOf(parameter, value));
}
