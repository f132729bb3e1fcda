using ReviewConsole.Catalog;
using ReviewConsole.Data;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Desk;

/// <summary>The desk: queues, claims, the case page and decisions.</summary>
public static class DeskFeature
{
    /// <summary>Adds the use cases and queries of the desk.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddSingleton<ClaimNext>().AddSingleton<ClaimCase>().AddSingleton<PrefetchNext>().AddSingleton<KeepClaim>()
        .AddSingleton<ReleaseCase>().AddSingleton<PutBackCase>().AddSingleton<RecuseCase>().AddSingleton<ChangeDuty>()
        .AddSingleton<Decide>().AddSingleton<UndoDecision>().AddSingleton<AskForInformation>()
        .AddSingleton<SaveDraft>().AddSingleton<ColleaguesQuery>().AddSingleton<RevealField>()
        .AddSingleton<QueueQuery>().AddSingleton<CaseQuery>().AddSingleton<WhyQuery>().AddSingleton<PictureQuery>().AddSingleton<ReadyPicturesQuery>().AddSingleton<NoticePreview>()
        .AddSingleton<IListExport, QueueExport>()
        .AddSingleton<OpenCases>().AddScoped<LastDecision>().AddScoped<Overlays>();

    /// <summary>Maps the address of the pictures.</summary>
    public static void MapDesk(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/pictures/{id:guid}", async (Guid id, HttpContext http, PictureQuery pictures, StaffActors staff, CancellationToken cancel) =>
        {
            var answer = await pictures.Handle(await staff.Of(http.User, cancel), id, cancel);
            http.Response.Headers.CacheControl = "no-store";
            return answer.Refusal is null ? Results.Bytes(answer.Value, "image/jpeg") : Results.NotFound();
        }).RequireAuthorization(NeedsAttribute.PolicyOf(Permission.SeeCases));
}
