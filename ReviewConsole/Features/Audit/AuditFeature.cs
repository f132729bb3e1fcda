using ReviewConsole.Catalog;
using ReviewConsole.Ui;
using ReviewConsole.Ui.Exports;

namespace ReviewConsole.Features.Audit;

/// <summary>Marks the words of the audit page: <c>AuditText.resx</c>.</summary>
public sealed class AuditText;

/// <summary>Reading the audit log, and verifying it.</summary>
public static class AuditFeature
{
    /// <summary>Adds query, use case and the link in the navigation.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditQuery>()
        .AddSingleton<AuditWords>()
        .AddSingleton<IListExport, AuditExport>()
        .AddSingleton<RecordVerification>()
        .AddSingleton(new NavEntry(NavGroup.Administer, "/audit", typeof(AuditText), "Nav", Permission.Audit, 50));
}
