using AngleSharp.Dom;
using Bunit;
using ReviewConsole.Tests.Support;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Ui;

public sealed class SlaChipTests : UiContext
{
    private IElement Chip(TimeSpan left, bool paused = false, TimeSpan? decidedAgo = null)
    {
        var due = Time.GetUtcNow() + left;
        return Render<SlaChip>(chip => chip
            .Add(c => c.DueAt, due)
            .Add(c => c.PressingAt, due.AddHours(-4.8))
            .Add(c => c.HalfAt, due.AddHours(-12))
            .Add(c => c.Paused, paused)
            .Add(c => c.DecidedAt, decidedAgo is { } ago ? Time.GetUtcNow() - ago : null)).Find(".chip");
    }

    [Theory]
    [InlineData(106, "剩 1 时 46 分", "look")]
    [InlineData(634, "剩 10 时 34 分", "ok half")]
    [InlineData(1226, "剩 20 时 26 分", "ok")]
    [InlineData(5, "剩 5 分", "look")]
    [InlineData(0, "超时 0 分", "bad")]
    [InlineData(-41, "超时 41 分", "bad")]
    [InlineData(-185, "超时 3 时 05 分", "bad")]
    [InlineData(2 * 1440 + 65, "剩 2 天 1 时", "ok")]
    public void The_time_left_is_said_and_coloured(int minutesLeft, string words, string tone)
    {
        var chip = Chip(TimeSpan.FromMinutes(minutesLeft));
        Assert.Equal(words, chip.TextContent);
        Assert.Equal($"chip {tone}", chip.ClassName);
    }

    [Fact]
    public void It_is_never_said_that_no_time_is_left_before_the_instant() =>
        Assert.Equal("剩 1 分", Chip(TimeSpan.FromSeconds(1)).TextContent);

    [Fact]
    public void The_exact_due_instant_stands_in_the_tooltip_and_is_read_out()
    {
        var chip = Chip(TimeSpan.FromMinutes(106));
        Assert.Equal("11-23 15:12 周一 到期", chip.GetAttribute("title"));
        Assert.Equal("剩 1 时 46 分, 11-23 15:12 周一 到期", chip.GetAttribute("aria-label"));
    }

    [Fact]
    public void English_is_spoken()
    {
        SpeakLanguage("en");
        var chip = Chip(TimeSpan.FromMinutes(106));
        Assert.Equal("1 h 46 min left", chip.TextContent);
        Assert.Equal("due 11-23 15:12 Mon", chip.GetAttribute("title"));
    }

    [Fact]
    public void A_paused_clock_shows_no_time() => Assert.Equal("已暂停", Chip(TimeSpan.FromMinutes(5), paused: true).TextContent);

    [Fact]
    public void A_decided_case_shows_whether_it_was_in_time()
    {
        Assert.Equal("按时办结", Chip(TimeSpan.FromMinutes(-5), decidedAgo: TimeSpan.FromMinutes(6)).TextContent);
        Assert.Equal("超时办结", Chip(TimeSpan.FromMinutes(-5), decidedAgo: TimeSpan.FromMinutes(5)).TextContent);
    }

    [Fact]
    public void It_renews_itself_every_half_minute()
    {
        var due = Time.GetUtcNow().AddSeconds(70);
        var chip = Render<SlaChip>(c => c.Add(x => x.DueAt, due).Add(x => x.PressingAt, due).Add(x => x.HalfAt, due));
        Assert.Equal("剩 2 分", chip.Find(".chip").TextContent);
        Time.Advance(TimeSpan.FromSeconds(90));
        chip.WaitForAssertion(() => Assert.Equal("超时 0 分", chip.Find(".chip").TextContent));
    }
}
