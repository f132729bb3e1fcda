using System.Diagnostics;

namespace ReviewConsole.Platform;

/// <summary>One line a request: method, route, status, milliseconds. The route's template stands for the path, and queries are left out: both may hold personal data.</summary>
public static class RequestLog
{
    /// <summary>Logs every request but static files and the circuits' own traffic.</summary>
    public static void UseRequestLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("ReviewConsole.Requests");
        app.Use(async (http, next) =>
        {
            var started = Stopwatch.GetTimestamp();
            await next(http);
            if (http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route } && !route.TrimStart('/').StartsWith('_') && !Path.HasExtension(route))
                log.LogInformation("{Method} {Route} {Status} {Milliseconds:0}", http.Request.Method, route, http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        });
    }
}
