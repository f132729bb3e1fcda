using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Data;

namespace ReviewConsole.Tests.Support;

/// <summary>How much a store holds: what is refused must not change it.</summary>
public static class StoreCount
{
    /// <summary>What only a request itself writes; the rest may be the work that follows from an earlier one.</summary>
    private static readonly string[] Requested = ["Applicants", "Cases", "ELicenceApplications", "IdPhotoSubmissions", "IdempotentAnswers", "LicenceRecords", "Pictures", "RefusedIntakes"];

    /// <summary>The same, of what requests of the API write: for a host in which work goes on in the background.</summary>
    public static Task<string> OfRequests(IServiceProvider services) => Of(services, Requested.Contains);

    /// <summary>Rows of each table and files of pictures, one line each.</summary>
    public static Task<string> Of(IServiceProvider services) => Of(services, _ => true);

    private static async Task<string> Of(IServiceProvider services, Func<string, bool> counts)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        List<string> lines = [];
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct().Where(counts).Order(StringComparer.Ordinal))
        {
#pragma warning disable EF1002 // The name comes from the model.
            lines.Add($"{table} {await db.Database.SqlQueryRaw<int>($"select count(*) as Value from \"{table}\"").SingleAsync()}");
#pragma warning restore EF1002
        }

        return string.Join('\n', [.. lines, $"files {PictureFiles(services)}"]);
    }

    /// <summary>Rows of pictures without a file, and files without a row.</summary>
    public static async Task<string> Torn(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContextAsync();
        return $"{await db.Pictures.CountAsync() - PictureFiles(services)}";
    }

    private static int PictureFiles(IServiceProvider services)
    {
        DirectoryInfo folder = new(Path.Combine(services.GetRequiredService<IConfiguration>()["Data:Folder"]!, "pictures"));
        return folder.Exists ? folder.GetFiles("*", SearchOption.AllDirectories).Length : 0;
    }
}
