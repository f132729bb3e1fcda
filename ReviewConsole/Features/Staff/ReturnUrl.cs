namespace ReviewConsole.Features.Staff;

/// <summary>Where to go after signing in.</summary>
public static class ReturnUrl
{
    private static readonly Uri Here = new("http://here");

    /// <summary>The address, percent-encoded, where it is one of this site: one leading slash, no control character, and still this site once a browser has resolved it; otherwise <c>/</c>.</summary>
    public static string Safe(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl)
        && Uri.TryCreate(Here, url, out var there) && there.Authority == Here.Authority && !there.AbsolutePath.StartsWith("//", StringComparison.Ordinal)
            ? there.PathAndQuery + there.Fragment
            : "/";
}
