using System.Reflection;
using Microsoft.Playwright;

namespace ReviewConsole.Tests.Support;

/// <summary>axe over what a page shows, WCAG 2.2 included: everything in the theme that is on, what depends on colour in the other one, and the size of targets where things stand close.</summary>
public static class Axe
{
    private const string Look = """
        async () => {
          const root = document.documentElement, { theme, density } = root.dataset, found = [];
          const look = async (options) => {
            const { violations } = await axe.run(document, { resultTypes: ['violations'], ...options });
            found.push(...violations.map((v) => `${location.pathname} ${root.dataset.theme} ${root.dataset.density} ${v.id}: ${v.help} ${v.nodes.map((n) => n.html).join(' | ')}`));
          };
          await look({ rules: { 'target-size': { enabled: true } } });
          root.dataset.theme = theme === 'dark' ? 'light' : 'dark';
          await look({ runOnly: ['color-contrast', 'link-in-text-block'] });
          Object.assign(root.dataset, { theme, density: 'compact' });
          await look({ runOnly: ['target-size'] });
          root.dataset.density = density;
          return found;
        }
        """;

    private static readonly string Source = Read();

    /// <summary>Fails where axe finds anything. It is put into the document once, however often the page in it changes.</summary>
    public static async Task NoFindings(this IPage page)
    {
        // The title is the page's own, and comes with its connection.
        await page.WaitForFunctionAsync("() => document.title");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Source);
        var found = await page.EvaluateAsync<string[]>(Look);
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    private static string Read()
    {
        using var stream = Assembly.Load("Deque.AxeCore.Commons").GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using StreamReader text = new(stream);
        return text.ReadToEnd();
    }
}
