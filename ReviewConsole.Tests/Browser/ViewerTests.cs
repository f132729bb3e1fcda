using System.Globalization;
using Microsoft.Playwright;
using ReviewConsole.Catalog;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Torture;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ReviewConsole.Tests.Browser;

/// <summary>The pictures of the desk under a real pointer, and those of the next case, which are there before it is.</summary>
public sealed class ViewerTests(ConsoleHost host, Support.Browser browser, ITestOutputHelper output) : IClassFixture<ConsoleHost>, IClassFixture<Support.Browser>
{
    private const string Portrait = "picture-Portrait";
    private const string OnFile = "picture-PhotoOnFile";
    private readonly List<string> faults = [];

    [BrowserFact]
    public async Task A_picture_is_moved_measured_and_compared_in_the_browser_alone()
    {
        await host.Services.AddStaffMember("viewer", Roles.Reviewer, ["浙A"]);
        await host.Receive(Applicants.Application("浙A", onFile: true));
        var page = await browser.OpenAs(host, "viewer", faults, "/queues/e-licence");
        await Claim(page);

        // What is under the pointer stays there; the lines stay on the picture.
        var stage = await Stage(page, Portrait);
        var (x, y) = (stage.X + (stage.Width * 0.4f), stage.Y + (stage.Height * 0.45f));
        var (before, scale) = (await Under(page, Portrait, x, y), await Scale(page, Portrait));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.WheelAsync(0, -600);
        await Expect(page.GetByTestId(Portrait).Locator("[data-view]")).ToHaveAttributeAsync("transform", new System.Text.RegularExpressions.Regex(@"scale\((?!1\))"));
        Same(before, await Under(page, Portrait, x, y));
        Assert.InRange(await Scale(page, Portrait) / scale, 1.5, 8);
        await LinesFit(page);

        // Dragging takes the picture along, arrow keys move it, and it never leaves the stage.
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 30, y - 24, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        Same(before, await Under(page, Portrait, x + 30, y - 24));
        before = await Under(page, Portrait, x, y);
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(48 / await Scale(page, Portrait), (await Under(page, Portrait, x, y)).X - before.X, 1);
        await LinesFit(page);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 3000, y, new() { Steps = 3 });
        await page.Mouse.UpAsync();
        var seen = await Under(page, Portrait, stage.X + (stage.Width / 2), stage.Y + (stage.Height / 2));
        Assert.InRange(seen.X, -10, 110);

