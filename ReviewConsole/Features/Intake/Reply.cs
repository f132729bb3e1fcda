using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using ReviewConsole.Catalog;

namespace ReviewConsole.Features.Intake;

/// <summary>An answer of the API, ready to be sent and to be kept for its idempotency key; it holds no personal data.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON; problem details (RFC 9457) from 400 on.</param>
internal sealed record Reply(int Status, string Body) : IResult
{
    /// <summary>How answers are written: camel case, enums as words, Chinese as it is.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>An ordinary answer.</summary>
    public static Reply Of<T>(int status, T value) => new(status, JsonSerializer.Serialize(value, Json));

    /// <summary>A problem.</summary>
    public static Reply Problem(int status, string code, string detail, IReadOnlyList<FieldError>? errors = null, IReadOnlyList<ReasonForApplicant>? reasons = null) =>
        Of(status, new Problem(ReasonPhrases.GetReasonPhrase(status), status, code, detail) { Errors = errors, Reasons = reasons });

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = Status >= 400 ? "application/problem+json; charset=utf-8" : "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(Body, httpContext.RequestAborted);
    }
}

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Title">The status in words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code of what went wrong.</param>
/// <param name="Detail">Words: Chinese for the applicant where a request was refused by a rule, English for the developer elsewhere.</param>
internal sealed record Problem(string Title, int Status, string Code, string Detail)
{
    /// <summary>Every field that is at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>Every reason of a refusal, the weightiest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReasonForApplicant>? Reasons { get; init; }
}

/// <summary>A field at fault.</summary>
/// <param name="Field">Its path as the sender wrote it, for instance <c>applicant.document.number</c>.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">Words for the developer.</param>
internal sealed record FieldError(string Field, string Code, string Message);

/// <summary>A reason in the applicant's words.</summary>
/// <param name="Code">Code of the reason.</param>
/// <param name="Text">Chinese words that the applicant can act on.</param>
/// <param name="NextStep">What the applicant does next.</param>
internal sealed record ReasonForApplicant(string Code, string Text, NextStep NextStep);
