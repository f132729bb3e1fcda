using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Domain;
using ReviewConsole.Features.Intake.Clients;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Intake;

/// <summary>The intake API, <c>/api/v1</c>: how the app's back end hands requests in and learns how they stand.</summary>
public static class IntakeEndpoints
{
    private const string Root = "/api";
    private const string Version = "/v1";
    private const string DocumentPolicy = "ApiDocument";

    /// <summary>Adds what the API needs.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKey.Scheme, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(ApiKey.Scheme, policy => policy.AddAuthenticationSchemes(ApiKey.Scheme).RequireAuthenticatedUser())
            .AddPolicy(DocumentPolicy, policy => policy.AddAuthenticationSchemes(ApiKey.Scheme).RequireAssertion(context => MayReadDocument((HttpContext)context.Resource!)));
        services.AddIntakeDocument();
        services.AddClientRates();
        services.AddSingleton<ClientUse>();
        services.AddSingleton<IntakeWords>();
        services.AddSingleton<SentPictures>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<Admission>();
        services.AddSingleton<ReceiveELicence>();
        services.AddSingleton<ReceiveIdPhoto>();
        services.AddSingleton<Resubmit>();
        services.AddSingleton<Withdraw>();
        services.AddSingleton<RequestStateQuery>();
        services.AddSingleton<BacklogQuery>();
        services.AddSingleton<PutLicence>();
        services.AddSingleton<CreateApiClient>();
        services.AddSingleton<ChangeApiClient>();
        services.AddSingleton<RotateApiKey>();
        services.AddSingleton<RevokeApiClient>();
        services.AddSingleton<ClientsQuery>();
        services.AddSingleton<IListExport, ClientsExport>();
        services.AddSingleton(new NavEntry(NavGroup.Administer, "/clients", typeof(ClientText), "Nav", Permission.Administer, 30));
        return services;
    }

    /// <summary>Maps the API and its OpenAPI document.</summary>
    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(DocumentPolicy);
        var root = app.MapGroup(Root).RequireAuthorization(ApiKey.Scheme).RequireRateLimiting(ClientRates.Policy).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(RequestBody.MostBytes)).AddEndpointFilter(NoFaultGetsOut);

        // Without it an address or method that there is not would be answered by the pages.
        root.Map("/{**rest}", (HttpContext http) => OtherMethods.Refuse(http)).ExcludeFromDescription();
        var api = root.MapGroup(Version);

        api.MapPost("/e-licence-applications", (HttpContext http, Idempotency answers, ReceiveELicence receive) =>
                answers.Run<ELicenceBody>(http, (client, body, once) => receive.Handle(client, body, once, http.RequestAborted)))
            .Describe<ELicenceBody, Receipt>("Hand an e-licence application in", 201, 400, 409, 413, 415, 422);
        api.MapPost("/id-photo-reviews", (HttpContext http, Idempotency answers, ReceiveIdPhoto receive) =>
                answers.Run<IdPhotoBody>(http, (client, body, once) => receive.Handle(client, body, once, http.RequestAborted)))
            .Describe<IdPhotoBody, Receipt>("Hand an identity card in for review by a person", 201, 400, 409, 413, 415, 422);
        api.MapPost("/requests/{id:guid}/resubmission", (HttpContext http, Guid id, Idempotency answers, Resubmit resubmit) =>
                answers.Run<ResubmissionBody>(http, (client, body, once) => resubmit.Handle(client, id, body, once, http.RequestAborted)))
            .Describe<ResubmissionBody, RequestState>("Send what the applicant was asked for", 200, 400, 404, 409, 413, 415, 422);
        api.MapPost("/requests/{id:guid}/withdrawal", (HttpContext http, Guid id, Idempotency answers, Withdraw withdraw) =>
                answers.Run<WithdrawalBody>(http, (client, _, once) => withdraw.Handle(client, id, once, http.RequestAborted)))
            .Describe<WithdrawalBody, RequestState>("Take a request back", 200, 400, 404, 409, 413, 415);
        api.MapGet("/requests/{id:guid}", async (HttpContext http, Guid id, RequestStateQuery query) =>
                Send((await query.Handle(ApiKey.ClientOf(http.User), id, http.RequestAborted)).Then<Reply>(state => Reply.Of(200, state))))
            .Describe<RequestState>("Where a request stands, as the applicant may see it", 200, 404);
        api.MapGet("/backlog", async (HttpContext http, BacklogQuery query, string? queue, string? authority) =>
                Send(await query.Handle(ApiKey.ClientOf(http.User), queue, authority, http.RequestAborted)))
            .Describe<Backlog>("How much waits, and when a decision may be expected", 200, 400);
        api.MapPut("/licences", async (HttpContext http, PutLicence put) => await Put(http, put))
            .Describe<PutLicenceBody, PutLicenceAnswer>("Put a licence into the record; the newest by sourceTime counts", 200, 400, 413, 415);
    }

    private static async Task<Reply> Put(HttpContext http, PutLicence put)
    {
        var client = ApiKey.ClientOf(http.User);
        if (!client.May(PutLicence.Needs))
            return IntakeWords.Of(Domain.Cases.Refusals.NotPermitted);
        var (bytes, fault) = await RequestBody.Read(http);
        if (fault is not null)
            return fault;
        (var body, fault) = RequestBody.Parse<PutLicenceBody>(bytes.Span);
        return fault ?? Send(await put.Handle(client, body!, http.RequestAborted));
    }

    private static Reply Send(Answer<Reply> answer) => answer.Refusal is { } refusal ? IntakeWords.Of(refusal) : answer.Value;

    /// <summary>An API client, or an administrator who is signed in to the pages.</summary>
    private static async Task<bool> MayReadDocument(HttpContext http)
    {
        if (http.User.Identity is ClientIdentity)
            return true;
        var pages = await http.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync();
        return pages is not null && await http.AuthenticateAsync(pages.Name) is { Principal: { } person }
            && (await http.RequestServices.GetRequiredService<StaffActors>().Of(person, http.RequestAborted)).May(Permission.Administer);
    }

    /// <summary>A fault of the program is logged and answered without a word of it: what it says may quote what was sent.</summary>
    private static async ValueTask<object?> NoFaultGetsOut(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException fault)
        {
            return fault.StatusCode == StatusCodes.Status408RequestTimeout
                ? Reply.Problem(fault.StatusCode, "BODY_TOO_SLOW", "The body came too slowly.")
                : RequestBody.Broken with { Status = fault.StatusCode };
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(IntakeEndpoints)).LogError("The intake API failed: {Fault} {Stack}", fault.GetType().Name, fault.StackTrace);
            return Reply.Problem(500, "FAULT", "Something failed here. Send the same request with the same Idempotency-Key again.");
        }
    }
}
