using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Features.Intake;

/// <summary>Reads the body of a request: bounded, JSON, strict.</summary>
internal static class RequestBody
{
    /// <summary>Most bytes of a body: three pictures of 5 MB in base64, and the rest.</summary>
    public const int MostBytes = 24 * 1024 * 1024;

    private const int FirstBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // Missing members are told field by field, all at once.
        RespectRequiredConstructorParameters = false,
        MaxDepth = 16,
    };

    /// <summary>The bytes, or the answer to a body that is too large or no JSON.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, Reply? Fault)> Read(HttpContext http)
    {
        var request = http.Request;
        if (!request.HasJsonContentType() && request.ContentLength != 0)
            return (default, Reply.Problem(415, "CONTENT_TYPE", "The body must be application/json."));
        if (request.ContentLength > MostBytes)
            return (default, TooLarge);
        try
        {
            // It grows with what comes, not with what was announced: a length costs the sender nothing.
            MemoryStream body = new((int)Math.Min(request.ContentLength ?? FirstBytes, FirstBytes));
            await request.Body.CopyToAsync(body, http.RequestAborted);
            return (body.GetBuffer().AsMemory(0, (int)body.Length), null);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (default, TooLarge);
        }
        catch (IOException fault) when (fault is not BadHttpRequestException)
        {
            // Chunks that no number can count.
            return (default, Broken);
        }
    }

    /// <summary>The answer to a body that ends before its length, or whose chunks are broken.</summary>
    public static Reply Broken => Reply.Problem(
        400, "REQUEST_BROKEN", "The request could not be read to its end.", [new("", "BODY_INCOMPLETE", "The body ended before its length, or its chunks are broken.")]);

    /// <summary>The body as JSON, or the answer that names line, position and field of what cannot be read.</summary>
    /// <remarks>A body without bytes counts as an empty object: what it lacks is then told by field.</remarks>
    public static (T? Body, Reply? Fault) Parse<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json.IsEmpty ? "{}"u8 : json, Strict) is { } body
                ? (body, null)
                : (null, Unreadable("", "JSON_TYPE", "An object is expected.", 0, 0));
        }
        catch (JsonException fault)
        {
            var field = (fault.Path ?? "").TrimStart('$').TrimStart('.');
            var (code, what) = fault.InnerException is JsonException ? ("JSON_SYNTAX", "This is not well-formed JSON.")
                : fault.Message.Contains("could not be mapped", StringComparison.Ordinal) ? ("JSON_MEMBER_UNKNOWN", "No such member is known here.")
                : fault.Message.Contains("Duplicate", StringComparison.Ordinal) ? ("JSON_MEMBER_TWICE", "This member stands twice.")
                : ("JSON_TYPE", "The value is of another type than the member.");
            return (null, Unreadable(field, code, what, fault.LineNumber, fault.BytePositionInLine));
        }
    }

    private static Reply TooLarge => Reply.Problem(413, "BODY_TOO_LARGE", $"The body has more than {MostBytes / 1024 / 1024} MiB.");

    // The message of the parser itself is not passed on: it may quote the body.
    private static Reply Unreadable(string field, string code, string what, long? line, long? position) => Reply.Problem(
        400,
        "JSON_INVALID",
        string.Create(CultureInfo.InvariantCulture, $"The body cannot be read at line {line + 1}, byte {position + 1}."),
        [new(field, code, string.Create(CultureInfo.InvariantCulture, $"{what} Line {line + 1}, byte {position + 1}."))]);
}
