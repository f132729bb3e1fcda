using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Notices;
using ReviewConsole.Features.Notify;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Features.Notify;

public sealed class MailboxPageTests : UiContext, IAsyncLifetime
{
    private static readonly Actor Administrator = Actor.StaffMember(Guid.NewGuid(), "管理员", Roles.Administrator, [], []);
    private static readonly Actor Auditor = Actor.StaffMember(Guid.NewGuid(), "审计员", Roles.Auditor, Authorities.Standard.All.Select(a => a.Code), Queues.Standard.All.Select(q => q.Id));
    private readonly TestStore store;
    private readonly Casework work;

    public MailboxPageTests()
        : this(new())
    {
    }

    private MailboxPageTests(TestStore store)
        : base(services => services.AddSingleton<TimeProvider>(store.Time)
            .AddSingleton(_ => store.Get<MailboxQuery>()).AddSingleton(_ => store.Get<ResendDeliveries>()).AddSingleton(_ => store.Get<DeadLettersQuery>())
            .AddSingleton(_ => store.Get<DeliveryCountsQuery>()).AddSingleton(_ => store.Get<DeliveryHistoryQuery>())
            .AddSingleton(_ => store.Get<Queues>()).AddSingleton(_ => store.Get<Reasons>()).AddSingleton(_ => store.Get<ChangeFeed>())) =>
        (this.store, work, Actor) = (store, new(store), Auditor);

