using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Calendar;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Features.Calendar;

public sealed class CalendarPageTests : UiContext, IAsyncLifetime
{
    private readonly TestStore store;

    public CalendarPageTests()
        : this(new TestStore())
    {
    }

    private CalendarPageTests(TestStore store)
        : base(services =>
        {
            services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard).AddSingleton(Authorities.Standard);
            services.AddSingleton(_ => store.Get<ChangeFeed>()).AddSingleton(_ => store.Get<CalendarQuery>()).AddSingleton(_ => store.Get<PreviewChange>());
            services.AddSingleton(_ => store.Get<ChangeCalendar>()).AddSingleton(_ => store.Get<ChangePolicy>()).AddSingleton(_ => store.Get<StopRetarget>());
            services.AddSingleton(_ => store.Get<KeptDrafts>()).AddSingleton(_ => store.Get<ResumeRetarget>()).AddSingleton(_ => store.Get<MessagesQuery>()).AddSingleton(_ => store.Get<ReadMessages>());
        }) => this.store = store;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void A_year_tells_every_day_by_sign_name_and_list_and_changes_nothing_for_who_may_not()
    {
        Actor = Actor.StaffMember(Guid.NewGuid(), "主管", Roles.Supervisor, ["粤"], ["e-licence"]);
        Navigation.NavigateTo("/calendar?year=2026");
        var page = Render<CalendarPage>();
        Assert.Equal(12, page.FindAll("table.month").Count);
        var holiday = page.Find("[data-date='2026-10-01']");
        Assert.Equal(("2026-10-1 星期四 放假 · 国庆节", "放假 · 国庆节", "0", "休"), (holiday.GetAttribute("aria-label"), holiday.GetAttribute("data-tip"), holiday.GetAttribute("tabindex"), holiday.ParentElement!.GetAttribute("data-sign")));
        Assert.Equal("班", page.Find("[data-date='2026-10-10']").ParentElement!.GetAttribute("data-sign"));
        Assert.Contains(page.FindAll(".named li"), li => li.TextContent.Contains("国庆节", StringComparison.Ordinal) && li.TextContent.Contains("10-01 – 10-07", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button.day, #calendar-file"));
    }

    [Fact]
    public void A_year_that_is_not_loaded_says_so_and_rubbish_in_the_address_shows_this_year()
    {
        Navigation.NavigateTo("/calendar?year=2027");
        Assert.Contains("尚未载入 2027 年放假安排", Render<CalendarPage>().Find(".missing").TextContent, StringComparison.Ordinal);
        foreach (var rubbish in (string[])["year=0", "year=x", "year=99999", "tab=x"])
        {
            Navigation.NavigateTo($"/calendar?{rubbish}");
            Assert.Contains("2026", Render<CalendarPage>().Find(".years strong").TextContent, StringComparison.Ordinal);
        }

        Navigation.NavigateTo("/calendar?scope=nowhere");
        Assert.NotEmpty(Render<CalendarPage>().FindAll(".state-error"));
    }

    [Fact]
    public async Task An_administrator_names_a_day_sees_what_it_does_and_applies_it()
    {
        var work = new Casework(store);
        var open = await work.Application();
        Navigation.NavigateTo("/calendar?scope=粤B");
        var page = Render<CalendarPage>();
        page.Find("[data-date='2026-11-24']").Click();
        page.Find("#day-name").Change("台风停工");
        await page.Find("form.form").SubmitAsync();
        Assert.Contains("changed", page.Find("[data-date='2026-11-24']").ParentElement!.ClassName, StringComparison.Ordinal);

        await page.Find("[data-testid=draft] form").SubmitAsync();
        var preview = page.WaitForElement("[data-testid=previewed]");
        Assert.Contains("1 件", preview.TextContent, StringComparison.Ordinal);
        Assert.Contains("11-24 13:26", preview.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("11-25 13:26", preview.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        await page.ClickOn("[data-testid=apply]");
        page.WaitForElement("[data-testid=told]");
        await store.Drain();
        Assert.Equal(SlaEntryKind.Retarget, (await work.Case(open)).Ledger[^1].Kind);
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("已更新 1 / 1 件", page.Find("[data-testid=revisions]").TextContent, StringComparison.Ordinal));
        Assert.Contains("已更新 1 / 1 件", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal);

        Navigation.NavigateTo("/calendar?tab=history");
        Assert.Contains("修改工作日历", Render<CalendarPage>().Find(".changes").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_there_again_for_who_left_the_page_and_for_nobody_else()
    {
        Navigation.NavigateTo("/calendar?year=2027");
        await Render<CalendarPage>().ClickOn("[data-testid=provisional]");
        Navigation.NavigateTo("/calendar?scope=粤");
        var province = Render<CalendarPage>();
        Assert.Empty(province.FindAll("[data-testid=draft]"));
        Assert.Equal(("全国（国务院通知）", "http://localhost/calendar"), (province.Find("[data-testid=other-drafts] a").TextContent, province.Find("[data-testid=other-drafts] a").GetAttribute("href")));

        // Back by the link in the navigation: nothing says which year.
        Navigation.NavigateTo("/calendar");
        var page = Render<CalendarPage>();
        Assert.Contains("13 天", page.Find("[data-testid=draft]").TextContent, StringComparison.Ordinal);
        Assert.Contains("不含调休", page.Markup, StringComparison.Ordinal);
        Assert.Equal("2027", page.Find(".years strong").TextContent);
        Assert.Empty(page.FindAll("[data-testid=other-drafts]"));
        page.Find("#effective").Change("2026-12-01");
        Assert.Equal("2026-12-01", Render<CalendarPage>().Find("#effective").GetAttribute("value"));

        var self = Actor;
        Actor = await store.Services.AddStaffMember("other", Roles.Administrator);
        Assert.Empty(Render<CalendarPage>().FindAll("[data-testid=draft], [data-testid=other-drafts]"));
        Actor = self;
        await page.ClickOn(at => at.FindAll("[data-testid=draft] button").Single(button => button.TextContent == "放弃草稿"));
        Assert.Empty(Render<CalendarPage>().FindAll("[data-testid=draft]"));
    }

    [Fact]
    public async Task A_draft_that_somebody_overtook_says_so_and_one_that_was_applied_is_gone()
    {
        Navigation.NavigateTo("/calendar?scope=粤B");
        var page = Render<CalendarPage>();
        page.Find("[data-date='2026-11-24']").Click();
        page.Find("#day-name").Change("台风停工");
        await page.Find("form.form").SubmitAsync();
        var other = await store.Services.AddStaffMember("other", Roles.Administrator);
        var theirs = (await store.Get<CalendarQuery>().Handle(other, "粤B")).Value.Draft.Name(new(new(2026, 11, 25), false, "台风停工"));
        Assert.Null((await store.Get<ChangeCalendar>().Handle(other, theirs, new(2026, 11, 23), 0)).Refusal);
        var again = Render<CalendarPage>();
        Assert.Contains("日历已被他人修改", again.Find("[data-testid=draft] [role=alert]").TextContent, StringComparison.Ordinal);

        await again.ClickOn(at => at.FindAll("[data-testid=draft] button").Single(button => button.TextContent == "放弃草稿"));
        again.Find("[data-date='2026-11-26']").Click();
        again.Find("#day-name").Change("台风停工");
        await again.Find("form.form").SubmitAsync();
        await again.Find("[data-testid=draft] form").SubmitAsync();
        await again.ClickOn("[data-testid=apply]");
        again.WaitForElement("[data-testid=told]");
        Assert.Empty(Render<CalendarPage>().FindAll("[data-testid=draft]"));
    }

    [Fact]
    public void A_file_with_mistakes_names_their_lines_and_changes_nothing()
    {
        Navigation.NavigateTo("/calendar");
        var page = Render<CalendarPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("date,type,name\n2027-13-01,off,元旦\n2027-01-01,free,元旦\n", "2027.csv"));
        page.WaitForAssertion(() => Assert.Equal(
            ["第 2 行：日期应写作 2027-10-01（现为“2027-13-01”）", "第 3 行：类型应为 off 或 work（现为“free”）"], page.FindAll("[data-testid=problems] li").Select(li => li.TextContent)));
        Assert.Empty(page.FindAll("[data-testid=draft]"));
    }

    [Fact]
    public async Task The_provisional_days_are_marked_as_a_draft_and_can_be_discarded()
    {
        Navigation.NavigateTo("/calendar?year=2027");
        var page = Render<CalendarPage>();
        await page.ClickOn("[data-testid=provisional]");
        Assert.Contains("不含调休", page.Markup, StringComparison.Ordinal);
        Assert.Contains("13 天", page.Find("[data-testid=draft]").TextContent, StringComparison.Ordinal);
        await page.ClickOn(at => at.FindAll("[data-testid=draft] button").Single(button => button.TextContent == "放弃草稿"));
        Assert.Empty(page.FindAll("[data-testid=draft]"));
    }

    [Fact]
    public async Task A_rule_is_set_with_several_spans_a_day()
    {
        Navigation.NavigateTo("/calendar?tab=policies");
        var page = Render<CalendarPage>();
        await page.ClickOn(at => at.FindAll("td button")[0]);
        page.Find("#policy-kind").Change("OfficeHours");
        page.Find("#policy-spans").Change("09:00-12:00, 11:00-17:30");
        await page.Find("form").SubmitAsync();
        Assert.Contains("规则写法不对", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        page.Find("#policy-spans").Change("09:00-12:00, 13:30-17:30");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("办公时间累计 1 日：09:00-12:00,13:30-17:30", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Equal("office-hours/1/09:00-12:00,13:30-17:30", store.Get<ReviewConsole.Data.Clocks>().For("e-licence").Policy.Version);
    }

    [Fact]
    public async Task Messages_of_a_window_stand_together_and_are_read_once()
    {
        Actor = await store.Services.AddStaffMember("reader", Roles.Reviewer);
        Assert.Contains("没有消息", Render<MessagesPage>().Markup, StringComparison.Ordinal);
        var work = new Casework(store);
        await work.Application();
        await work.Application();
        store.Time.Advance(TimeSpan.FromHours(20));
        Time.Advance(TimeSpan.FromHours(20));
        await store.Get<RaiseWarnings>().Handle();
        var page = Render<MessagesPage>();
        Assert.Equal(["将到期 2"], page.FindAll(".counts .chip").Select(chip => chip.TextContent));
        Assert.Equal(2, page.FindAll("li a").Count);
        Assert.Contains("新", page.Find(".panel-head").TextContent, StringComparison.Ordinal);
        // That they were read is written after they are shown.
        await InTime.Holds(() => !Render<MessagesPage>().Find(".panel-head").TextContent.Contains('新', StringComparison.Ordinal));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        Actor = await store.Services.AddStaffMember("admin", Roles.Administrator);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }
}

/// <summary>Why something is due then, in both languages (SLA-3).</summary>
public sealed class DerivationTests : UiContext
{
    [Theory]
    [InlineData("zh-CN", "2026-10-01|不计：星期四，国庆节放假", "2026-10-10 00:00-10:00|计入 10 时 0 分：星期六，国庆节调休上班")]
    [InlineData("en", "2026-10-01|skipped: Thursday, holiday 国庆节", "2026-10-10 00:00-10:00|10 h 0 min counted: Saturday, worked for 国庆节")]
    public void Each_line_says_when_and_what(string language, string holiday, string worked)
    {
        SpeakLanguage(language);
        SlaClock clock = new(SlaPolicy.OneBusinessDay, Holidays.Shipped);
        Assert.Contains(holiday, Lines(clock.Explain(new DateTimeOffset(2026, 9, 30, 10, 0, 0, Shanghai.Offset))));
        Assert.Contains(worked, Lines(clock.Explain(new DateTimeOffset(2026, 10, 9, 10, 0, 0, Shanghai.Offset))));
    }

    [Fact]
    public void Pauses_retargets_and_versions_are_lines_too()
    {
        SlaClock clock = new(SlaPolicy.OneBusinessDay, Holidays.Shipped);
        SlaClock local = new(SlaPolicy.OneBusinessDay, Holidays.Shipped.WithLocal("粤", [new(new(2026, 11, 24), false, "台风停工")]));
        List<SlaEntry> ledger = [];
        DateTimeOffset start = new(2026, 11, 23, 10, 0, 0, Shanghai.Offset);
        ledger.Add(clock.Next(ledger, SlaEntryKind.Start, start, "client:x"));
        ledger.Add(clock.Next(ledger, SlaEntryKind.Pause, start.AddHours(1), "staff:x", "ask"));
        ledger.Add(clock.Next(ledger, SlaEntryKind.Resume, start.AddHours(3), "client:x", "resubmit"));
        ledger.Add(local.Next(ledger, SlaEntryKind.Retarget, start.AddHours(4), "staff:x", "calendar"));
        Assert.Equal(
            [
                $"2026-11-23 10:00|收件；规则 business-days/1（满 1 个工作日，每日 24 小时累计），日历 {local.Calendar.Version}",
                "2026-11-23 10:00-11:00|计入 1 时 0 分：星期一",
                "2026-11-23 11:00|暂停（待申请人补充），2026-11-23 13:00 恢复",
                "2026-11-23 13:00-24:00|计入 11 时 0 分：星期一",
                "2026-11-24|不计：星期二，台风停工放假",
                "2026-11-25 00:00-12:00|计入 12 时 0 分：星期三",
                "2026-11-25 12:00|到期，已用 24 时 0 分",
                $"2026-11-23 14:00|改按新版本（日历变更）；规则 business-days/1，日历 {local.Calendar.Version}",
            ],
            Lines(local.Explain(ledger)));
    }

    private List<string> Lines(IReadOnlyList<SlaStep> steps) =>
        [.. Render<Derivation>(d => d.Add(x => x.Steps, steps)).FindAll("li").Select(li => string.Join('|', li.Children.Select(part => part.TextContent)))];
}
