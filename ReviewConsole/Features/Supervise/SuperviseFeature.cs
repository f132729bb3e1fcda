using ReviewConsole.Catalog;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Supervise;

/// <summary>Supervision: the dashboard, acting on cases in bulk, the people, the reports and exports, and each reviewer's own day.</summary>
public static class SuperviseFeature
{
    /// <summary>Adds settings (section <c>Supervise</c>), queries, use cases, exports and links.</summary>
    public static IServiceCollection AddSupervise(this IServiceCollection services)
    {
        services.AddOptions<SuperviseSettings>().BindConfiguration("Supervise").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<StaffedTime>()
            .AddSingleton<DashboardQuery>().AddSingleton<WorkListQuery>().AddSingleton<PeopleQuery>().AddSingleton<MyDayQuery>().AddSingleton<SlaReportQuery>()
            .AddSingleton<ActOnCases>().AddSingleton<RecordExport>()
            .AddSingleton<IListExport, WorkExport>().AddSingleton<IListExport, ReviewersExport>().AddSingleton<IListExport, SlaExport>()
            .AddSingleton(new NavEntry(NavGroup.Work, "/my-day", typeof(SuperviseText), "Nav_MyDay", Permission.Review))
            .AddSingleton(new NavEntry(NavGroup.Supervise, "/dashboard", typeof(SuperviseText), "Nav_Dashboard", Permission.Supervise, 10))
            .AddSingleton(new NavEntry(NavGroup.Supervise, "/people", typeof(SuperviseText), "Nav_People", Permission.Supervise, 20))
            .AddSingleton(new NavEntry(NavGroup.Supervise, "/reports", typeof(SuperviseText), "Nav_Reports", Permission.Supervise, 30));
    }

    /// <summary>Maps the addresses of the exports.</summary>
    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        const string Address = "/exports/{list}.{format}";
        routes.MapGet(Address, ExportEndpoint.Answer).RequireAuthorization(NeedsAttribute.PolicyOf(Permission.Export));
        routes.MapPost(Address, ExportEndpoint.AnswerTyped).RequireAuthorization(NeedsAttribute.PolicyOf(Permission.Export));
    }
}
