using ReviewConsole.Catalog;
using ReviewConsole.Data.Outbox;
using ReviewConsole.Ui;

namespace ReviewConsole.Features.Calendar;

/// <summary>Calendars, the rules of the clocks, their warnings, and the alarm about missing years.</summary>
public static class CalendarFeature
{
    /// <summary>Adds queries, use cases, workers, the banner and the links in the navigation.</summary>
    public static IServiceCollection AddCalendar(this IServiceCollection services) => services
        .AddSingleton<CalendarQuery>().AddSingleton<PreviewChange>().AddSingleton<ChangeCalendar>().AddSingleton<ChangePolicy>()
        .AddSingleton<KeptDrafts>()
        .AddSingleton<StopRetarget>().AddSingleton<ResumeRetarget>()
        .AddSingleton<IOutboxWorker, RetargetCases>()
        .AddSingleton<RaiseWarnings>()
        .AddHostedService(provider => provider.GetRequiredService<RaiseWarnings>())
        .AddSingleton<MessagesQuery>().AddSingleton<ReadMessages>()
        .AddSingleton<INavAlarm>(provider => provider.GetRequiredService<MessagesQuery>())
        .AddSingleton<CalendarAlarm>()
        .AddSingleton<IBanner>(provider => provider.GetRequiredService<CalendarAlarm>())
        .AddSingleton(new NavEntry(NavGroup.Work, "/messages", typeof(CalendarText), "Nav_Messages", Permission.GetMessages, 90))
        .AddSingleton(new NavEntry(NavGroup.Administer, "/calendar", typeof(CalendarText), "Nav", Permission.SeeCalendar, 30));
}
