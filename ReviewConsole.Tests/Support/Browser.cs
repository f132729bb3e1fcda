using Microsoft.Playwright;

namespace ReviewConsole.Tests.Support;

/// <summary>The installed Chromium, headless. One a test class, as a class fixture; each test opens its own context.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    // What a page shows after a moment is waited for as long as a busy machine may need. Where time matters, the test says how long.
    static Browser() => Assertions.SetDefaultExpectTimeout(20_000);

    /// <summary>Path of the browser.</summary>
    public static string Chromium { get; } = Environment.GetEnvironmentVariable("REVIEWCONSOLE_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>A fresh context with its own cookies, in Chinese, 1280 × 800. What the page logs as an error is in <paramref name="faults"/>.</summary>
    public async Task<IPage> Open(Uri address, ICollection<string>? faults = null, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 800)
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            Locale = "zh-CN",
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
        });
        var page = await context.NewPageAsync();
        if (faults is not null)
        {
            page.Console += (_, message) =>
            {
                if (message.Type == "error")
                    faults.Add(message.Text);
            };
            page.PageError += (_, fault) => faults.Add(fault);
        }

        return page;
    }

    /// <summary>Opens a page and signs in.</summary>
    public Task<IPage> OpenAs(ConsoleHost host, string name, ICollection<string>? faults = null, string path = "/") => OpenAs(host.Address, name, faults, path);

    /// <summary>Opens a page of whatever serves there and signs in.</summary>
    public async Task<IPage> OpenAs(Uri address, string name, ICollection<string>? faults = null, string path = "/")
    {
        var page = await Open(address, faults);
        await page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", StaffSetup.Password);
        await page.ClickAsync("button[type=submit]");
        // The page tells by itself when it can be used; its last picture may come later.
        await page.HasLeft("/sign-in");
        await page.WaitUntilInteractive();
        return page;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>What tests in a browser do often.</summary>
public static class BrowserPages
{
    /// <summary>Waits until the circuit has taken the page over, so that clicks and keys are heard.</summary>
    public static async Task WaitUntilInteractive(this IPage page) =>
        await page.WaitForSelectorAsync(".shell[data-interactive]");

    /// <summary>Waits until the page is at a path; a last '*' stands for the rest of it. The page itself is asked again and again: the library's own wait for an address misses one that is reached while it begins.</summary>
    public static async Task IsAt(this IPage page, string path) =>
        await page.WaitForFunctionAsync("path => { const here = decodeURI(location.pathname + location.search); return path.endsWith('*') ? here.startsWith(path.slice(0, -1)) : here === path; }", path);

    /// <summary>Waits until the page is no longer at a path that ends so.</summary>
    public static async Task HasLeft(this IPage page, string end) => await page.WaitForFunctionAsync("end => !location.pathname.endsWith(end)", end);

    /// <summary>Presses the key for the next case as soon as the page offers it.</summary>
    public static async Task PressNext(this IPage page)
    {
        await Assertions.Expect(page.GetByTestId("claim-next")).ToBeEnabledAsync();
        await page.Keyboard.PressAsync("n");
    }

    /// <summary>Goes to another page within the same connection, as a link does.</summary>
    public static async Task GoWithin(this IPage page, string path)
    {
        await page.EvaluateAsync("path => { const title = document.querySelector('main h1'); title.dataset.left = title.textContent; Blazor.navigateTo(path); }", path);
        await page.WaitForFunctionAsync("path => (document.querySelector('main h1')?.dataset.left ?? '') !== document.querySelector('main h1')?.textContent && !document.querySelector('.state-loading') && location.pathname + location.search === encodeURI(path)", path);
    }

    /// <summary>Decides the case of the page by a key; where that goes against the machine, the first reason why is given.</summary>
    public static async Task DecideBy(this IPage page, string key)
    {
        var before = page.Url;
        await page.Keyboard.PressAsync(key);
        await page.WaitForFunctionAsync("before => location.href !== before || document.querySelector('[data-testid=dissent]')", before);
        if (page.Url == before)
            await page.Keyboard.PressAsync("1");
    }
}
