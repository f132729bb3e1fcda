namespace ReviewConsole.Tests.Support;

/// <summary>A test in a real browser: skipped by name where no Chromium is installed, unless <c>REVIEWCONSOLE_NO_SKIPS</c> is 1, then it fails.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!File.Exists(Browser.Chromium) && Environment.GetEnvironmentVariable("REVIEWCONSOLE_NO_SKIPS") != "1")
            Skip = $"No Chromium at {Browser.Chromium}; set REVIEWCONSOLE_CHROMIUM to its path.";
    }
}
