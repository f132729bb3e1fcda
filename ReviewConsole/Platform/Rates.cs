using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ReviewConsole.Platform;

/// <summary>How often strangers may try, section <c>Rates</c>. An API client that shows its key has a limit of its own.</summary>
/// <remarks>Addresses are those that the server sees: behind a proxy it must be told to believe the forwarded ones.</remarks>
public sealed class RateSettings
{
    /// <summary>Requests with a wrong key or none that one address gets an answer to in a minute. 1 to 1,000,000; 60.</summary>
    [Range(1, 1_000_000)]
    public int WrongKeysPerMinute { get; set; } = 60;

    /// <summary>Sign-ins that one address may try in a minute. 1 to 1,000,000; 30.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 30;
}

/// <summary>Counts the tries of each remote address.</summary>
public sealed class AddressRates(IOptions<RateSettings> settings) : IDisposable
{
    private const int Segments = 6;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly PartitionedRateLimiter<HttpContext> wrongKeys = ByAddress(settings.Value.WrongKeysPerMinute);
    private readonly PartitionedRateLimiter<HttpContext> signIns = ByAddress(settings.Value.SignInsPerMinute);

    /// <summary>What a minute's limit means: so many in any sixty seconds, counted in steps of ten.</summary>
    /// <param name="most">Requests a minute.</param>
    public static SlidingWindowRateLimiterOptions PerMinute(int most) => new() { PermitLimit = most, Window = Window, SegmentsPerWindow = Segments, QueueLimit = 0 };

    /// <summary>Counts a request without a valid key.</summary>
    /// <returns>How long to wait; null where it is within the limit.</returns>
    public TimeSpan? WrongKey(HttpContext http) => Try(wrongKeys, http);

    /// <summary>Counts a try to sign in.</summary>
    /// <returns>How long to wait; null where it is within the limit.</returns>
    public TimeSpan? SignIn(HttpContext http) => Try(signIns, http);

    /// <summary>How long a refused request should wait.</summary>
    public static TimeSpan WaitOf(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : Window / Segments;

    /// <inheritdoc/>
    public void Dispose()
    {
        wrongKeys.Dispose();
        signIns.Dispose();
    }

    private static TimeSpan? Try(PartitionedRateLimiter<HttpContext> limiter, HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http);
        return lease.IsAcquired ? null : WaitOf(lease);
    }

    private static PartitionedRateLimiter<HttpContext> ByAddress(int most) =>
        PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetSlidingWindowLimiter(Address(http.Connection.RemoteIpAddress), _ => PerMinute(most)));

    // Whoever has one address of IPv6 has the 64 bits below it, too.
    private static string Address(IPAddress? address) =>
        address is null ? ""
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
        : address.ToString();
}
