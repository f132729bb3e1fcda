using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using ReviewConsole.Catalog;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>Posts a notice as signed JSON to the gateway of its channel.</summary>
/// <remarks>
/// <c>X-Signature: sha256=…</c> is HMAC-SHA-256 over timestamp, a full stop and the body, under the channel's secret; <c>X-Timestamp</c> is in Unix
/// seconds, so that a gateway can refuse what is old; <c>X-Delivery-Id</c> is the same on every try, so that it can tell a repetition.
/// </remarks>
public sealed class HttpGateway(IHttpClientFactory clients, IOptions<NotifySettings> settings, IOptions<ReviewSettings> review, TimeProvider time) : IGateway
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "notify";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public async Task<HandedOver> Hand(Delivery delivery, Notice notice, CancellationToken cancel)
    {
        var gateway = settings.Value.Of(delivery.Channel);
        using var request = Request(gateway, delivery, notice);
        using var client = clients.CreateClient(Client);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.IsSuccessStatusCode
                ? HandedOver.Taken
                : new(string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}"), IsFinal(answer.StatusCode));
        }
        catch (HttpRequestException fault)
        {
            return new(fault.HttpRequestError.ToString(), Final: false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new("Timeout", Final: false);
        }
    }

    /// <summary>The signature of a body at a moment.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        mac.AppendData(body);
        return "sha256=" + Convert.ToHexStringLower(mac.GetHashAndReset());
    }

    // The gateway understood this notice and refuses it. Refused access or a missing address is the gateway's set-up, which somebody will mend.
    private static bool IsFinal(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && (int)status != 425
        && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.ProxyAuthenticationRequired);

    private HttpRequestMessage Request(GatewaySettings gateway, Delivery delivery, Notice notice)
    {
        var sms = delivery.Channel == Channel.Sms;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Message(
                delivery.Id,
                sms ? "sms" : "app",
                notice.Receiver,
                notice.Template,
                sms ? null : notice.Title,
                sms ? Notices.Signed(review.Value.SmsSignature, notice.Sms) : notice.Body,
                notice.WrittenAt),
            Json);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        HttpRequestMessage request = new(HttpMethod.Post, gateway.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("X-Delivery-Id", delivery.Id.ToString());
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", Sign(gateway.Secret!, timestamp, body));
        return request;
    }

    private sealed record Message(Guid DeliveryId, string Channel, string Receiver, string Template, string? Title, string Text, DateTimeOffset WrittenAt);
}
