using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ReviewConsole.Features.Intake;

/// <summary>The OpenAPI document of the intake API.</summary>
internal static class IntakeDocument
{
    private const string Name = "v1";
    private const string Security = "apiKey";
    private const string AnyType = "*/*";

    /// <summary>Adds the document.</summary>
    public static void AddIntakeDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Review console: intake",
                Version = Name,
                Description = "Hands requests of applicants in and tells how they stand. Faults are problem details (RFC 9457) with a stable `code`; `errors` names every field at "
                    + "fault at once. The `detail` of 409 and 422 is written for the applicant, in Chinese; every other one for the developer. Instants carry the offset of Shanghai.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Security] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "rc_ID_SECRET" };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(Security, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(Base64))
                (schema.Type, schema.Format) = (JsonSchemaType.String, "byte");
            else if (type.IsEnum)
                (schema.Type, schema.Enum) = (JsonSchemaType.String, Strings(Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)));
            else if (schema is { Type: { } types, Pattern: not null })
                (schema.Type, schema.Pattern) = (types & ~JsonSchemaType.String, null);
            if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true) is [AllowedValuesAttribute words])
                schema.Enum = Strings(words.Values.Cast<string>());
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            foreach (var (_, body) in document.Components!.Schemas!.Where(schema => schema.Key.EndsWith("Body", StringComparison.Ordinal)))
                NoNull(body);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (operation.RequestBody?.Content is { } content && content.Remove(AnyType, out var body))
                content["application/json"] = body;
            if (context.Description.HttpMethod == HttpMethods.Post)
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = Idempotency.Header,
                    In = ParameterLocation.Header,
                    Required = true,
                    Description = "1 to 128 visible ASCII characters, new for each new request. The same key with the same body gets the same answer; with another body, 409.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 128 },
                    Example = JsonValue.Create("6f1f1c1e-0d57-4f0e-9d39-0d2b4f3f8a11"),
                });
            }

            return Task.CompletedTask;
        });
    });

    private static List<JsonNode> Strings(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];

    /// <summary>Null stands in the types of the bodies so that a missing member can be told by field; it is no more allowed than leaving a required member out.</summary>
    private static void NoNull(IOpenApiSchema body)
    {
        foreach (var name in body.Required ?? new HashSet<string>(StringComparer.Ordinal))
        {
            var member = body.Properties![name];
            if (member.OneOf is [{ Type: JsonSchemaType.Null }, var real])
                body.Properties[name] = real;
            else if (member is OpenApiSchema { Type: { } types } plain)
                plain.Type = types & ~JsonSchemaType.Null;
        }
    }

    /// <summary>Describes an endpoint with a body.</summary>
    public static void Describe<TBody, TAnswer>(this RouteHandlerBuilder endpoint, string summary, int success, params ReadOnlySpan<int> problems)
        where TBody : notnull
    {
        // Any type reaches the endpoint, which answers a wrong one itself: what routing answers has neither key nor problem details.
        endpoint.Accepts<TBody>(AnyType);
        endpoint.Describe<TAnswer>(summary, success, problems);
    }

    /// <summary>Describes an endpoint.</summary>
    public static void Describe<TAnswer>(this RouteHandlerBuilder endpoint, string summary, int success, params ReadOnlySpan<int> problems)
    {
        endpoint.WithTags("intake").WithSummary(summary).Produces<TAnswer>(success);
        foreach (var status in (ReadOnlySpan<int>)[.. problems, 401, 403, 429])
            endpoint.Produces<Problem>(status, "application/problem+json");
    }
}