    [Fact]
    public async Task What_was_sent_stands_in_the_list()
    {
        var id = await Told("PHOTO_HAT");
        var shown = Show();

        var row = Assert.Single(shown.FindAll("tbody tr"));
        Assert.Contains((await work.Case(id)).ReceiptNumber, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("138****5678", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("请脱帽后重拍。", row.QuerySelector("td.words p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/cases/{id}", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(["短信 已送达", "应用 已送达"], row.QuerySelectorAll(".chip").Select(chip => chip.TextContent));
    }

    [Fact]
    public async Task A_new_notice_appears_by_itself()
    {
        var shown = Show();
        Assert.Contains("还没有通知", shown.Markup, StringComparison.Ordinal);
        await Told("PHOTO_HAT");
        // The page waits for the burst to end, on the clock that the test turns.
        await shown.WaitForAssertionAsync(() =>
        {
            store.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Single(shown.FindAll("tbody tr"));
        });
    }

    [Fact]
    public async Task The_address_says_what_is_shown()
    {
        var first = await Told("PHOTO_HAT");
        await Told("PHOTO_BLUR");
        var receipt = (await work.Case(first)).ReceiptNumber;
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/mailbox?receipt={receipt}&state=delivered");

        Assert.Contains(receipt, Assert.Single(Show().FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
        navigation.NavigateTo($"/mailbox?receipt={receipt}&state=dead");
        var none = Show();
        Assert.Contains("没有符合条件的通知", none.Markup, StringComparison.Ordinal);

        await none.Find("input[type=text]").ChangeAsync(new() { Value = "SQ1" });
        Assert.EndsWith("/mailbox?state=dead&receipt=SQ1", navigation.Uri, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_an_administrator_is_offered_to_send_again()
    {
        await Told("PHOTO_HAT");
        await GiveUp();

        Assert.DoesNotContain("重发", Show().Markup, StringComparison.Ordinal);
        Actor = Administrator;
        var shown = Show();
        Assert.Contains("最近一次：HTTP 404", shown.Markup, StringComparison.Ordinal);
        Assert.All(shown.FindAll("tbody a"), link => Assert.Contains("delivery=", link.GetAttribute("href"), StringComparison.Ordinal));
        await shown.ClickOn(at => at.FindAll("button").Single(button => button.TextContent == "重发"));
        Assert.Contains("短信 待送达", shown.Markup, StringComparison.Ordinal);
        Assert.Equal(1, await work.Waiting(Effects.Deliver));
    }

    [Fact]
    public async Task The_counts_stand_above_the_list_and_lead_to_what_they_count()
    {
        await Told("PHOTO_HAT");
        await Told("PHOTO_BLUR");
        await GiveUp();
        await work.Do(unit => unit.Db.Deliveries.Add(new(Guid.NewGuid(), unit.Db.Notices.First().Id, Channel.App, unit.Now)));
        var shown = Show();
        var (dead, pending) = (shown.Find("[data-testid=count-Dead]"), shown.Find("[data-testid=count-Pending]"));
        Assert.Equal(("未送达 2", "待送达 1"), (dead.TextContent, pending.TextContent));
        Assert.Contains("bad", dead.ClassName, StringComparison.Ordinal);
        Assert.EndsWith("/mailbox?state=Dead", dead.GetAttribute("href"), StringComparison.Ordinal);

        Services.GetRequiredService<NavigationManager>().NavigateTo("/mailbox?state=Dead&channel=App");
        var none = Show();
        Assert.Contains("没有符合条件的通知", none.Markup, StringComparison.Ordinal);
        var again = none.Find("[data-testid=count-Dead]");
        Assert.Equal("true", again.GetAttribute("aria-current"));
        Assert.EndsWith("/mailbox", again.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_dead_letters_of_a_filter_are_sent_again_after_a_look_and_what_was_not_is_named()
    {
        var first = await Told("PHOTO_HAT");
        await Told("PHOTO_BLUR");
        await GiveUp();
        Actor = Administrator;
        Services.GetRequiredService<NavigationManager>().NavigateTo("/mailbox?channel=Sms");
        var shown = Show();
        await shown.ClickOn("[data-testid=resend-all]");
        Assert.Contains("未送达 2 条", shown.Find("[data-testid=resending]").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await work.Waiting(Effects.Deliver));

        // Somebody else is quicker with one of them.
        var receipt = (await work.Case(first)).ReceiptNumber;
        await using (var db = await store.Open())
        {
            var notice = (await db.Notices.SingleAsync(n => n.Case == first)).Id;
            var id = (await db.Deliveries.SingleAsync(d => d.Notice == notice && d.Channel == Channel.Sms)).Id;
            Assert.Empty((await store.Get<ResendDeliveries>().Handle(Administrator, [id], long.MaxValue)).Value);
        }

        await shown.ClickOn("[data-testid=confirm]");
        await shown.WaitForAssertionAsync(() => Assert.Contains("已重新排队 1 条。", shown.Find("[data-testid=resending]").TextContent, StringComparison.Ordinal));
        Assert.Contains(receipt, Assert.Single(shown.FindAll(".not-resent li")).TextContent, StringComparison.Ordinal);
        Assert.Contains("已由他人重发", shown.Find(".not-resent li").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await work.Waiting(Effects.Deliver));
        Assert.Equal("未送达 0", shown.Find("[data-testid=count-Dead]").TextContent);
        await shown.ClickOn("[data-testid=resending] button");
        Assert.Empty(shown.FindAll("[data-testid=resending]"));
    }

    [Fact]
    public async Task A_proposal_is_dropped_with_the_filter_it_was_made_for()
    {
        await Told("PHOTO_HAT");
        await GiveUp();
        Actor = Administrator;
        var shown = Show();
        await shown.ClickOn("[data-testid=resend-all]");
        Assert.NotEmpty(shown.FindAll("[data-testid=resending]"));
        await shown.InvokeAsync(() => Services.GetRequiredService<NavigationManager>().NavigateTo("/mailbox?state=Dead"));
        await shown.WaitForAssertionAsync(() => Assert.Empty(shown.FindAll("[data-testid=resending]")));
        Assert.Equal(0, await work.Waiting(Effects.Deliver));
    }

    [Fact]
    public async Task The_address_opens_the_history_of_a_delivery()
    {
        await Told("PHOTO_HAT");
        var link = Show().Find(".delivery a").GetAttribute("href")!;
        Assert.Contains("delivery=", link, StringComparison.Ordinal);
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(link);
        var history = Show().Find("[data-testid=history]");
        Assert.Equal(["通知已送达", "通知待送达"], history.QuerySelectorAll(".changes-what").Select(line => line.FirstChild!.TextContent.Trim()));

        navigation.NavigateTo($"/mailbox?delivery={Guid.NewGuid()}");
        Assert.Contains("没有找到", Show().Find("[data-testid=history]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_see_it_gets_the_reason_and_no_list()
    {
        Actor = Actor.StaffMember(Guid.NewGuid(), "审核员", Roles.Reviewer, [], []);
        var shown = Show();
        Assert.Contains("您没有这项权限。", shown.Markup, StringComparison.Ordinal);
        Assert.Empty(shown.FindAll("table"));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_state_and_channel_has_words(string language)
    {
        SpeakLanguage(language);
        var words = store.Get<IStringLocalizer<NotifyText>>();
        Assert.All(
            [.. Enum.GetValues<DeliveryState>().Select(s => $"State_{s}"), .. Enum.GetValues<Channel>().Select(c => $"Channel_{c}")],
            key => Assert.False(words[key].ResourceNotFound, key));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        Render<MudPopoverProvider>();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }

    private IRenderedComponent<MailboxPage> Show()
    {
        var shown = Render<MailboxPage>();
        shown.WaitForState(() => shown.FindAll("table, .state-title").Count > 0);
        return shown;
    }

    private async Task GiveUp()
    {
        await using var db = await store.Open();
        await db.Deliveries.Where(d => d.Channel == Channel.Sms)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Dead).SetProperty(d => d.LastFault, "HTTP 404").SetProperty(d => d.Tries, 0));
    }

    private async Task<CaseId> Told(string reason)
    {
        var id = await work.Application();
        await work.Decide(id, new(Outcome.Rejected, [reason]));
        await work.Settle();
        return id;
    }
}
