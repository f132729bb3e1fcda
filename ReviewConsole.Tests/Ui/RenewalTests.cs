using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Domain.Clock;
using ReviewConsole.Features.Desk;
using ReviewConsole.Platform;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;
using ReviewConsole.Ui;

namespace ReviewConsole.Tests.Ui;

/// <summary>A page that is open shows what others do, whenever they do it.</summary>
public sealed class RenewalTests(ConsoleHost host) : IClassFixture<ConsoleHost>
{
    [Theory]
    [InlineData("/queues/e-licence", "浙")]
    [InlineData("/cases/{0}", "粤")]
    [InlineData("/people", "川")]
    public async Task What_happens_before_the_browser_has_the_page_is_shown_too(string path, string province)
    {
        var (watcher, worker) = ($"watcher{path.Length}", $"worker{path.Length}");
        await host.Services.AddStaffMember(watcher, Roles.Supervisor, [province]);
        var actor = await host.Services.AddStaffMember(worker, Roles.Reviewer, [province]);
        CaseId id = new((await host.Receive(Applicants.Application($"{province}A"))).Single());
        // People are listed before they have anything in hand.
        var words = path == "/people" ? (await host.Get<CaseQuery>().Handle(actor, id)).Value.ReceiptNumber : worker;
        CookieContainer cookies = new();
        using HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = host.Address };
        using var signedIn = await http.SubmitSignIn(watcher, StaffSetup.Password);

        await using var page = await Circuit.OpenSlowly(http, cookies, string.Format(CultureInfo.InvariantCulture, path, id));
        var shown = page.Shows(words);
        Assert.Null((await host.Get<ClaimCase>().Handle(actor, id)).Refusal);
        await page.Confirm();

        // Every half minute a page is renewed anyway.
        await shown.WaitAsync(TimeSpan.FromSeconds(20));
    }
    [Fact]
    public void A_reading_that_takes_long_is_not_overtaken_and_what_happened_meanwhile_is_read_after_it()
    {
        FakeTimeProvider time = new();
        ChangeFeed feed = new(NullLogger<ChangeFeed>.Instance);
        List<TaskCompletionSource> readings = [];
        using Renewal page = new(feed, time, _ => true, () =>
        {
            readings.Add(new());
            return readings[^1].Task;
        });
        for (var i = 0; i < 5; i++)
        {
            feed.Tell([new RetargetStopped(Guid.NewGuid())]);
            time.Advance(TimeSpan.FromMilliseconds(300));
        }

        readings.Single().SetResult();
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(2, readings.Count);
        readings[1].SetResult();
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, readings.Count);
    }

    [Fact]
    public void What_could_not_be_read_is_read_again_soon_and_no_more_once_the_page_is_left()
    {
        FakeTimeProvider time = new();
        ChangeFeed feed = new(NullLogger<ChangeFeed>.Instance);
        var (tries, failing) = (0, true);
        using Renewal page = new(feed, time, _ => true, () =>
        {
            tries++;
            return failing ? Task.FromException(new IOException()) : Task.CompletedTask;
        });
        feed.Tell([new RetargetStopped(Guid.NewGuid())]);
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(1, tries);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, tries);
        failing = false;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, tries);
        // What was read is not read again before half a minute is over.
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, tries);

        failing = true;
        feed.Tell([new RetargetStopped(Guid.NewGuid())]);
        time.Advance(TimeSpan.FromMilliseconds(250));
        page.Dispose();
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(4, tries);
    }
}
