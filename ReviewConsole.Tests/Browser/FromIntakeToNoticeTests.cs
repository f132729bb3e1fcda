using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.People;
using ReviewConsole.Photos.Drawn;
using ReviewConsole.Tests.Features.Notify;
using ReviewConsole.Tests.Photos;
using ReviewConsole.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ReviewConsole.Tests.Browser;

/// <summary>The whole way of a request, as its people go it: posted by a client, measured, claimed, decided in a browser, told through a gateway.</summary>
public sealed class FromIntakeToNoticeTests(Support.Browser browser) : IClassFixture<Support.Browser>, IAsyncLifetime
{
    private readonly ConsoleHost host = new();
    private readonly HttpClient api = new();
    private readonly List<string> faults = [];
    private GatewayStub gateway = null!;
    private int people;

    [BrowserFact]
    public async Task Both_queues_from_the_api_to_the_notice()
    {
        await host.Services.AddStaffMember("reviewer07", Roles.Reviewer);
        var approved = await Apply("d01_good.jpg");
        var rejected = await Apply("d02_bg_red.jpg");
        var undone = await Apply("d05_good.jpg");
        var asked = await Apply("d04_blur.jpg");
        var card = await SubmitCard();
        foreach (var id in new[] { approved, rejected, undone, asked, card })
            await Until(id, "in-review");

        var page = await browser.OpenAs(host, "reviewer07", faults, "/queues/e-licence");
        await Expect(page.Locator(".queue-list tbody tr")).ToHaveCountAsync(4);
        await Expect(page.Locator(".queue-list tbody")).ToContainTextAsync("陈*");

        // Approve: one key, with lines and numbers on the portrait before it.
        await page.PressNext();
        await At(page, approved);
        await Expect(page.GetByTestId("head-lines")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("picture-Portrait")).ToContainTextAsync(" mm");
        await Expect(page.GetByTestId("check-head-length")).ToContainTextAsync(" mm");
        await Loaded(page, "picture-Portrait");
        await page.DecideBy("a");

        // Reject with two reasons; the preview is what is sent.
        await At(page, rejected);
        await page.Keyboard.PressAsync("r");
        foreach (var reason in new[] { "PHOTO_BACKGROUND", "PHOTO_HAT" })
        {
            var box = page.GetByTestId($"reason-{reason}");
            if (!await box.IsCheckedAsync())
                await box.ClickAsync();
        }

        await Expect(page.GetByTestId("preview")).ToContainTextAsync("请脱帽");
        await Expect(page.GetByTestId("send")).ToBeEnabledAsync();
        var preview = await page.GetByTestId("preview").InnerTextAsync();
        await page.DecideBy("Enter");

        // Approve by mistake, undo within the hold, look again, approve.
        await At(page, undone);
        await page.DecideBy("a");
        await At(page, asked);
        await page.Keyboard.PressAsync("z");
        await At(page, undone);
        await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
        await Until(undone, "in-review");
        await page.DecideBy("a");

        // Ask for more: the clock pauses until the applicant has answered through the API.
        await At(page, asked);
        await page.Keyboard.PressAsync("m");
        await page.GetByTestId("reason-PHOTO_BLUR").ClickAsync();
        await Expect(page.GetByTestId("send")).ToBeEnabledAsync();
        await page.GetByTestId("text").FillAsync("请在自然光下重拍");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.IsAt("/queues/e-licence");
        var state = await Until(asked, "information-requested");
        Assert.Contains("请在自然光下重拍", state.ToJsonString(Plain), StringComparison.Ordinal);
        await Post($"requests/{asked}/resubmission", new() { ["portrait"] = Picture("d04_good.jpg", 9) });
        await Until(asked, "in-review");
        await page.PressNext();
        await At(page, asked);
        await page.DecideBy("a");
        await page.IsAt("/queues/e-licence");

        // The ID card: both sides and the live frame, the compared fields in clear.
        await page.GotoAsync("/queues/id-photo");
        await page.WaitUntilInteractive();
        await page.PressNext();
        await At(page, card);
        foreach (var picture in new[] { "picture-CardPortraitSide", "picture-CardEmblemSide", "picture-LiveFrame" })
            await Loaded(page, picture);
        await Expect(page.Locator(".case-facts")).ToContainTextAsync("陈雨桐");
        // Both outlines are drawn; one key is for all pictures.
        await Expect(page.GetByTestId("card-outline")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("check-card-side").First).ToContainTextAsync("合格");
        await page.Keyboard.PressAsync("o");
        await Expect(page.GetByTestId("card-outline")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("f");
        await Expect(page.GetByTestId("picture-LiveFrame").GetByTestId("face-box")).ToHaveCountAsync(1);
        await page.DecideBy("a");

        foreach (var (id, outcome) in new[] { (approved, "approved"), (rejected, "rejected"), (undone, "approved"), (asked, "approved"), (card, "approved") })
            await Until(id, outcome);
        await Told(preview);
        Assert.Empty(faults);
    }

    [BrowserFact]
    public async Task A_lost_claim_is_told_and_the_draft_is_there_afterwards()
    {
        await host.Services.AddStaffMember("one", Roles.Reviewer);
        await host.Services.AddStaffMember("two", Roles.Reviewer);
        var id = await Apply("d06_good.jpg");
        await Until(id, "in-review");
        var one = await browser.OpenAs(host, "one", faults, "/queues/e-licence");
        await one.PressNext();
        await At(one, id);
        await one.Keyboard.PressAsync("r");
        await one.GetByTestId("reason-PHOTO_GLASSES").ClickAsync();
        await Expect(one.GetByTestId("preview")).ToContainTextAsync("墨镜");

        // Cut off: nobody keeps the lease, and a colleague takes the case.
        await one.Context.SetOfflineAsync(true);
        await one.CloseAsync();
        var two = await browser.OpenAs(host, "two", faults, "/queues/e-licence");
        await Take(two, id);
        var again = await browser.OpenAs(host, "one", faults, $"/cases/{id}");
        await Expect(again.Locator(".page-header")).ToContainTextAsync("two");
        await Expect(again.GetByTestId("approve")).ToHaveCountAsync(0);

        await two.Keyboard.PressAsync("s");
        await two.IsAt("/queues/e-licence");
        await again.GetByTestId("claim").ClickAsync();
        await Expect(again.GetByTestId("reason-PHOTO_GLASSES")).ToBeCheckedAsync();
    }

    public async Task InitializeAsync()
    {
        gateway = await GatewayStub.Start();
        foreach (var channel in new[] { "Sms", "App" })
            (host.Settings[$"Notify:{channel}:Url"], host.Settings[$"Notify:{channel}:Secret"]) = (gateway.Url, GatewayStub.Secret);
        host.Settings["Review:HoldSeconds"] = "4";
        host.Settings["Review:LeaseSeconds"] = "10";
        await host.InitializeAsync();
        api.BaseAddress = host.Address;
        api.DefaultRequestHeaders.Authorization = new("Bearer", await host.Services.NewKey());
    }

    public async Task DisposeAsync()
    {
        api.Dispose();
        await ((IAsyncLifetime)host).DisposeAsync();
        await gateway.DisposeAsync();
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task At(IPage page, Guid id)
    {
        await page.IsAt($"/cases/{id}");
        await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
        // As long as nobody could have looked at it, a case takes no decision.
        await Task.Delay(400);
    }

    private static async Task Take(IPage page, Guid id)
    {
        for (var i = 0; i < 40 && !page.Url.EndsWith(id.ToString(), StringComparison.Ordinal); i++)
        {
            await page.Keyboard.PressAsync("n");
            await Task.Delay(500);
        }

        await At(page, id);
    }

    // An svg image that did not load has no natural size; the browser's own copy of the address tells.
    private static async Task Loaded(IPage page, string picture)
    {
        var address = await page.GetByTestId(picture).Locator("image").GetAttributeAsync("href");
        Assert.True(await page.EvaluateAsync<bool>("async a => { const i = new Image(); i.src = a; await i.decode(); return i.naturalWidth > 0; }", address));
    }

    private async Task Told(string preview)
    {
        // 4 e-licence decisions and one ID-photo decision, one question: six notices on two channels.
        const int Expected = 12;
        await InTime.Holds(() => gateway.Requests.Count >= Expected);
        await Task.Delay(1000);
        Assert.Equal(Expected, gateway.Requests.Count);
        Assert.Equal(Expected, gateway.Requests.Select(request => request.Delivery).Distinct().Count());
        foreach (var request in gateway.Requests)
        {
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(GatewayStub.Secret), Encoding.UTF8.GetBytes($"{request.Timestamp}.{request.Body}"));
            Assert.Equal($"sha256={Convert.ToHexStringLower(mac)}", request.Signature);
        }

        var texts = gateway.Requests.Select(request => JsonNode.Parse(request.Body)!).ToList();
        var sms = texts.Single(body => (string)body["channel"]! == "sms" && ((string)body["template"]!).EndsWith("-rejected", StringComparison.Ordinal));
        var words = (string)sms["text"]!;
        Assert.Contains("请脱帽", words, StringComparison.Ordinal);
        Assert.Contains(words[(words.IndexOf('】', StringComparison.Ordinal) + 1)..], preview, StringComparison.Ordinal);
    }

    private string Picture(string name, int seed) =>
        Convert.ToBase64String(TestPortraits.Folder is { } folder ? File.ReadAllBytes(Path.Combine(folder, name)) : DrawnPortrait.Portrait(seed, new()));

    private JsonObject Applicant(string number, string level) => new()
    {
        ["name"] = "陈雨桐",
        ["document"] = new JsonObject { ["kind"] = "resident-identity-card", ["number"] = number },
        ["phone"] = "13800138000",
        ["phoneSource"] = "police-record",
        ["level"] = level,
    };

    private string Number() => CitizenId.Compose("440305", new DateOnly(1985, 1, 1).AddDays(people++), 17).Value;

    private Task<Guid> Apply(string portrait)
    {
        var number = Number();
        return Post("e-licence-applications", new()
        {
            ["applicant"] = Applicant(number, "real-person"),
            ["licence"] = new JsonObject
            {
                ["number"] = number,
                ["status"] = "A",
                ["classes"] = "C1",
                ["validFrom"] = "2020-03-01",
                ["validTo"] = "2040-03-01",
                ["authority"] = "粤B",
                ["sourceTime"] = "2026-01-05T10:00:00+08:00",
            },
            ["photoSource"] = "camera",
            ["portrait"] = Picture(portrait, people),
        });
    }

    private Task<Guid> SubmitCard()
    {
        var number = Number();
        return Post("id-photo-reviews", new()
        {
            ["applicant"] = Applicant(number, "online"),
            ["authority"] = "粤B",
            ["cardValidity"] = new JsonObject { ["from"] = "2020-05-01", ["to"] = "2040-05-01" },
            ["portraitSide"] = Convert.ToBase64String(DrawnCard.PortraitSide(1, "陈雨桐", number)),
            ["emblemSide"] = Convert.ToBase64String(DrawnCard.EmblemSide(1, "样本市公安局", new(2020, 5, 1), new DateOnly(2040, 5, 1))),
            ["liveFrame"] = Picture("d-real-01.jpg", 3),
            ["score"] = 0.41,
            ["attempts"] = 3,
        });
    }

    private async Task<Guid> Post(string path, JsonObject body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/{path}") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await api.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return Guid.Parse((string)JsonNode.Parse(text)!["id"]!);
    }

    private async Task<JsonNode> Until(Guid id, string state)
    {
        JsonNode now = null!;
        for (var i = 0; i < 150; i++)
        {
            now = JsonNode.Parse(await api.GetStringAsync($"/api/v1/requests/{id}"))!;
            if ((string)now["state"]! == state)
                return now;
            await Task.Delay(200);
        }

        Assert.Fail($"{id} is {now["state"]}, not {state}");
        return now;
    }
}
