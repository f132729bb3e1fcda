using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Audit;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Audit;

public sealed class AuditPageTests : UiContext, IAsyncLifetime
{
    private readonly TestStore store;
    private readonly Sample sample;
    private CaseId id;
    private string receipt = "";

    public AuditPageTests()
        : this(new())
    {
    }

    private AuditPageTests(TestStore store)
        : base(services => services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard)
            .AddSingleton<AuditWords>().AddSingleton(_ => store.Get<AuditQuery>()).AddSingleton(_ => store.Get<RecordVerification>())) =>
        (this.store, sample) = (store, new(store));

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void A_row_says_when_who_what_and_about_what()
    {
        var cells = Show().FindAll("tbody tr")[0].Children.Select(Text).ToList();
        Assert.Equal(["2026-11-23 13:26:00", "审核员07", "领取", $"{receipt}只看"], cells[1..5]);
        Assert.Equal(8, cells[5].Length);
    }

    [Fact]
    public void The_case_is_a_link_for_who_may_see_cases_and_every_row_leads_to_its_stream()
    {
        var links = Show().FindAll("tbody tr")[0].QuerySelectorAll("a").Select(a => a.GetAttribute("href"));
        Assert.Equal([$"/cases/{id}", $"/audit?about=case%3A{id}"], links);
    }

    [Fact]
    public void The_address_says_what_is_shown()
    {
        Navigation.NavigateTo($"/audit?about={receipt}&kind=CaseOpened");
        Assert.Equal("测量完成", Text(Assert.Single(Show().FindAll("tbody tr")).Children[3]).Split(' ')[0]);
        Navigation.NavigateTo("/audit?about=SQ1");
        var none = Show();
        Assert.Contains("没有符合条件的记录", none.Markup, StringComparison.Ordinal);
        none.FindAll("input").Single(input => input.GetAttribute("value") == "SQ1").Change("case:1");
        Assert.EndsWith("/audit?about=case%3A1", Navigation.Uri, StringComparison.Ordinal);
        none.FindAll("input[type=date]")[0].Change("2026-11-23");
        Assert.EndsWith("/audit?about=case%3A1&from=2026-11-23", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_is_found_by_name()
    {
        var shown = Show();
        var picker = shown.FindComponent<MudAutocomplete<AuditActor>>().Instance;
        Assert.Equal(["审核员07"], (await picker.SearchFunc!("员07", default)!).Select(a => a!.Who.Name));
        Assert.Equal(["系统"], (await picker.SearchFunc!("系", default)!).Select(a => picker.ToStringFunc!(a!)));
        await shown.InvokeAsync(() => picker.ValueChanged.InvokeAsync(new("staff:1", new(default, "x"))));
        Assert.EndsWith("/audit?who=staff%3A1", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_verified_at_the_press_of_a_button_and_the_result_stays()
    {
        var shown = Show();
        Assert.Contains("还没有校验过", shown.Markup, StringComparison.Ordinal);
        await Verify(shown);
        shown.WaitForAssertion(() => Assert.Matches(@"完好\s*\d+ 行，\d+ 个序列，没有发现改动\s*2026-11-23 13:26:00 审计员01 校验", Text(shown.Find(".verification-result"))));
        shown.WaitForAssertion(() => Assert.Equal("校验日志", Text(shown.FindAll("tbody tr")[0].Children[3]).Split(' ')[0]));
        Assert.Contains("完好", Show().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_row_is_named_with_a_link_to_its_stream()
    {
        await using (var db = await store.Open())
            await db.Database.ExecuteSqlAsync($"update AuditEntries set Actor = 'nobody' where Kind = 'CaseOpened'");
        var shown = Show();
        await Verify(shown);
        shown.WaitForAssertion(() => Assert.Matches($"有问题 第一处：序列 case:{id} 序号 \\d+（第 \\d+ 行），被改动", Text(shown.Find(".verification-result"))));
        Assert.Equal($"/audit?about=case%3A{id}", shown.Find(".verification-result a").GetAttribute("href"));
    }

    [Fact]
    public void Who_may_not_see_it_gets_the_reason_and_no_list()
    {
        Actor = Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []);
        var shown = Show();
        Assert.Contains("您没有这项权限。", shown.Markup, StringComparison.Ordinal);
        Assert.Empty(shown.FindAll("table"));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        var reviewer = await sample.Staff(Roles.Reviewer);
        id = await sample.ELicence();
        Assert.Null((await store.Get<ClaimCase>().Handle(reviewer, id)).Refusal);
        await using var db = await store.Open();
        receipt = await db.Cases.Select(c => c.ReceiptNumber).SingleAsync();
        Actor = await sample.Staff(Roles.Auditor, "审计员01");
        Render<MudPopoverProvider>();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }

    private static string Text(AngleSharp.Dom.INode element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Task Verify(IRenderedComponent<AuditPage> shown) => shown.ClickOn(at => at.FindAll("button").Single(button => Text(button) == "校验全部"));

    private IRenderedComponent<AuditPage> Show()
    {
        var shown = Render<AuditPage>();
        shown.WaitForState(() => shown.FindAll("table, .state-title").Count > 0);
        return shown;
    }
}
