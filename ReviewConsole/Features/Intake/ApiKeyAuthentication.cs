using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Platform;

namespace ReviewConsole.Features.Intake;

/// <summary>Keys of API clients: <c>rc_ID_SECRET</c>, of which the store keeps the id and a hash of the secret.</summary>
/// <remarks>The secret is 256 random bits, so a plain hash keeps it as safe as a slow one would.</remarks>
internal static class ApiKey
{
    /// <summary>Name of the authentication scheme and of the policy that admits it alone.</summary>
    public const string Scheme = "ApiKey";

    private const string Prefix = "rc";
    private const int SecretBytes = 32;

    /// <summary>Who a principal of the scheme is; <see cref="Actor.Nobody"/> for every other principal.</summary>
    public static Actor ClientOf(ClaimsPrincipal principal) => (principal.Identity as ClientIdentity)?.Client ?? Actor.Nobody;

    /// <summary>A new key and the hash that is kept of it.</summary>
    public static (string Key, string Hash) New(Guid id)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return ($"{Prefix}_{id:N}_{secret}", HashOf(secret));
    }

    /// <summary>Id and hash of a key as sent; null where it does not have the form of one.</summary>
    public static (Guid Id, string Hash)? Read(string? key) =>
        key is { Length: < 200 } && key.Split('_', 3) is [Prefix, var id, { Length: > 0 } secret] && Guid.TryParseExact(id, "N", out var client) ? (client, HashOf(secret)) : null;

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)));
}

/// <summary>An API client that showed its key.</summary>
internal sealed class ClientIdentity(Actor client, int requestsPerMinute) : ClaimsIdentity(ApiKey.Scheme)
{
    /// <summary>The client.</summary>
    public Actor Client => client;

    /// <summary>Its limit.</summary>
    public int RequestsPerMinute => requestsPerMinute;
}

/// <summary>Reads <c>Authorization: Bearer rc_…</c>.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, IDbContextFactory<ReviewDb> stores, ClientUse use, AddressRates rates)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    private const string Bearer = "Bearer ";
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (ApiKey.Read(header[Bearer.Length..].Trim()) is not { } sent)
            return AuthenticateResult.Fail("not a key");
        await using var db = await stores.CreateDbContextAsync(Context.RequestAborted);
        var client = await db.ApiClients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == sent.Id, Context.RequestAborted);
        var now = TimeProvider.GetUtcNow();
        // Both comparisons are always made, for an id that nobody has, too: the time tells neither which ids there are nor which key it was.
        var hash = Convert.FromHexString(sent.Hash);
        var same = Same(client?.KeyHash, hash) | Same(client?.PreviousKeyUntil > now ? client.PreviousKeyHash : null, hash);
        if (!same || client is not { RevokedAt: null })
            return AuthenticateResult.Fail("unknown key");
        use.Note(client.Id, now);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClientIdentity(Actor.Client(client.Id, client.Name, client.Permissions), client.RequestsPerMinute)), Scheme.Name));
    }

    private static bool Same(string? kept, byte[] sent) => CryptographicOperations.FixedTimeEquals(kept is null ? NoHash : Convert.FromHexString(kept), sent) && kept is not null;

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (rates.WrongKey(Context) is { } wait)
            return ClientRates.Refuse(Context, wait, "Too many requests without a valid key came from this address.").ExecuteAsync(Context);
        Response.Headers.WWWAuthenticate = "Bearer";
        return Reply.Problem(401, "KEY_NEEDED", "Send a valid key: Authorization: Bearer rc_…").ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        IntakeWords.Of(Domain.Cases.Refusals.NotPermitted).ExecuteAsync(Context);
}
