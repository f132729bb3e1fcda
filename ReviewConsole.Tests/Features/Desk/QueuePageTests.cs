using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Photos;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Desk;

public sealed class QueuePageTests() : DeskContext(new DeskStore()), IAsyncLifetime
{
    private IRenderedComponent<IComponent> around = null!;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task A_row_is_masked_leads_to_its_case_and_says_how_long_is_left()
    {
        var id = await Sample.ELicence();
        Store.Time.Advance(TimeSpan.FromMinutes(10));

        var row = Assert.Single(Show().FindAll("tbody tr"));

        Assert.Equal($"/cases/{id}", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("王**", row.Children[1].TextContent);
        Assert.Matches(@"^\d{6}\*{8}\d{3}[\dX]$", row.Children[2].TextContent);
        Assert.Equal("深圳市公安局交通警察支队", row.Children[3].GetAttribute("title"));
        Assert.Equal("剩 23 时 50 分", row.QuerySelector(".chip.ok")!.TextContent);
        Assert.False(row.ClassList.Contains("late"));
        Assert.DoesNotContain("小明", row.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_at_a_case_is_named_in_its_row_and_gone_afterwards()
    {
        var id = await Sample.ELicence();
        var page = Show();
        Assert.Empty(page.FindAll("[data-testid=looking]"));
        var cases = Store.Get<OpenCases>();
        var first = cases.Open(id, await Sample.Staff(Roles.Reviewer, "审核员03"), _ => { });
        using (cases.Open(id, await Sample.Staff(Roles.Senior, "复核员04"), _ => { }))
        {
            await Says("复核员04等 2 人在查看");
            first.Dispose();
            await Says("复核员04 在查看");
        }

        await Says(null);

        Task Says(string? words) => page.WaitForAssertionAsync(() =>
        {
            Store.Time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.Equal(words, page.FindAll("[data-testid=looking]").SingleOrDefault()?.TextContent);
        });
    }

    [Fact]
    public async Task An_overdue_row_is_marked_and_counted_and_a_paused_one_is_not()
    {
        var late = await Sample.ELicence();
        var paused = await Sample.ELicence();
        var claim = (await Store.Get<ClaimCase>().Handle(Actor, paused)).Value;
        Assert.Null((await Store.Get<AskForInformation>().Handle(Actor, claim, ["PHOTO_BLUR"], null)).Refusal);
        Store.Time.Advance(TimeSpan.FromHours(25));

        var page = Show();

        var marked = Assert.Single(page.FindAll("tr.late"));
        Assert.Equal($"/cases/{late}", marked.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("超时 1 时 00 分", marked.QuerySelector(".chip.bad")!.TextContent);
        Assert.Equal(["超时 1", "待审 1"], page.FindAll(".page-header .chip").Select(chip => chip.TextContent));
        Assert.Contains("已暂停", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_address_asks_for_is_shown()
    {
        var old = await Sample.ELicence("粤A");
        Store.Time.Advance(TimeSpan.FromHours(25));
        var young = await Sample.ELicence("粤B");
        var receipt = (await Case(young)).ReceiptNumber;

        Assert.Equal([old, young], Shown("/queues/e-licence"));
        Assert.Equal([old], Shown("/queues/e-licence?show=overdue"));
        Assert.Equal([young], Shown("/queues/e-licence?authority=粤B"));
        Assert.Equal([young], Shown($"/queues/e-licence?receipt={receipt}"));
        Assert.Equal([old, young], Shown("/queues/e-licence?show=rubbish"));
        Assert.Equal([old, young], Shown("/queues/e-licence?show=99"));
        Assert.Empty(Shown("/queues/e-licence?show=closed"));
        Assert.Empty(Shown("/queues/e-licence?authority=川"));
    }

    [Fact]
    public async Task What_is_chosen_stands_in_the_address_and_begins_on_the_first_page()
    {
        await Sample.ELicence();
        Navigation.NavigateTo("/queues/e-licence?after=x");
        var page = Show();

        await page.InvokeAsync(() => page.FindComponent<MudSelect<ListFilter>>().Instance.ValueChanged.InvokeAsync(ListFilter.Overdue));
        Assert.EndsWith("/queues/e-licence?show=Overdue", Navigation.Uri, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindComponent<MudSelect<string>>().Instance.ValueChanged.InvokeAsync("粤B"));
        Assert.EndsWith("/queues/e-licence?show=Overdue&authority=粤B", Uri.UnescapeDataString(Navigation.Uri), StringComparison.Ordinal);
        await page.Find("[data-key=KeyF]").ChangeAsync(new() { Value = " SQ1 " });
        Assert.EndsWith("receipt=SQ1", Navigation.Uri, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindComponent<MudSelect<string>>().Instance.ValueChanged.InvokeAsync(""));
        await page.InvokeAsync(() => page.FindComponent<MudSelect<ListFilter>>().Instance.ValueChanged.InvokeAsync(ListFilter.Unclosed));
        Assert.EndsWith("/queues/e-licence?receipt=SQ1", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_authorities_in_reach_can_be_chosen()
    {
        Actor = await Sample.Staff(Roles.Reviewer, authorities: ["浙"]);
        var select = Show().FindComponent<MudSelect<string>>();
        await select.Find(".mud-input-control").MouseDownAsync(new());
        await around.WaitForAssertionAsync(() => Assert.Equal(
            ["全部", "浙 · 浙江省公安厅交通管理局", "浙A · 杭州市公安局交通警察支队", "浙B · 宁波市公安局交通警察支队"],
            around.FindAll(".mud-list-item").Select(item => item.TextContent.Trim())));
    }

    [Fact]
    public async Task Who_went_off_duty_since_the_list_was_read_is_given_nothing()
    {
        await Sample.ELicence();
        Actor = await Sample.Staff(Roles.Reviewer);
        var page = Show();
        var before = Navigation.Uri;
        Actor = Actor with { OnDuty = false };
        await page.ClickOn("[data-testid=claim-next]");
        await around.WaitForAssertionAsync(() => Assert.Contains("您已离岗", around.Markup, StringComparison.Ordinal));
        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public void An_empty_queue_and_a_filter_that_nothing_passes_are_told_apart()
    {
        Assert.Equal("本队列没有未结案件", Show().Find(".state-title").TextContent);
        Navigation.NavigateTo("/queues/e-licence?receipt=SQ9");
        Assert.Equal("没有符合条件的案件", Show().Find(".state-title").TextContent);
    }

    [Fact]
    public async Task The_second_page_and_the_way_back_have_keys()
    {
        for (var i = 0; i <= QueueQuery.PageSize; i++)
            await Sample.ELicence();
        var page = Show();
        Assert.Equal(QueueQuery.PageSize, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll("[data-key=BracketLeft]"));
        var first = page.FindAll("tbody a").Select(a => a.TextContent).ToList();

        Assert.Equal("]", page.Find("[data-key=BracketRight] kbd").TextContent);
        await page.ClickOn("[data-key=BracketRight]");

        Assert.Contains("?after=", Navigation.Uri, StringComparison.Ordinal);
        page = Show();
        Assert.DoesNotContain(Assert.Single(page.FindAll("tbody a")).TextContent, first);
        Assert.Empty(page.FindAll("[data-key=BracketRight]"));
        await page.ClickOn("[data-key=BracketLeft]");
        Assert.EndsWith("/queues/e-licence", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_opens_the_case_that_was_claimed()
    {
        var id = await Sample.ELicence();
        var page = Show();
        var next = page.Find("[data-testid=claim-next]");
        Assert.Equal(("KeyN", "N"), (next.GetAttribute("data-key"), next.QuerySelector("kbd")!.TextContent));
        await page.ClickOn("[data-testid=claim-next]");
        Assert.EndsWith($"/cases/{id}", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(Actor.Reviewer, (await Case(id)).Holder);
    }

    [Fact]
    public async Task Next_says_so_where_nothing_is_free_and_stays()
    {
        Navigation.NavigateTo("/queues/e-licence");
        await Show().ClickOn("[data-testid=claim-next]");
        await around.WaitForAssertionAsync(() => Assert.Contains("现在没有可领取的案件", around.Markup, StringComparison.Ordinal));
        Assert.EndsWith("/queues/e-licence", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Supervisor, Queues.ELicence)]
    [InlineData(Roles.Auditor, Queues.ELicence)]
    [InlineData(Roles.Reviewer, Queues.Second)]
    public async Task Next_is_offered_only_to_those_who_may_review_here(Roles roles, string queue)
    {
        Actor = await Sample.Staff(roles);
        Assert.Empty(Show(queue).FindAll("[data-testid=claim-next]"));
    }

    [Fact]
    public async Task A_row_says_who_holds_it_until_the_lease_runs_out()
    {
        var id = await Sample.ELicence();
        await Store.Get<ClaimCase>().Handle(await Sample.Staff(Roles.Reviewer, "审核员03"), id);
        Assert.Equal("审核员03 正在审核", Show().Find("tbody tr td:last-child").TextContent.Trim());
        Store.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.DoesNotContain("审核员03", Show().Find("tbody tr td:last-child").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_says_what_most_wants_attention_in_its_pictures()
    {
        var id = await Sample.ELicence();
        Assert.Contains("未测", Show().Find("tbody tr td:nth-child(7)").TextContent, StringComparison.Ordinal);
        await Measured(id, Check("pose", CheckResult.Pass), Check("background", CheckResult.Fail), Check("eyes", CheckResult.Look));
        Assert.Equal("不合格 1", Show().Find("tbody tr td:nth-child(7) .chip.bad").TextContent);
    }

    [Fact]
    public async Task A_closed_case_shows_when_and_how_it_ended()
    {
        var id = await Sample.ELicence();
        var claim = (await Store.Get<ClaimCase>().Handle(Actor, id)).Value;
        await Store.Get<Decide>().Handle(Actor, claim, Outcome.Rejected, ["PHOTO_BLUR"], null, null);
        Store.Time.Advance(TimeSpan.FromSeconds(10));
        await Store.Drain();
        Navigation.NavigateTo("/queues/e-licence?show=closed");

        var page = Show();

        Assert.Equal("驳回", page.Find("tbody tr td:last-child .chip.bad").TextContent);
        Assert.Equal("按时办结", page.Find("tbody tr td:nth-child(6)").TextContent.Trim());
        Assert.Contains("11-23 13:26", page.Find("tbody tr td:nth-child(6) .chip").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("按办结时间", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_appears_by_itself()
    {
        var page = Show();
        await Sample.ELicence();
        // The page waits for the burst to end, on the clock that the test turns.
        await page.WaitForAssertionAsync(() =>
        {
            Store.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Single(page.FindAll("tbody tr"));
        });
    }

    [Fact]
    public async Task A_queue_out_of_reach_is_refused_in_words()
    {
        Actor = await Sample.Staff(Roles.Reviewer, queues: [Queues.IdPhoto]);
        var page = Show();
        Assert.Contains("没有找到", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table, [data-testid=claim-next]"));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await Store.InitializeAsync();
        Actor = await Sample.Staff(Roles.Reviewer);
        around = RenderProviders();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Store.DisposeAsync();
    }

    private IRenderedComponent<QueuePage> Show(string queue = Queues.ELicence)
    {
        var page = Render<QueuePage>(p => p.Add(x => x.QueueId, queue));
        page.WaitForState(() => page.FindAll("table, .state-title").Count > 0);
        return page;
    }

    private List<CaseId> Shown(string address)
    {
        Navigation.NavigateTo(address);
        return [.. Show().FindAll("tbody a").Select(a => new CaseId(Guid.Parse(a.GetAttribute("href")!.AsSpan("/cases/".Length))))];
    }
}
