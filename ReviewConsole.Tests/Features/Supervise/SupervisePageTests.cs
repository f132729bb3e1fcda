using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Supervision;
using ReviewConsole.Features.Desk;
using ReviewConsole.Features.Supervise;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Tests.Features.Supervise;

/// <summary>A store with its made-up people.</summary>
public sealed class SuperviseStore : IAsyncLifetime
{
    public SuperviseStore() => Sample = new(Store);

    public TestStore Store { get; } = new();

    public Sample Sample { get; }

    public Task InitializeAsync() => Store.InitializeAsync();

    public Task DisposeAsync() => Store.DisposeAsync();
}

/// <summary>The pages and parts of supervision over the product's own use cases.</summary>
public sealed class SupervisePageTests(SuperviseStore made) : UiContext(services => Add(services, made.Store)), IClassFixture<SuperviseStore>
{

    [Fact]
    public async Task The_dashboard_says_its_numbers_first_and_renews_itself()
    {
        await Supervisor();
        RenderProviders();
        var page = Render<DashboardPage>();
        var before = Waiting(page);
        await made.Sample.ELicence();
        await page.WaitForAssertionAsync(() =>
        {
            made.Store.Time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.Equal(before + 1, Waiting(page));
        });
        Assert.Equal(["kpi-overdue", "kpi-intime", "kpi-forecast", "kpi-took"], page.FindAll(".kpi").Select(k => k.GetAttribute("data-testid")));
        Assert.NotEmpty(page.FindAll(".as-table table"));

        Assert.Empty(page.FindAll("[data-testid=reasoning]"));
        await page.ClickOn("[data-testid=reasoning-toggle]");
        Assert.Contains($"在办 {before + 1} 件", page.Find("[data-testid=reasoning]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_says_what_the_dashboard_shows()
    {
        await Supervisor();
        await made.Sample.ELicence("浙B");
        RenderProviders();
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/dashboard?authority=浙B&show=open&days=30");
        var page = Render<DashboardPage>();
        Assert.All(page.FindAll(".worklist tbody tr"), row => Assert.Contains("浙B", row.TextContent, StringComparison.Ordinal));
        Assert.Contains("近 30 日", page.Find("[data-testid=kpi-took]").TextContent, StringComparison.Ordinal);
        Assert.Contains("authority=%E6%B5%99B", page.Find(".exports a").GetAttribute("href"), StringComparison.Ordinal);
        await page.Find(".pick").ChangeAsync(new() { Value = "Overdue" });
        Assert.Contains("show=Overdue", navigation.Uri, StringComparison.Ordinal);

        navigation.NavigateTo("/dashboard?authority=川A");
        Assert.Single(Render<DashboardPage>().FindAll(".page-body > .state-error"));
    }

    [Fact]
    public async Task Cases_are_chosen_previewed_and_raised_and_each_says_what_became_of_it()
    {
        await Supervisor();
        var id = await made.Sample.ELicence("粤C");
        RenderProviders();
        var list = Render<WorkList>(l => l.Add(x => x.AuthorityCode, "粤C").Add(x => x.Filter, WorkFilter.Open));
        Assert.All(list.FindAll(".tools button"), button => Assert.True(button.HasAttribute("disabled")));
        await list.Find("tbody input").ChangeAsync(new() { Value = true });
        await list.ClickOn("[data-testid=act-Prioritise]");
        Assert.True(list.Find("[data-testid=act-preview]").HasAttribute("disabled"));
        await list.Find("[data-testid=act-why]").ChangeAsync(new() { Value = "Complaint" });
        await list.ClickOn("[data-testid=act-preview]");
        await list.WaitForElementAsync("[data-testid=act-confirm]");
        Assert.Contains("可办 1 件", list.Find("[data-testid=act-summary]").TextContent, StringComparison.Ordinal);
        // Another choice asks for another preview.
        await list.Find("[data-testid=act-priority]").ChangeAsync(new() { Value = "Lowered" });
        Assert.Empty(list.FindAll("[data-testid=act-confirm]"));
        await list.ClickOn("[data-testid=act-preview]");
        await (await list.WaitForElementAsync("[data-testid=act-confirm]")).ClickAsync(new());
        await list.WaitForElementAsync("[data-testid=act-close]");
        Assert.Contains("已办 1 件", list.Find("[data-testid=act-summary]").TextContent, StringComparison.Ordinal);
        Assert.Contains("延后", list.Find("tbody tr").TextContent, StringComparison.Ordinal);
        await list.ClickOn("[data-testid=act-close]");
        Assert.Empty(list.FindAll("[data-testid=action]"));
        Assert.Equal(1, (await new Casework(made.Store).Case(id)).Priority);
    }

    [Fact]
    public async Task A_refusal_stands_beside_its_case_and_nothing_can_be_confirmed()
    {
        await Supervisor();
        var id = await made.Sample.ELicence();
        RenderProviders();
        var panel = Render<ActionPanel>(p => p.Add(x => x.Kind, ActionKind.TakeBack).Add(x => x.Cases, [id]));
        await panel.WaitForElementAsync(".results .bad");
        Assert.Empty(panel.FindAll("[data-testid=act-confirm]"));
    }

    [Fact]
    public async Task People_stand_by_name_with_what_they_work_on()
    {
        await Supervisor();
        var worker = await made.Sample.Staff(Roles.Reviewer, "审核员11");
        var id = await made.Sample.ELicence();
        Assert.Null((await made.Store.Get<ClaimCase>().Handle(worker, id)).Refusal);
        RenderProviders();
        var page = Render<PeoplePage>();
        var row = Assert.Single(page.FindAll("[data-testid=now] tbody tr"), r => r.TextContent.Contains("审核员11", StringComparison.Ordinal));
        Assert.Equal($"/cases/{id}", row.QuerySelector("a")!.GetAttribute("href"));
        var names = page.FindAll("[data-testid=now] tbody th").Select(th => th.TextContent).ToList();
        Assert.Equal(names.Order(StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("zh-CN"), true)), names);
    }

    [Fact]
    public async Task My_day_shows_what_I_have()
    {
        Actor = await made.Sample.Staff(Roles.Reviewer, "审核员12");
        RenderProviders();
        Assert.Contains("手中没有件", Render<MyDayPage>().Markup, StringComparison.Ordinal);
        var id = await made.Sample.ELicence();
        Assert.Null((await made.Store.Get<ClaimCase>().Handle(Actor, id)).Refusal);
        var page = Render<MyDayPage>();
        Assert.Equal($"/cases/{id}", page.Find(".held a").GetAttribute("href"));
        Assert.Equal(7, page.FindAll("[data-testid=my-numbers] tbody tr").Count);
    }

    [Fact]
    public async Task The_report_is_of_the_month_asked_for()
    {
        await Supervisor();
        await made.Sample.ELicence();
        RenderProviders();
        var navigation = Services.GetRequiredService<NavigationManager>();
        Assert.Single(Render<ReportPage>().FindAll("tr.sum"));
        navigation.NavigateTo("/reports?month=2026-10");
        Assert.Contains("2026-10 没有收件也没有办结", Render<ReportPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_are_as_long_as_their_part_of_the_longest()
    {
        var bars = Render<BarTable>(b => b.Add(x => x.Title, "x").Add(x => x.Rows, [new("a", 4, "4"), new("b", 1, "1", "bad"), new("c", 0, "0")])).FindAll(".bar span");
        Assert.Equal(["width:100%", "width:25%", "width:0%"], bars.Select(bar => bar.GetAttribute("style")));
        Assert.Equal("bad", bars[1].ClassName);
    }

    [Fact]
    public void The_hours_of_the_chart_are_those_of_work_and_whatever_lies_outside()
    {
        RenderProviders();
        var chart = Render<HourChart>(c => c.Add(x => x.Hours, [.. Enumerable.Range(0, 24).Select(hour => new HourOfToday(hour, hour == 6 ? 3 : 0, 0))]));
        Assert.Equal(["6:00", .. Enumerable.Range(7, 13).Select(hour => $"{hour}:00")], chart.FindAll("tbody th").Select(th => th.TextContent));
        Assert.Equal("true", chart.Find(".chart").GetAttribute("aria-hidden"));
    }

    [Theory]
    [InlineData(0, 0, "起无人办理")]
    [InlineData(1, 0, "没有用时记录")]
    [InlineData(1, 60, "预计 2 件")]
    public void The_forecast_says_what_it_rests_on(int people, double perHour, string words)
    {
        BreachForecast forecast = new(Time.GetUtcNow().AddDays(1), 9, 1, 5, 3, perHour, 4, 2);
        Outlook outlook = new(forecast, [.. Enumerable.Range(0, people).Select(i => new AtWork($"审核员{i}", TimeSpan.FromMinutes(1)))], Time.GetUtcNow(), null);
        Assert.Contains(words, Render<ForecastWords>(f => f.Add(x => x.Outlook, outlook)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_has_the_filters_of_its_list_and_is_offered_to_who_may_take_it_out()
    {
        Actor = await made.Sample.Staff(Roles.Reviewer, "审核员09");
        Assert.Empty(Links());
        await Supervisor();
        Assert.Equal(["/exports/work.csv?queue=second", "/exports/work.xlsx?queue=second"], Links().Select(a => a.GetAttribute("href")));
        Assert.All(Links(), a => Assert.True(a.HasAttribute("download")));
        // What was typed names people: it goes in the body.
        var typed = Render<ExportLinks>(e => e.Add(x => x.List, "search").Add(x => x.Filters, new Dictionary<string, string?> { ["queue"] = "second" }).Add(x => x.Typed, "王小明"));
        Assert.Equal("王小明", typed.Find("form[method=post] input[name=text]").GetAttribute("value"));
        Assert.Equal(["/exports/search.csv?queue=second", "/exports/search.xlsx?queue=second"], typed.FindAll("form button").Select(b => b.GetAttribute("formaction")));
        Assert.Empty(typed.FindAll("a"));

        IReadOnlyList<AngleSharp.Dom.IElement> Links() =>
            Render<ExportLinks>(e => e.Add(x => x.List, "work").Add(x => x.Filters, new Dictionary<string, string?> { ["queue"] = "second", ["show"] = null })).FindAll("a");
    }

    private async Task Supervisor() => Actor = await made.Sample.Staff(Roles.Supervisor, "主管01");

    private static int Waiting(IRenderedComponent<DashboardPage> page) =>
        int.Parse(new string([.. page.Find("[data-testid=kpi-overdue] .muted").TextContent.Where(char.IsDigit)]), System.Globalization.CultureInfo.InvariantCulture);

    private static void Add(IServiceCollection services, TestStore store)
    {
        services.AddSingleton<TimeProvider>(store.Time);
        Take<DashboardQuery>();
        Take<WorkListQuery>();
        Take<PeopleQuery>();
        Take<MyDayQuery>();
        Take<SlaReportQuery>();
        Take<ActOnCases>();
        Take<ChangeFeed>();
        Take<Queues>();
        Take<Authorities>();
        Take<ReviewConsole.Catalog.Reasons>();
        Take<IOptions<SuperviseSettings>>();

        void Take<T>()
            where T : class => services.AddSingleton(_ => store.Get<T>());
    }
}
