using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Catalog;
using ReviewConsole.Domain;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Platform;
using ReviewConsole.Shell;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Shell;

public sealed class BannerBarTests : UiContext
{
    private readonly Alarm alarm;
    private readonly ChangeFeed feed;

    public BannerBarTests()
        : this(new Alarm(), new ChangeFeed(NullLogger<ChangeFeed>.Instance))
    {
    }

    private BannerBarTests(Alarm alarm, ChangeFeed feed)
        : base(services => services.AddSingleton(feed).AddSingleton<IBanner>(alarm)) => (this.alarm, this.feed) = (alarm, feed);

    [Fact]
    public void A_banner_stands_until_its_cause_is_gone()
    {
        var bar = Render<BannerBar>();
        Assert.Equal("2027 去载入", string.Join(' ', bar.Find(".banner").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("/calendar", bar.Find("a").GetAttribute("href"));
        alarm.Now = null;
        feed.Tell([new RetargetStopped(Guid.NewGuid())]);
        Time.Advance(TimeSpan.FromSeconds(1));
        bar.WaitForAssertion(() => Assert.Empty(bar.FindAll(".banner")));
        // What comes by the calendar alone is found within a minute.
        alarm.Now = new("2028", "/calendar", "去载入");
        Time.Advance(TimeSpan.FromMinutes(1));
        bar.WaitForAssertion(() => Assert.Contains("2028", bar.Find(".banner").TextContent, StringComparison.Ordinal));
    }

    private sealed class Alarm : IBanner
    {
        public Banner? Now { get; set; } = new("2027", "/calendar", "去载入");

        public Task<Banner?> For(Actor actor) => Task.FromResult(Now);

        public bool Follows(DomainEvent happened) => happened is CalendarEvent;
    }
}
