using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.SecondLooks;

/// <summary>Marks the words of second looks.</summary>
public sealed class SecondLookText;

/// <summary>Second looks (抽查, WORK-6): how they are chosen, both verdicts side by side, what is said about them, and how they are settled.</summary>
public static class SecondLooksFeature
{
    /// <summary>Adds the worker, the use cases, the queries and the link in the navigation.</summary>
    public static IServiceCollection AddSecondLooks(this IServiceCollection services) => services
        .AddSingleton<IOutboxWorker, SampleCase>()
        .AddSingleton<SecondLookQuery>().AddSingleton<SecondLooksQuery>()
        .AddSingleton<IListExport, SecondLooksExport>()
        .AddSingleton<RemarkOnSecondLook>().AddSingleton<UpholdDecision>()
        .AddSingleton(new NavEntry(NavGroup.Work, SecondLooksQuery.Page, typeof(SecondLookText), "Nav", Permission.SeeCases, 30))
        .AddSingleton<INavAlarm>(provider => provider.GetRequiredService<SecondLooksQuery>());
}
