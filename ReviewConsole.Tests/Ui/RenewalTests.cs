using System.Globalization;
using System.Net;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Cases;
using ReviewConsole.Features.Desk;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;

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
}
