using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using ReviewConsole.Platform;

namespace ReviewConsole.Features.Intake;

/// <summary>Holds every client of the API to its own number of requests a minute.</summary>
internal static class ClientRates
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "client";

    /// <summary>Adds it.</summary>
    public static void AddClientRates(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        // A changed limit is another partition: it counts from the next request on.
        limiter.AddPolicy(Policy, http => http.User.Identity is ClientIdentity client
            ? RateLimitPartition.GetSlidingWindowLimiter((client.Client.Id, client.RequestsPerMinute), key => AddressRates.PerMinute(key.RequestsPerMinute))
            : RateLimitPartition.GetNoLimiter(("", 0)));
        limiter.OnRejected = async (rejected, _) =>
        {
            var most = ((ClientIdentity)rejected.HttpContext.User.Identity!).RequestsPerMinute;
            var reply = Refuse(rejected.HttpContext, AddressRates.WaitOf(rejected.Lease), string.Create(CultureInfo.InvariantCulture, $"This client may send {most} requests a minute."));
            await reply.ExecuteAsync(rejected.HttpContext);
        };
    });

    /// <summary>The answer that says how long to wait.</summary>
    public static Reply Refuse(HttpContext http, TimeSpan wait, string why)
    {
        var seconds = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.RetryAfter = seconds;
        return Reply.Problem(StatusCodes.Status429TooManyRequests, "RATE_LIMITED", $"{why} Wait {seconds} seconds.");
    }
}

/// <summary>When each client was last let in, since this program started.</summary>
internal sealed class ClientUse
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> last = new();

    /// <summary>Notes that a client was let in.</summary>
    public void Note(Guid client, DateTimeOffset now) => last[client] = now;

    /// <summary>When that was last; null where it was not.</summary>
    public DateTimeOffset? Last(Guid client) => last.TryGetValue(client, out var at) ? at : null;
}
