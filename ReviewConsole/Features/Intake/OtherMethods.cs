using System.Collections.Frozen;
using Microsoft.AspNetCore.Routing.Template;

namespace ReviewConsole.Features.Intake;

/// <summary>Answers requests that no endpoint of the API takes: 405 with <c>Allow</c> where the address is there with other methods, 404 elsewhere.</summary>
/// <remarks>Routing would do so by itself, but without a key, without problem details, and as a page.</remarks>
internal static class OtherMethods
{
    /// <summary>The answer.</summary>
    public static Reply Refuse(HttpContext http)
    {
        var methods = At(http);
        if (methods.Count == 0)
            return Reply.Problem(404, "NOT_FOUND", "The API has no such address.");
        http.Response.Headers.Allow = string.Join(", ", methods.Order(StringComparer.Ordinal));
        return Reply.Problem(405, "METHOD_NOT_ALLOWED", $"This address takes {http.Response.Headers.Allow}.");
    }

    private static FrozenSet<string> At(HttpContext http)
    {
        var policies = http.RequestServices.GetRequiredService<ParameterPolicyFactory>();
        return http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null && Leads(endpoint))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

        bool Leads(RouteEndpoint endpoint)
        {
            RouteValueDictionary values = [];
            return new TemplateMatcher(new(endpoint.RoutePattern), []).TryMatch(http.Request.Path, values)
                && endpoint.RoutePattern.Parameters.All(parameter => parameter.ParameterPolicies.All(policy =>
                    policies.Create(parameter, policy) is not IRouteConstraint constraint || constraint.Match(http, null, parameter.Name, values, RouteDirection.IncomingRequest)));
        }
    }
}
