using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Features.Status;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Features.Status;

public sealed class StatusPageTests : UiContext, IAsyncLifetime
{
    private readonly TestStore store;

    public StatusPageTests()
        : this(new())
    {
    }

    private StatusPageTests(TestStore store)
        : base(services => services.AddSingleton(Queues.Standard).AddSingleton(Reasons.Standard)
            .AddSingleton(_ => store.Get<StatusQuery>()).AddSingleton(_ => store.Get<TryWorkNow>())) =>
        this.store = store;

    [Fact]
    public async Task It_says_how_everything_stands()
    {
        await Put("deliver", failures: 5);
        var shown = Show();
        Assert.Contains("数据与密钥 正常", Text(shown.Find("dl.facts")), StringComparison.Ordinal);
        Assert.Equal(["送达通知", "1", "0", "", "1"], shown.FindAll("table")[0].QuerySelectorAll("tbody td").Select(Text));
        Assert.Equal(["送达通知", "…c0ffee", "5", "HTTP 503", "2026-11-23 13:26:16", "立即重试"], shown.FindAll("table")[1].QuerySelectorAll("tbody td").Select(Text));
    }

    [Fact]
    public async Task Failing_work_is_tried_now_at_the_press_of_a_button()
    {
        await Put("deliver", failures: 5);
        var shown = Show();
        await shown.ClickOn("table.status-failing button");
        Assert.Empty(shown.FindAll("table.status-failing button"));
        await using var db = await store.Open();
        Assert.Equal(store.Time.GetUtcNow(), (await db.Outbox.SingleAsync()).DueAt);
    }

    [Fact]
    public async Task It_looks_anew_by_itself_and_at_the_press_of_a_button()
    {
        var shown = Show();
        Assert.Contains("没有等待的任务", shown.Markup, StringComparison.Ordinal);
        await Put("check");
        Time.Advance(TimeSpan.FromSeconds(10));
        await shown.WaitForAssertionAsync(() => Assert.Equal("测量照片", Text(shown.Find("tbody td"))));
        await Put("remind");
        await shown.ClickOn(at => at.FindAll("button").Single(button => Text(button) == "刷新"));
        Assert.Equal(2, shown.FindAll("tbody tr").Count);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_topic_has_words(string language)
    {
        SpeakLanguage(language);
        var words = Services.GetRequiredService<IStringLocalizer<EventText>>();
        Assert.All(store.Services.GetServices<IOutboxWorker>(), worker => Assert.False(words[$"Value_{worker.Topic}"].ResourceNotFound, worker.Topic));
    }

    [Fact]
    public void Who_may_not_see_it_gets_the_reason()
    {
        Actor = Actor.StaffMember(Guid.NewGuid(), "审计员", Roles.Auditor, [], []);
        var shown = Show();
        Assert.Contains("您没有这项权限。", shown.Markup, StringComparison.Ordinal);
        Assert.Empty(shown.FindAll("dl, table"));
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await store.InitializeAsync();
        Actor = await new Sample(store).Staff(Roles.Administrator);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await store.DisposeAsync();
    }

    private static string Text(AngleSharp.Dom.INode element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<StatusPage> Show()
    {
        var shown = Render<StatusPage>();
        shown.WaitForState(() => shown.FindAll("dl, .state-title").Count > 0);
        return shown;
    }

    private async Task Put(string topic, int failures = 0)
    {
        OutboxMessage message = new(Guid.NewGuid(), topic, "0199f3a1-0000-7000-8000-000000c0ffee", store.Time.GetUtcNow());
        for (var i = 0; i < failures; i++)
            message.PutOff("HTTP 503", store.Time.GetUtcNow());
        await using var db = await store.Open();
        db.Outbox.Add(message);
        await db.SaveChangesAsync();
    }
}