        // Turned, it is still under its lines, and what was in the middle still is.
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByTestId(Portrait)).ToHaveAttributeAsync("data-turn", "90");
        await page.Keyboard.PressAsync("0");
        await Expect(page.GetByTestId(Portrait)).ToHaveAttributeAsync("data-turn", "0");
        Assert.Equal(scale, await Scale(page, Portrait), 3);
        await page.Keyboard.PressAsync("x");
        Assert.Equal(1, await Scale(page, Portrait), 3);
        await LinesFit(page);

        // Light, and back.
        await page.Keyboard.PressAsync("d");
        await page.Locator("[data-light=brightness]").FillAsync("150");
        Assert.Equal("brightness(1.5) contrast(1)", await Filter(page));
        await page.Locator("[data-tool=plain]").ClickAsync();
        Assert.Equal("none", await Filter(page));
        // A key that comes again at once is a bounce.
        await Task.Delay(350);
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator("#light")).ToBeHiddenAsync();

        // The ruler: 22 mm across the portrait's 220 pixels, dragged or between two clicks.
        await page.Keyboard.PressAsync("k");
        var measure = page.GetByTestId(Portrait).Locator("[data-measure] text");
        await Expect(page.GetByTestId(Portrait).GetByTestId("ruler")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("0");
        var (from, to) = (await At(page, Portrait, 20, 160), await At(page, Portrait, 200, 160));
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 3 });
        await page.Mouse.UpAsync();
        await Expect(measure).ToHaveTextAsync("18.0 mm");
        var down = await At(page, Portrait, 20, 260);
        await page.Mouse.ClickAsync(from.X, from.Y);
        await page.Mouse.ClickAsync(down.X, down.Y);
        await Expect(measure).ToHaveTextAsync("10.0 mm");

        // By keys: the first end, then by Tab the second, and Tab again leaves; the length is read out.
        var (stageFocus, said) = (page.Locator($"[data-stage]:has([data-testid={Portrait}])"), page.Locator($"figure:has([data-testid={Portrait}]) [data-said]"));
        await stageFocus.FocusAsync();
        var pixel = 1 / await Scale(page, Portrait) / 10;
        await Press("ArrowUp", 10);
        Assert.Equal(10 + (20 * pixel), await Measured(), 0.11);
        await Press("Tab", 1);
        await Press("ArrowDown", 5);
        Assert.Equal(10 + (30 * pixel), await Measured(), 0.11);
        await Expect(said).ToHaveTextAsync($"{await measure.TextContentAsync()} · 终点");
        await Press("Tab", 1);
        await Expect(stageFocus).Not.ToBeFocusedAsync();
        await Task.Delay(350);
        await page.Keyboard.PressAsync("k");
        await Expect(measure).ToHaveCountAsync(0);

        // Compared, the one on file goes where the portrait goes.
        await page.Keyboard.PressAsync("v");
        await Expect(page.Locator("[data-sync]")).ToHaveCountAsync(1);
        stage = await Stage(page, Portrait);
        scale = await Scale(page, Portrait);
        await page.Mouse.MoveAsync(stage.X + (stage.Width * 0.3f), stage.Y + (stage.Height * 0.4f));
        await page.Mouse.WheelAsync(0, -700);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(stage.X + (stage.Width * 0.4f), stage.Y + (stage.Height * 0.5f), new() { Steps = 3 });
        await page.Mouse.UpAsync();
        await Middles();
        Assert.InRange(await Scale(page, Portrait) / scale, 1.3, 8);
        var other = await Stage(page, OnFile);
        await page.Mouse.MoveAsync(other.X + 40, other.Y + 60);
        await page.Mouse.WheelAsync(0, 200);
        await Middles();
        Assert.Empty(faults);

        async Task<double> Measured() => double.Parse((await measure.TextContentAsync())!.Split(' ')[0], CultureInfo.InvariantCulture);

        async Task Press(string key, int times)
        {
            for (var i = 0; i < times; i++)
                await page.Keyboard.PressAsync(key);
        }

        async Task Middles()
        {
            await Task.Delay(100);
            var (one, two) = (await Middle(page, Portrait), await Middle(page, OnFile));
            Same(one, two);
            Assert.Equal(await Scale(page, Portrait), await Scale(page, OnFile), 3);
        }
    }

    [BrowserFact]
    public async Task The_next_case_opens_with_pictures_that_were_in_memory_and_none_stays_there()
    {
        // A server that just started still translates what it runs: at full size the first are not counted.
        var (times, first) = Sizes.Full ? (140, 40) : (20, 0);
        await host.Services.AddStaffMember("swift", Roles.Reviewer, ["粤B"]);
        await host.Receive([.. Enumerable.Range(0, times + 6).Select(_ => Applicants.Application("粤B", onFile: true))]);
        var page = await browser.OpenAs(host, "swift", faults, "/queues/e-licence");
        await page.EvaluateAsync("""
            () => {
              performance.setResourceTimingBufferSize(5000);
              window.memory = new Set();
              const [make, drop] = [URL.createObjectURL, URL.revokeObjectURL];
              URL.createObjectURL = (blob) => { const address = make.call(URL, blob); window.memory.add(address); return address; };
              URL.revokeObjectURL = (address) => { window.memory.delete(address); drop.call(URL, address); };
            }
            """);
        await Claim(page);
        List<double> took = [];
        List<double> painting = [];
        for (var i = 0; i < times; i++)
        {
            var next = await Fetched(page);
            // At most those of the next case.
            Assert.Equal(2, await page.EvaluateAsync<int>("() => window.memory.size"));
            await page.EvaluateAsync(UntilPainted, next);
            await page.Keyboard.PressAsync("a");
            took.Add(await page.EvaluateAsync<double>("() => window.painted"));
            painting.Add(took[^1] - await page.EvaluateAsync<double>("() => window.named"));
            var from = await page.EvaluateAsync<string>("() => window.paintedFrom");
            Assert.True(from.StartsWith("blob:", StringComparison.Ordinal), $"Picture {next} of case {i} came from {from}");
            await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
            await Task.Delay(450);
        }

        took = [.. took.Skip(first).Order()];
        painting = [.. painting.Skip(first).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From the key to the next picture, {took.Count} times: p50 {took[took.Count / 2]:0} ms, p95 {took[(int)(took.Count * 0.95) - 1]:0} ms, most {took[^1]:0} ms; of it after the server had named the picture: p50 {painting[took.Count / 2]:0} ms, p95 {painting[(int)(took.Count * 0.95) - 1]:0} ms"));
        await Fetched(page);
        await page.Keyboard.PressAsync("s");
        await page.IsAt("/queues/e-licence");
        await page.WaitForFunctionAsync("() => window.memory.size === 0");
        Assert.Empty(faults);
    }

    // From the key's own time to the frame after the picture was loaded.
    private const string UntilPainted = """
        (id) => {
          let pressed;
          document.addEventListener('keydown', (event) => { pressed = event.timeStamp; }, { once: true, capture: true });
          window.painted = new Promise((done) => {
            const watch = new MutationObserver(() => {
              const image = document.querySelector(`image[data-picture="${id}"]`);
              if (!image) return;
              watch.disconnect();
              window.named = performance.now() - pressed;
              const loaded = () => {
                const from = image.getAttribute('href');
                // The picture before may still be on its way.
                if (from.startsWith('/pictures/') && from !== `/pictures/${id}`) return;
                image.removeEventListener('load', loaded);
                requestAnimationFrame(() => {
                  window.paintedFrom = from;
                  const after = new MessageChannel();
                  after.port1.onmessage = () => done(performance.now() - pressed);
                  after.port2.postMessage(0);
                });
              };
              image.addEventListener('load', loaded);
            });
            watch.observe(document.body, { subtree: true, childList: true });
          });
        }
        """;

    /// <summary>Waits until the pictures of the next case were fetched; the id of its first.</summary>
    private static async Task<string> Fetched(IPage page)
    {
        var found = await page.WaitForFunctionAsync("""
            () => {
              const ids = (document.querySelector('[data-next-pictures]')?.dataset.nextPictures ?? '').split(' ').filter(Boolean);
              const fetched = ids.every((id) => performance.getEntriesByName(`${location.origin}/pictures/${id}`).some((entry) => entry.responseEnd > 0));
              const shown = ids.some((id) => document.querySelector(`image[data-picture="${id}"]`));
              return ids.length && fetched && !shown && window.memory.size === ids.length ? ids[0] : null;
            }
            """);
        return await found.JsonValueAsync<string>();
    }

    private static async Task<LocatorBoundingBoxResult> Stage(IPage page, string picture) => (await page.GetByTestId(picture).BoundingBoxAsync())!;

    private static Task<double> Scale(IPage page, string picture) =>
        page.EvaluateAsync<double>("p => { const m = document.querySelector(`[data-testid=${p}] image`).getScreenCTM(); return Math.hypot(m.a, m.b); }", picture);

    private static async Task<(double X, double Y)> Under(IPage page, string picture, float x, float y)
    {
        var at = await page.EvaluateAsync<double[]>(
            "([p, x, y]) => { const at = new DOMPoint(x, y).matrixTransform(document.querySelector(`[data-testid=${p}] image`).getScreenCTM().inverse()); return [at.x, at.y]; }", new object[] { picture, (double)x, (double)y });
        return (at[0], at[1]);
    }

    private static async Task<(double X, double Y)> Middle(IPage page, string picture)
    {
        var stage = await Stage(page, picture);
        return await Under(page, picture, stage.X + (stage.Width / 2), stage.Y + (stage.Height / 2));
    }

    private static async Task<(float X, float Y)> At(IPage page, string picture, double x, double y)
    {
        var at = await page.EvaluateAsync<float[]>(
            "([p, x, y]) => { const at = new DOMPoint(x, y).matrixTransform(document.querySelector(`[data-testid=${p}] image`).getScreenCTM()); return [at.x, at.y]; }", new object[] { picture, x, y });
        return (at[0], at[1]);
    }

    // The line of the crown is drawn where that row of the picture is.
    private static async Task LinesFit(IPage page) =>
        Assert.Equal(0, await page.EvaluateAsync<double>("""
            () => {
              const drawing = document.querySelector('[data-testid=picture-Portrait]');
              const line = drawing.querySelector('[data-testid=head-lines] line');
              const row = new DOMPoint(0, line.y1.baseVal.value).matrixTransform(drawing.querySelector('image').getScreenCTM());
              const box = line.getBoundingClientRect();
              return row.y - (box.top + box.bottom) / 2;
            }
            """), 1.0);

    private static Task<string> Filter(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('[data-testid=picture-Portrait] image')).filter");

    private static void Same((double X, double Y) one, (double X, double Y) other)
    {
        Assert.Equal(one.X, other.X, 1.0);
        Assert.Equal(one.Y, other.Y, 1.0);
    }

    private static async Task Claim(IPage page)
    {
        await page.PressNext();
        await page.IsAt("/cases/*");
        await Expect(page.GetByTestId("approve")).ToBeEnabledAsync();
        await Expect(page.GetByTestId(Portrait).Locator("image[href]")).ToHaveCountAsync(1);
        // As long as nobody could have looked at it, a case takes no decision.
        await Task.Delay(450);
    }
}
