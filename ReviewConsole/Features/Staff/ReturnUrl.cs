namespace ReviewConsole.Features.Staff;

/// <summary>Where to go after signing in.</summary>
public static class ReturnUrl
{
    /// <summary>The address where it is one of this site: one leading slash, no second slash or backslash after it and no control character; otherwise <c>/</c>.</summary>
    public static string Safe(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
